import { createContext, use } from 'react';
import type { Action, View } from '../../terminal/api.ts';
import type { Words } from './words/words.ts';

/** What every part of a page may use: the view, its words, and a way to act. */
export interface Screen extends Words {
  readonly view: View;
  /** Sends what was touched. A second touch within half a second is dropped. */
  readonly act: (action: Action) => void;
}

export const ScreenContext = createContext<Screen | null>(null);

/** The screen this part is drawn on. */
export function useScreen(): Screen {
  const screen = use(ScreenContext);
  if (screen === null) throw new Error('broken invariant: drawn outside a screen');
  return screen;
}
