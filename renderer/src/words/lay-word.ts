import type { View } from '../../../terminal/api.ts';
import type { WordKey } from './table.ts';

/** What of the reader a hand feels; nothing where this cabinet's file does not say it. */
export function findTouchWord(cabinet: View['cabinet']): WordKey | undefined {
  return cabinet?.readerTouch && `lay.touch.${cabinet.readerTouch}`;
}

/** Where to lay a card, as this cabinet has it; no place is named where nobody knows it. */
export function layWord(cabinet: View['cabinet']): WordKey {
  return `lay.${cabinet?.readerPlace ?? 'anywhere'}`;
}
