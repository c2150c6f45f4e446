import { createContext, use } from 'react';
import type { Action, View } from '../../terminal/api.ts';
import type { Cameras } from './browser/cameras.ts';
import type { Microphones } from './browser/microphones.ts';
import type { Words } from './words/words.ts';

/** What every part of a page may use: the view, its words, and a way to act. */
export interface Screen extends Words {
  readonly view: View;
  /** Sends what was touched. A second touch within half a second is dropped. */
  readonly act: (action: Action) => void;
  /** Photographs, signatures and recordings, which the terminal holds. */
  readonly files: Files;
  /** Opens the sheet on which this person sets the screen. */
  readonly openSettings: () => void;
  readonly cameras: Cameras;
  readonly microphones: Microphones;
}

/** Where what was taken goes, and how it is looked at or heard again. */
export interface Files {
  /** Hands one in for the question shown, or takes it away; whether the terminal did so. */
  attach(questionId: string, bytes: Uint8Array | null): Promise<boolean>;
  /** The one that `ref` names, a copy of one's own; null where it is gone. */
  find(ref: string): Promise<Uint8Array | null>;
}

export const ScreenContext = createContext<Screen | null>(null);

/** The screen this part is drawn on. */
export function useScreen(): Screen {
  const screen = use(ScreenContext);
  if (screen === null) throw new Error('broken invariant: drawn outside a screen');
  return screen;
}
