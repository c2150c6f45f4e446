/**
 * Whether something that happens to a case may come from another machine than the one it was filed at. What says so is
 * the mark of the card alone: number and code of a slip, or the case's id, are no more than the way to it.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';
import { wasAsked } from './asks.ts';
import { isCardInDoubt } from './card-doubt.ts';
import type { Reading } from './reading.ts';
import { cardOf, casesOfCard } from './same-card.ts';

/** Why an entry of another machine has no effect; it is held, and stands before a person. */
export type StrangerTrouble =
  | 'without the card'
  | 'another card'
  | 'a private matter'
  | 'a card in doubt'
  | 'an ask that is not there';

/** What speaks against it; nothing where the case is this machine's own, or is not here yet. */
export async function findStrangerTrouble(
  tx: Db,
  context: Pick<PlatformContext, 'crypto' | 'keys' | 'book'>,
  { terminalId }: { readonly terminalId: Uint8Array },
  act: Extract<Reading, { as: 'act' }>,
): Promise<StrangerTrouble | undefined> {
  const { caseId, cardMark } = act;
  const row = await tx
    .selectFrom('cases')
    .select(['terminalId', 'matterId'])
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (row === undefined || equalBytes(row.terminalId, terminalId)) return undefined;
  if (cardMark === null) return 'without the card';
  const own = await tx.selectFrom('caseCards').select('card').where('caseId', '=', caseId).executeTakeFirst();
  if (own === undefined || !equalBytes(own.card, cardOf(context, cardMark))) return 'another card';
  // One that is known no more may have been private.
  if (context.book.find(row.matterId)?.private !== false) return 'a private matter';
  for (const other of await casesOfCard(tx, context, cardMark))
    if (await isCardInDoubt(tx, other.caseId)) return 'a card in doubt';
  if (act.action !== 'supplement') return undefined;
  // Another machine was told what is asked for, and when: it names that.
  const isAnswer = act.askedMs !== null && (await wasAsked(tx, caseId, act.askedMs));
  return isAnswer ? undefined : 'an ask that is not there';
}
