import type { Clock } from '../../base/clock.ts';
import type { Action } from '../../terminal/api.ts';

/** Within this time after an action another is taken for the same trembling finger. */
export const DOUBLE_TAP_MS = 500;

/** How often at most a touch is told, so that the person counts as still there. */
export const TOUCH_EVERY_MS = 1_000;

/** Lets an action through, or not. */
export type ActionGate = (action: Action) => boolean;

/**
 * A gate against doubled actions. What is being typed passes always: each is held in place of the one before.
 * A mere touch passes once in a while.
 */
export function createActionGate(clock: Pick<Clock, 'monoMs'>): ActionGate {
  let lastActMs = Number.NEGATIVE_INFINITY;
  let lastTouchMs = Number.NEGATIVE_INFINITY;
  return (action) => {
    const nowMs = clock.monoMs();
    if (action.type === 'typing') return true;
    if (action.type === 'touch') {
      if (nowMs - lastTouchMs < TOUCH_EVERY_MS) return false;
      lastTouchMs = nowMs;
      return true;
    }
    if (nowMs - lastActMs < DOUBLE_TAP_MS) return false;
    lastActMs = nowMs;
    return true;
  };
}
