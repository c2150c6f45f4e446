import { useEffect, useMemo, useState } from 'react';
import { browserClock } from '../../browser/clock.ts';
import { createDebounce } from '../../debounce.ts';
import type { Stroke } from '../../parts/ink.ts';
import { openHand } from './open-hand.ts';
import { type HandIndex, recognise } from './recognise.ts';

/** How long the finger is away before what it wrote is looked up: the next stroke often follows at once. */
const PAUSE_MS = 250;
const MOST_CANDIDATES = 8;

const BLANK: readonly Stroke[] = [];

/**
 * The ink of one character and what it may be. Ink lives in this page alone: it is given to nothing and kept
 * nowhere, and goes with the character chosen, with the panel, and with the visit.
 */
export function useHand() {
  const index = useHandIndex();
  const [ink, setInk] = useState(BLANK);
  const [found, setFound] = useState<readonly string[]>([]);
  const pause = useMemo(() => createDebounce(browserClock, PAUSE_MS), []);
  useEffect(() => {
    if (index === null || ink.length === 0) return undefined;
    pause.run(() => setFound(recognise(index, ink, MOST_CANDIDATES)));
    return () => pause.cancel();
  }, [index, ink, pause]);
  const clear = () => {
    setInk(BLANK);
    setFound([]);
  };
  return {
    ink,
    isOpening: index === null,
    /** Those of the ink before stay until the new ones are there. */
    candidates: found,
    write: (stroke: Stroke) => setInk((before) => [...before, stroke]),
    /** Holds the look-up back while a finger is down. */
    wait: () => pause.cancel(),
    /** Takes the last stroke back; with the first, what it might have been goes too. */
    undo: () => (ink.length > 1 ? setInk(ink.slice(0, -1)) : clear()),
    clear,
  };
}

function useHandIndex(): HandIndex | null {
  const [index, setIndex] = useState<HandIndex | null>(null);
  useEffect(() => {
    let isWanted = true;
    void openHand(browserClock).then((opened) => {
      if (isWanted) setIndex(opened);
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return index;
}
