import type { Clock } from '../../../../base/clock.ts';
import { emptyIndex, type HandIndex, indexSome } from './recognise.ts';

/** Made ready at a time: short enough that ink follows the finger meanwhile. */
const CHARACTERS_AT_ONCE = 150;

let opened: Promise<HandIndex> | null = null;

/** The characters that can be recognised, read and made ready once while the screen runs, a few at a time. */
export function openHand(clock: Pick<Clock, 'after'>): Promise<HandIndex> {
  opened ??= import('./hand-table.json').then(({ default: table }) => {
    const index = emptyIndex(table);
    return new Promise<HandIndex>((resolve) => {
      const goOn = (from: number) => {
        indexSome(index, from, from + CHARACTERS_AT_ONCE);
        const next = from + CHARACTERS_AT_ONCE;
        if (next >= index.characters.length) resolve(index);
        else clock.after(0, () => goOn(next));
      };
      goOn(0);
    });
  });
  return opened;
}
