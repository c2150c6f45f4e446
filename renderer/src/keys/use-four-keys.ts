import { useEffect, useRef } from 'react';
import type { Action, View } from '../../../terminal/api.ts';
import { browserClock } from '../browser/clock.ts';
import { codesOf, type FourKey, findFourKey } from './codes.ts';
import { findFirstStop, placeAfter, stopsOf } from './stops.ts';

/** A key that trembles under its finger is struck once. */
export const BOUNCE_MS = 120;

/**
 * The whole screen by four keys: next and back move the ring from one thing to press to the next, round and round,
 * choose presses it, help opens help. Each new page begins at its first choice. Other keys do what they did before.
 */
export function useFourKeys({
  view,
  page,
  act,
}: {
  view: View;
  page: string;
  act: (action: Action) => void;
}) {
  /** Where the ring stands among the stops, also when what it stood on is gone. */
  const place = useRef(-1);
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  const codes = codesOf(view.cabinet);
  const { kind } = view.page;

  useEffect(() => {
    const move = (by: 1 | -1) => {
      const stops = stopsOf(document);
      const { activeElement } = document;
      const standing = activeElement instanceof HTMLElement ? stops.indexOf(activeElement) : -1;
      // What vanished was at this place; what stands there now comes next.
      const from = standing >= 0 ? standing : Math.min(place.current, stops.length) - (by === 1 ? 1 : 0);
      if (standing < 0 && place.current < 0) goTo(findFirstStop(stops));
      else goTo(stops[placeAfter(from, by, stops.length)]);
    };
    const goTo = (stop: HTMLElement | undefined) => {
      if (stop === undefined) return;
      place.current = stopsOf(document).indexOf(stop);
      focusOn(stop);
    };
    const choose = () => {
      const standing = document.activeElement;
      if (standing instanceof HTMLElement && stopsOf(document).includes(standing)) standing.click();
      else goTo(findFirstStop(stopsOf(document)));
    };
    const does: Readonly<Record<FourKey, () => void>> = {
      next: () => move(1),
      back: () => move(-1),
      choose,
      help: () => kind !== 'agent' && act({ type: 'go', to: 'agent' }),
    };
    const strike = (event: KeyboardEvent) => {
      const key = findFourKey(event, codes);
      if (key === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const nowMs = browserClock.monoMs();
      if (event.repeat || nowMs - lastMs.current < BOUNCE_MS) return;
      lastMs.current = nowMs;
      document.documentElement.dataset.by = 'keys';
      act({ type: 'touch' });
      does[key]();
    };
    const touched = () => {
      delete document.documentElement.dataset.by;
    };
    document.addEventListener('keydown', strike, true);
    document.addEventListener('pointerdown', touched, true);
    return () => {
      document.removeEventListener('keydown', strike, true);
      document.removeEventListener('pointerdown', touched, true);
    };
  }, [codes, kind, act]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page, and it alone, begins anew
  useEffect(() => {
    place.current = -1;
    if (document.documentElement.dataset.by !== 'keys') return;
    const first = findFirstStop(stopsOf(document));
    if (first === undefined) return;
    place.current = stopsOf(document).indexOf(first);
    focusOn(first);
  }, [page]);
}

function focusOn(stop: HTMLElement): void {
  stop.focus({ preventScroll: true });
  (stop.closest('label') ?? stop).scrollIntoView({ block: 'nearest' });
}
