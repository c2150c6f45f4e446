import type { Clock } from '../../../base/clock.ts';
import { BEAT_EVERY_MS, type ScreenBeat } from '../../../base/screen-beat.ts';

/** Chromium's own, in no standard; another browser does not say. */
interface MemoryPerformance {
  readonly memory?: { readonly usedJSHeapSize: number };
}

/**
 * Tells again and again that this page lives, and asks for one frame each time. Only whoever holds the event loop or
 * stops the drawing can keep it from doing so.
 */
export function keepBeating(options: {
  readonly clock: Clock;
  readonly isVacant: () => boolean;
  readonly tell: (beat: ScreenBeat) => void;
}): void {
  let frames = 0;
  const beat = () => {
    options.tell({
      frames,
      isVisible: document.visibilityState === 'visible',
      // Chromium hands out an object of the moment, which does not change afterwards.
      heapBytes: (performance as MemoryPerformance).memory?.usedJSHeapSize ?? null,
      isVacant: options.isVacant(),
    });
    requestAnimationFrame(() => {
      frames += 1;
    });
    options.clock.after(BEAT_EVERY_MS, beat);
  };
  options.clock.after(BEAT_EVERY_MS, beat);
}

/** Tells the host that serves the page; one that does not answer is no trouble of the page's. */
export function tellHost(beat: ScreenBeat): void {
  fetch('/beat', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(beat),
    credentials: 'same-origin',
  }).catch(() => {});
}

/** Tells the kiosk shell, whose preload script hands it on. */
export function tellShell(beat: ScreenBeat): void {
  window.postMessage({ type: 'yizhan-beat', beat }, location.origin);
}
