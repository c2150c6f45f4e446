import { useEffect, useMemo, useState } from 'react';
import { createEngine, type Engine } from './engine.ts';
import type { Context } from './layers.ts';
import { type Lexicon, openLexicon } from './lexicon.ts';

/** Opened once, when a keyboard is first shown: it is words alone, and nothing of whoever writes. */
let opening: Promise<Lexicon> | null = null;

/** The engine for what is being written; null until its words are there. */
export function useEngine(context: Context): Engine | null {
  const [lexicon, setLexicon] = useState<Lexicon | null>(null);
  useEffect(() => {
    let isWanted = true;
    opening ??= import('./lexicon.txt?raw').then(({ default: text }) => openLexicon(text));
    void opening.then((opened) => {
      if (isWanted) setLexicon(opened);
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return useMemo(() => lexicon && createEngine(lexicon, context), [lexicon, context]);
}
