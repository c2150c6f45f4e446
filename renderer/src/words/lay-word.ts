import type { View } from '../../../terminal/api.ts';
import type { WordKey } from './table.ts';

/** Where to lay a card, as this cabinet has it; no place is named where nobody knows it. */
export function layWord(cabinet: View['cabinet']): WordKey {
  return `lay.${cabinet?.readerPlace ?? 'anywhere'}`;
}
