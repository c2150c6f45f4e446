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
  const [seen, setSeen] = useState<{ readonly ink: readonly Stroke[]; readonly found: readonly string[] }>({
    ink: BLANK,
    found: [],
  });
  const pause = useMemo(() => createDebounce(browserClock, PAUSE_MS), []);
  useEffect(() => {
    if (index === null || ink.length === 0) return undefined;
    pause.run(() => setSeen({ ink, found: recognise(index, ink, MOST_CANDIDATES) }));
    return () => pause.cancel();
  }, [index, ink, pause]);
  return {
    ink,
    isOpening: index === null,
    /** Those of the ink before stay until the new ones are there. */
    candidates: ink.length === 0 ? [] : seen.found,
    /** Whether the candidates are those of the ink as it stands. */
    isSeen: seen.ink === ink,
    write: (stroke: Stroke) => setInk((before) => [...before, stroke]),
    /** Holds the look-up back while a finger is down. */
    wait: () => pause.cancel(),
    undo: () => setInk((before) => before.slice(0, -1)),
    clear() {
      setInk(BLANK);
      setSeen({ ink: BLANK, found: [] });
    },
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
