/** How everything below a host is, for the launcher that started it: what the terminal says, and whether a screen is drawn. */
import type { CheckState, Health } from '../base/program-lines.ts';
import type { ScreenBeat } from '../base/screen-beat.ts';
import type { Supervised } from './supervisor.ts';

type Watched = Pick<Supervised, 'generation' | 'crashes' | 'findHealth' | 'onHealth'>;

/** Hears what the host sees for itself. */
export interface HostHealth {
  /** The page that shows the screens said that it lives. */
  screenSaid(beat: ScreenBeat): void;
}

/**
 * Says how it is at once and after each change. Restarts of both programs count; a screen is drawn once a frame of it
 * came while it was visible.
 */
export function watchHostHealth(
  programs: { readonly terminal: Watched; readonly devices: Watched },
  say: (health: Health) => void,
): HostHealth {
  let screen: CheckState = 'waiting';
  let last = '';
  const tell = () => {
    const restarts = restartsOf(programs.terminal) + restartsOf(programs.devices);
    const crashes = programs.terminal.crashes();
    const health = { restarts, crashes, checks: { ...programs.terminal.findHealth()?.checks, screen } };
    const text = JSON.stringify(health);
    if (text === last) return;
    last = text;
    say(health);
  };
  programs.terminal.onHealth(tell);
  programs.devices.onHealth(tell);
  tell();
  return {
    screenSaid({ frames, isVisible }) {
      if (screen === 'ok' || !isVisible || frames === 0) return;
      screen = 'ok';
      tell();
    },
  };
}

function restartsOf({ generation }: Watched): number {
  return generation() - 1;
}
