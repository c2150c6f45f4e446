/** Looks that go on for as long as anybody listens, one after another: whoever leaves and comes back begins no second row of them. */
import type { Cancel } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';

/** What is looked at, and how often. */
export interface HeardLook {
  /** Before the first look, and between two. */
  readonly firstMs: number;
  readonly everyMs: number;
  /** Looks once; whether the listeners are to be told. What fails is logged, and the next look tries again. */
  look(): Promise<boolean>;
}

/** Nothing is looked at until somebody listens. Answers how to listen; that answers how to stop. */
export function lookWhileHeard(
  { clock, log }: Pick<PlatformContext, 'clock' | 'log'>,
  { firstMs, everyMs, look }: HeardLook,
): (listener: () => void) => () => void {
  const listeners = new Set<() => void>();
  let cancel: Cancel = () => {};
  let isLooking = false;

  async function lookOnce(): Promise<void> {
    isLooking = true;
    try {
      if (await look()) for (const listener of [...listeners]) listener();
    } catch (error) {
      log('program.fault', { program: 'fleet', ...faultFields(error) });
    }
    isLooking = false;
    if (listeners.size > 0) lookAfter(everyMs);
  }

  function lookAfter(waitMs: number): void {
    cancel = clock.after(waitMs, () => void lookOnce());
  }

  return (listener) => {
    // A look under way goes on by itself.
    if (listeners.size === 0 && !isLooking) lookAfter(firstMs);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) cancel();
    };
  };
}
