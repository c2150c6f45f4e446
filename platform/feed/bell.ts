/**
 * Wakes long polls of a terminal when its feed has something new. Lives in memory: a missed ring costs one poll. A
 * county waits here, so a sleeper is small and the timers are shared.
 */

import { toHex } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Gone } from '../gone.ts';

export interface Bell {
  ring(terminalId: Uint8Array): void;
  /**
   * Resolves at the next ring for `terminalId`, after `timeoutMs` or a little later, or when `gone` says so; at once
   * where too many wait for the same terminal already.
   */
  wait(terminalId: Uint8Array, timeoutMs: number, gone: Gone): Promise<void>;
}

/** Polls of one terminal that may wait at once. */
const MOST_WAITING = 8;
/** Sleepers whose time is up within the same so many milliseconds are woken together, at their end. */
const TICK_MS = 100;

/** Who is woken by one timer. */
interface Shift {
  readonly sleepers: Set<() => void>;
  readonly cancel: Cancel;
}

/** A bell of this process. */
export function createBell(clock: Clock): Bell {
  const waiting = new Map<string, readonly (() => void)[]>();
  const shifts = new Map<number, Shift>();

  function shiftAt(tick: number): Shift {
    const known = shifts.get(tick);
    if (known) return known;
    const sleepers = new Set<() => void>();
    const cancel = clock.after(tick * TICK_MS - clock.monoMs(), () => {
      shifts.delete(tick);
      for (const wake of sleepers) wake();
    });
    const shift = { sleepers, cancel };
    shifts.set(tick, shift);
    return shift;
  }

  function leaveShift(tick: number, wake: () => void): void {
    const shift = shifts.get(tick);
    shift?.sleepers.delete(wake);
    if (shift?.sleepers.size !== 0) return;
    shift.cancel();
    shifts.delete(tick);
  }

  function leaveTerminal(key: string, wake: () => void): void {
    const others = (waiting.get(key) ?? []).filter((each) => each !== wake);
    if (others.length === 0) waiting.delete(key);
    else waiting.set(key, others);
  }

  return {
    ring(terminalId) {
      for (const wake of waiting.get(toHex(terminalId)) ?? []) wake();
    },
    wait(terminalId, timeoutMs, gone) {
      if (gone.aborted) return Promise.resolve();
      const key = toHex(terminalId);
      const sleepers = waiting.get(key) ?? [];
      if (sleepers.length >= MOST_WAITING) return Promise.resolve();
      const tick = Math.ceil((clock.monoMs() + timeoutMs) / TICK_MS);
      return new Promise((resolve) => {
        const wake = () => {
          gone.removeEventListener('abort', wake);
          leaveShift(tick, wake);
          leaveTerminal(key, wake);
          resolve();
        };
        gone.addEventListener('abort', wake);
        waiting.set(key, [...sleepers, wake]);
        shiftAt(tick).sleepers.add(wake);
      });
    },
  };
}
