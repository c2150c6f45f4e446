/** Wakes long polls of a terminal when its feed has something new. Lives in memory: a missed ring costs one poll. */

import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';

export interface Bell {
  ring(terminalId: Uint8Array): void;
  /**
   * Resolves at the next ring for `terminalId`, after `timeoutMs`, or when `signal` is aborted; at once where
   * too many wait for the same terminal already.
   */
  wait(terminalId: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** Polls of one terminal that may wait at once. */
const MOST_WAITING = 8;

/** A bell of this process. */
export function createBell(clock: Clock): Bell {
  const waiting = new Map<string, Set<() => void>>();
  return {
    ring(terminalId) {
      for (const wake of [...(waiting.get(toHex(terminalId)) ?? [])]) wake();
    },
    wait(terminalId, timeoutMs, signal) {
      if (signal.aborted) return Promise.resolve();
      const key = toHex(terminalId);
      const sleepers = waiting.get(key) ?? new Set();
      if (sleepers.size >= MOST_WAITING) return Promise.resolve();
      waiting.set(key, sleepers);
      return new Promise((resolve) => {
        const wake = () => {
          cancel();
          signal.removeEventListener('abort', wake);
          sleepers.delete(wake);
          if (sleepers.size === 0) waiting.delete(key);
          resolve();
        };
        const cancel = clock.after(timeoutMs, wake);
        signal.addEventListener('abort', wake);
        sleepers.add(wake);
      });
    },
  };
}
