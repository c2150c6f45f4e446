/**
 * Hears the glass for the whole page, in one place. The parts of a page draw and press themselves (React Aria); what
 * is decided here is when a touch counts (presses.ts).
 */
import type { Clock } from '../../../base/clock.ts';
import { createPresses, findMeant, type Place } from './presses.ts';

/** Whatever is pressed, as React Aria marks it: keys, tiles, the lines of choices. */
const KEYS = '[data-react-aria-pressable]:not([inert] *)';

/** What the listener must know of the screen. */
export interface Glass {
  readonly clock: Pick<Clock, 'monoMs'>;
  /** Pixels of the window in a millimetre of the glass. */
  pxPerMm(): number;
  /** Whether a touch beside a key counts, and a trembling one once. */
  isSteady(): boolean;
}

/** Begins to hear `page`; the answer ends it. */
export function listenToTouch(page: Document, glass: Glass): () => void {
  const presses = createPresses<Element>({
    press: pressKey,
    drop: (key, id) => key.dispatchEvent(pointerEvent('pointercancel', key, id)),
    monoMs: glass.clock.monoMs,
    isSteady: glass.isSteady,
  });
  const placeOf = ({ clientX, clientY }: PointerEvent): Place => {
    const pxPerMm = glass.pxPerMm();
    return { xMm: clientX / pxPerMm, yMm: clientY / pxPerMm };
  };

  const land = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const under = findKey(event.target);
    const key =
      under ?? (glass.isSteady() ? findKeyBeside(page, placeOf(event), glass.pxPerMm()) : undefined);
    if (key === undefined) return;
    const widthMm = Math.max(event.width, event.height) / glass.pxPerMm();
    const mayPress = presses.land({ id: event.pointerId, at: placeOf(event), widthMm, key });
    if (!mayPress) event.stopPropagation();
    else if (under === undefined) key.dispatchEvent(pointerEvent('pointerdown', key, event.pointerId));
  };
  /** A key is not told that the finger slips: only where it lifts matters. */
  const slip = (event: PointerEvent) => {
    if (presses.follows(event.pointerId)) event.stopPropagation();
  };
  const lift = (event: PointerEvent) => presses.lift(event.pointerId, placeOf(event), findKey(event.target));
  const lose = (event: PointerEvent) => presses.lose(event.pointerId);
  /** What the browser makes of a touch by itself; a click by a program or a reading aid has no pointer. */
  const click = (event: MouseEvent) => {
    const isOfTouch = event instanceof PointerEvent && event.pointerType !== '';
    if (!isOfTouch || findKey(event.target) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const stops = [
    hear(page, 'pointerdown', land),
    hear(page, 'pointerover', slip),
    hear(page, 'pointerout', slip),
    hear(page, 'pointerup', lift),
    hear(page, 'pointercancel', lose),
    hear(page, 'click', click),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Hears what people do, before any part of the page; not what is told by {@link pointerEvent}. */
function hear<N extends keyof DocumentEventMap>(
  page: Document,
  name: N,
  listener: (event: DocumentEventMap[N]) => void,
): () => void {
  const heard = (event: DocumentEventMap[N]) => {
    if (event.isTrusted) listener(event);
  };
  page.addEventListener(name, heard, true);
  return () => page.removeEventListener(name, heard, true);
}

function findKey(target: EventTarget | null): Element | undefined {
  const key = target instanceof Element ? target.closest(KEYS) : null;
  return key === null || isOff(key) ? undefined : key;
}

function isOff(key: Element): boolean {
  return key.matches(':disabled, [data-disabled]');
}

/** The key that a touch beside it must have meant. */
function findKeyBeside(page: Document, { xMm, yMm }: Place, pxPerMm: number): Element | undefined {
  const keys = [...page.querySelectorAll(KEYS)].filter((key) => !isOff(key) && key.checkVisibility());
  return findMeant(
    keys.map((key) => {
      const { left, right, top, bottom } = key.getBoundingClientRect();
      const [x, y] = [xMm * pxPerMm, yMm * pxPerMm];
      const besideX = Math.max(left - x, 0, x - right);
      const besideY = Math.max(top - y, 0, y - bottom);
      return { key, distanceMm: Math.hypot(besideX, besideY) / pxPerMm };
    }),
  );
}

/** Presses a key as the finger on it does; one that no longer shows that it is touched is pressed all the same. */
function pressKey(key: Element, id: number): void {
  if (!(key instanceof HTMLElement) || !key.isConnected) return;
  if (key.hasAttribute('data-pressed')) key.dispatchEvent(pointerEvent('click', key, id));
  else key.click();
}

function pointerEvent(
  name: 'pointerdown' | 'pointercancel' | 'click',
  key: Element,
  id: number,
): PointerEvent {
  const { left, top, width, height } = key.getBoundingClientRect();
  return new PointerEvent(name, {
    ...{ bubbles: true, cancelable: true, composed: true },
    ...{ pointerId: id, pointerType: 'touch', isPrimary: true, width: 20, height: 20, pressure: 0.5 },
    ...{ button: 0, buttons: name === 'pointerdown' ? 1 : 0, detail: 1 },
    ...{ clientX: left + width / 2, clientY: top + height / 2 },
  });
}
