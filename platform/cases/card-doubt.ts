/**
 * Whether the card a case was filed with is in doubt: it was reported lost, is cancelled, or its holder is not alive. No
 * register of cards is asked: a person said so at a desk, and a person who saw its holder says that it is over. Until
 * then the case is held: it may be refused, and is not finished.
 */
import { z } from 'zod';
import type { ProgressParts } from '../../sync/progress-parts.ts';
import type { Db } from '../store/store.ts';

/** What stands in a case's log beside the words: what is told, and what was said of the card. */
export function partsToLog(parts: ProgressParts | undefined, atCounter: boolean | undefined): string | null {
  const whole = { ...parts, ...(atCounter === undefined ? {} : { atCounter }) };
  return Object.keys(whole).length === 0 ? null : JSON.stringify(whole);
}

const cardWord = z.looseObject({ atCounter: z.boolean().optional() });

/** Whether the last word on the card was that its holder is wanted at the counter. */
export async function isCardInDoubt(db: Db, caseId: Uint8Array): Promise<boolean> {
  const acts = await db
    .selectFrom('caseActions')
    .select('parts')
    .where('caseId', '=', caseId)
    .where('parts', 'is not', null)
    .orderBy('no')
    .execute();
  const words = acts.flatMap(({ parts }) => {
    const read = cardWord.safeParse(JSON.parse(parts ?? 'null'));
    return read.success && read.data.atCounter !== undefined ? [read.data.atCounter] : [];
  });
  return words.at(-1) === true;
}
