import type { Clock } from '../base/clock.ts';
import type { EntryHeader } from './formats/entry.ts';

/** A hello that comes back later than this says nothing about the time. */
export const HELLO_BACK_MS = 10_000;

/**
 * What is known of the time. It is learned only from a verified hello over a fresh nonce, and decides nothing
 * but words and refusals that are safe either way (law 9).
 */
export interface TimeKeeper {
  /** The best guess of now, never below the floor. */
  nowMs(): number;
  /** Whether a hello has set it since this start. */
  trusted(): boolean;
  /** Time has certainly reached this. */
  floorMs(): number;
  /** Takes a signed time as a floor; true when it was raised. */
  raiseFloor(issuedAtMs: number): boolean;
  /** Takes the platform's time from a verified hello; false, and nothing changes, when it took over 10 s. */
  learn(hello: { issuedAtMs: number; sentMonoMs: number; receivedMonoMs: number }): boolean;
  /** The `clock` of an entry's header. */
  headerClock(): EntryHeader['clock'];
}

/** A time keeper that has learned nothing yet; `floorMs` is the later of build time and the last signed time. */
export function createTimeKeeper(clock: Clock, floorMs: number): TimeKeeper {
  let floor = floorMs;
  let learned: { platformMs: number; offsetMs: number; monoMs: number } | undefined;

  return {
    nowMs() {
      const now = learned ? learned.platformMs + (clock.monoMs() - learned.monoMs) : clock.wallMs();
      return Math.max(floor, Math.round(now));
    },
    trusted: () => learned !== undefined,
    floorMs: () => floor,
    raiseFloor(issuedAtMs) {
      if (issuedAtMs <= floor) return false;
      floor = issuedAtMs;
      return true;
    },
    learn({ issuedAtMs, sentMonoMs, receivedMonoMs }) {
      const tookMs = receivedMonoMs - sentMonoMs;
      if (tookMs > HELLO_BACK_MS) return false;
      // Signed somewhere between sending and receiving: the middle is wrong by at most half of that.
      const platformMs = Math.round(issuedAtMs + tookMs / 2);
      const sinceMs = clock.monoMs() - receivedMonoMs;
      const offsetMs = Math.round(platformMs - (clock.wallMs() - sinceMs));
      learned = { platformMs, offsetMs, monoMs: receivedMonoMs };
      return true;
    },
    headerClock: () =>
      learned
        ? {
            trusted: true,
            offsetMs: learned.offsetMs,
            ageMs: Math.max(0, Math.round(clock.monoMs() - learned.monoMs)),
          }
        : { trusted: false, offsetMs: null, ageMs: null },
  };
}
