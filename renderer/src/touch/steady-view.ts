/**
 * Nothing moves under a finger. A page that changes by itself (the network comes back, a receipt arrives, a count goes
 * on) waits while a finger is on the glass, so that no key slides away below it or another one into its place. Another
 * page, or another person, comes at once: a finger on the glass keeps nobody's page before somebody else.
 */
import type { Cancel, Clock } from '../../../base/clock.ts';
import type { View } from '../../../terminal/api.ts';
import { pageKey } from '../page-key.ts';

/** A hand that rests on the glass holds nothing back for longer. */
export const LONGEST_HOLD_MS = 3_000;

/** What stands between the terminal's views and the screen. */
export interface SteadyView {
  /** The terminal's next view; null: there is none any more. */
  next(view: View | null): void;
  /** Whether a finger is on the glass now. */
  finger(isDown: boolean): void;
  stop(): void;
}

/** Hands each view to `show`, at once or as soon as nothing moves under a finger by it. */
export function createSteadyView(clock: Pick<Clock, 'after'>, show: (view: View | null) => void): SteadyView {
  let shown: View | null = null;
  let held: View | null = null;
  let isTouched = false;
  let cancel: Cancel = () => {};

  function put(view: View | null): void {
    cancel();
    held = null;
    shown = view;
    show(view);
  }

  function release(): void {
    if (held !== null) put(held);
  }

  return {
    next(view) {
      const isSamePage = view !== null && shown !== null && pageKey(view) === pageKey(shown);
      if (!isTouched || !isSamePage) {
        put(view);
        return;
      }
      // Later views take the place of the one held; the time it may be held does not begin anew.
      if (held === null) cancel = clock.after(LONGEST_HOLD_MS, release);
      held = view;
    },
    finger(isDown) {
      isTouched = isDown;
      if (isDown || held === null) return;
      // After the tap itself was heard, which follows the finger.
      cancel();
      cancel = clock.after(0, release);
    },
    stop: () => cancel(),
  };
}

/** Before anything on the page hears of it. */
const CAPTURE = { capture: true } as const;

/** Tells `steady` of the fingers on `glass`; how to stop that. */
export function watchFingers(
  glass: Pick<Document, 'addEventListener' | 'removeEventListener'>,
  steady: Pick<SteadyView, 'finger'>,
): () => void {
  const fingers = new Set<number>();
  const down = ({ pointerId, isPrimary }: PointerEvent) => {
    // The first finger again: whatever else was seen and never lifted is gone.
    if (isPrimary) fingers.clear();
    fingers.add(pointerId);
    steady.finger(true);
  };
  const up = ({ pointerId }: PointerEvent) => {
    fingers.delete(pointerId);
    if (fingers.size === 0) steady.finger(false);
  };
  glass.addEventListener('pointerdown', down, CAPTURE);
  glass.addEventListener('pointerup', up, CAPTURE);
  glass.addEventListener('pointercancel', up, CAPTURE);
  return () => {
    glass.removeEventListener('pointerdown', down, CAPTURE);
    glass.removeEventListener('pointerup', up, CAPTURE);
    glass.removeEventListener('pointercancel', up, CAPTURE);
  };
}
