import type { Composition } from './compose.ts';
import type { Context } from './pinyin/layers.ts';

/** What every panel of the keyboard is handed: one panel for each mode, all writing into the same line. */
export interface PanelProps {
  readonly state: Composition;
  readonly onChange: (state: Composition) => void;
  /** Most characters of the whole text. */
  readonly max: number;
  /** What is being written: it says which words come first. */
  readonly context: Context;
  /** What stands on the page of digits. */
  readonly signs: readonly string[];
  /** Letters may be initials: that they are no pinyin is not said. */
  readonly anyLetters: boolean;
}
