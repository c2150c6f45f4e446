import type { Clock } from '../../base/clock.ts';
import type { Action } from '../../terminal/api.ts';

/** Within this time after an action another is taken for the same trembling finger. */
export const DOUBLE_TAP_MS = 500;

/** How often at most a touch is told, so that the person counts as still there. */
export const TOUCH_EVERY_MS = 1_000;

/** Lets an action through, or not. */
export type ActionGate = (action: Action) => boolean;

/** Says whether a touch counts: not one that follows another within {@link DOUBLE_TAP_MS}. */
export function createDoubleTapGuard(clock: Pick<Clock, 'monoMs'>): () => boolean {
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock.monoMs();
    if (nowMs - lastMs < DOUBLE_TAP_MS) return false;
    lastMs = nowMs;
    return true;
  };
}

/**
 * A gate against doubled actions. What is being typed passes always: each is held in place of the one before.
 * A mere touch passes once in a while.
 */
export function createActionGate(clock: Pick<Clock, 'monoMs'>): ActionGate {
  const isSteady = createDoubleTapGuard(clock);
  let lastTouchMs = Number.NEGATIVE_INFINITY;
  return (action) => {
    if (action.type === 'typing') return true;
    if (action.type === 'touch') {
      const nowMs = clock.monoMs();
      if (nowMs - lastTouchMs < TOUCH_EVERY_MS) return false;
      lastTouchMs = nowMs;
      return true;
    }
    return isSteady();
  };
}
