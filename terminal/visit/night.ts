/**
 * The nights of a machine that nobody stands before: its screen is dimmed within its hours, by the best guess of the time
 * there is, and bright again at once when anybody touches it, stands before it or lays a card.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { View } from '../api.ts';
import type { TrustedTime } from '../keeper.ts';
import { isQuiet, type QuietHours } from './quiet-hours.ts';

/** How long it stays bright after the last that was seen of anybody. */
export const AWAKE_MS = 60_000;
/** How often the hour is looked at. */
const LOOK_EVERY_MS = 15_000;

/** Whether the screen is dimmed. */
export interface Night {
  /** The view as it is shown: dimmed where it is night and nobody is here. */
  shown(view: View): View;
  /** Somebody is here. */
  wake(): void;
  stop(): void;
}

/** Nights within `hours`; none without them. `onChange` follows each change. */
export function createNight(parts: {
  readonly clock: Clock;
  readonly time: Pick<TrustedTime, 'nowMs'>;
  readonly hours: QuietHours | undefined;
  readonly onChange: () => void;
}): Night {
  const { clock, time, hours, onChange } = parts;
  let awakeUntilMs = clock.monoMs() + AWAKE_MS;
  let isDim = false;
  let cancel: Cancel = () => {};

  const set = (now: boolean) => {
    if (now === isDim) return;
    isDim = now;
    onChange();
  };
  const look = () => {
    set(isQuiet(time.nowMs(), hours) && clock.monoMs() >= awakeUntilMs);
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  if (hours !== undefined) cancel = clock.after(LOOK_EVERY_MS, look);
  const wake = () => {
    awakeUntilMs = clock.monoMs() + AWAKE_MS;
    set(false);
  };
  return {
    shown(view) {
      if (isNobodysPage(view)) return isDim ? { ...view, dimmed: true } : view;
      // Whoever leaves now finds the machine bright for a while.
      awakeUntilMs = clock.monoMs() + AWAKE_MS;
      return view;
    },
    wake,
    stop: () => cancel(),
  };
}

/** The first page with nothing on it that must be seen: an emergency, a card that is being read, or what went wrong with one. */
function isNobodysPage({ page }: View): boolean {
  return page.kind === 'attract' && page.alarm === null && page.reader !== 'reading' && page.trouble === null;
}
