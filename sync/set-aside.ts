import type { Clock } from '../base/clock.ts';
import { nameOf } from './session.ts';

/**
 * Entries that are not offered for a while, so that they hold up no other. In memory only: after a restart
 * everything that is owed is offered again.
 */
export interface SetAside {
  isSetAside(entryId: Uint8Array): boolean;
  /** Sets aside until `delayMs` from now. */
  for(entryId: Uint8Array, delayMs: number): void;
  /** Sets aside for longer each time: 1, 2, 4 … minutes, at most a quarter of an hour. */
  again(entryId: Uint8Array): void;
  /** Forgets an entry that was answered. */
  forget(entryId: Uint8Array): void;
  clear(): void;
  /** How long until the first comes back, or `undefined` when none is set aside. */
  findNextInMs(): number | undefined;
}

const FIRST_MS = 60_000;
const LONGEST_MS = 900_000;

/** An empty list. */
export function createSetAside(clock: Clock): SetAside {
  const waits = new Map<string, { untilMonoMs: number; times: number }>();

  function set(entryId: Uint8Array, delayMs: number, times: number): void {
    waits.set(nameOf(entryId), { untilMonoMs: clock.monoMs() + delayMs, times });
  }

  return {
    isSetAside: (entryId) => (waits.get(nameOf(entryId))?.untilMonoMs ?? 0) > clock.monoMs(),
    for: (entryId, delayMs) => set(entryId, delayMs, waits.get(nameOf(entryId))?.times ?? 0),
    again(entryId) {
      const times = waits.get(nameOf(entryId))?.times ?? 0;
      set(entryId, Math.min(LONGEST_MS, FIRST_MS * 2 ** times), times + 1);
    },
    forget: (entryId) => void waits.delete(nameOf(entryId)),
    clear: () => waits.clear(),
    findNextInMs() {
      const nowMs = clock.monoMs();
      const ahead = [...waits.values()].map(({ untilMonoMs }) => untilMonoMs - nowMs).filter((ms) => ms > 0);
      return ahead.length === 0 ? undefined : Math.min(...ahead);
    },
  };
}
