/** How the screen is set just now: as chosen in this visit, or a moment before it. In memory alone. */
import type { Cancel } from '../../base/clock.ts';
import { DEFAULT_SETTINGS, type ScreenSettings, type SettingsChange } from '../screen-settings.ts';
import type { Desk } from './desk.ts';

/** The settings of the present visit. */
export interface Settings {
  now(): ScreenSettings;
  /** Changes some. Where nobody is here yet they are kept for a moment, for the visit that may begin. */
  choose(change: SettingsChange, nobodyIsHere: boolean): void;
  /** Somebody is here: what they chose stays until they leave. */
  keep(): void;
  /** Back to the defaults: a visit is over. */
  leave(): void;
}

/** The defaults, ready to be changed; `onLapse` follows when what was chosen before any visit is dropped. */
export function createSettings(desk: Pick<Desk, 'clock' | 'timeouts'>, onLapse: () => void): Settings {
  let chosen = DEFAULT_SETTINGS;
  let cancel: Cancel = () => {};
  const leave = () => {
    cancel();
    chosen = DEFAULT_SETTINGS;
  };
  return {
    now: () => chosen,
    choose(change, nobodyIsHere) {
      cancel();
      chosen = { ...chosen, ...change };
      if (!nobodyIsHere) return;
      cancel = desk.clock.after(desk.timeouts.lobbyLanguageMs, () => {
        leave();
        onLapse();
      });
    },
    keep: () => cancel(),
    leave,
  };
}
