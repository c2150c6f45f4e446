/**
 * Cases of the same card and the same matter, whatever terminal of the county they were filed at. Only whoever shows the
 * card's mark, which the chip alone gives, learns of them, and of one's own matters alone: a number is no way in.
 */
import { concat, equalBytes, label } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { CaseCardsTable } from '../store/card-tables.ts';
import type { Db } from '../store/store.ts';
import type { CaseRow } from '../store/tables.ts';
import type { CaseFacts } from './reading.ts';

type Keyed = Pick<PlatformContext, 'crypto' | 'keys'>;

const LABEL = label('yizhan/case-card/1');
const DIGEST_BYTES = 16;
const OPEN = ['received', 'accepted', 'supplement', 'supplemented'] as const;

/** The row of a case that says which card it was filed with; none where it says nothing of that. */
export function cardsOf(context: Keyed, { caseId, cardMark, matter }: CaseFacts): readonly CaseCardsTable[] {
  return cardMark === undefined ? [] : [{ caseId, matterId: matter[0], card: cardOf(context, cardMark) }];
}

/** The newest case of this card and matter that nobody decided yet, if there is one. */
export function findUnderWay(
  db: Db,
  context: Keyed,
  { cardMark, matterId }: { readonly cardMark: Uint8Array; readonly matterId: string },
): Promise<CaseRow | undefined> {
  return db
    .selectFrom('caseCards')
    .innerJoin('cases', 'cases.caseId', 'caseCards.caseId')
    .selectAll('cases')
    .where('caseCards.card', '=', cardOf(context, cardMark))
    .where('caseCards.matterId', '=', matterId)
    .where('cases.status', 'in', [...OPEN])
    .where('cases.frozen', '=', 0)
    .orderBy('cases.receivedMs', 'desc')
    .executeTakeFirst();
}

/** The other cases of the same card and matter, oldest first, so that a desk can close what was handed in twice. */
export async function sameAs(db: Db, row: Pick<CaseRow, 'caseId'>): Promise<readonly CaseRow[]> {
  const own = await db
    .selectFrom('caseCards')
    .selectAll()
    .where('caseId', '=', row.caseId)
    .executeTakeFirst();
  if (own === undefined) return [];
  const all = await db
    .selectFrom('caseCards')
    .innerJoin('cases', 'cases.caseId', 'caseCards.caseId')
    .selectAll('cases')
    .where('caseCards.card', '=', own.card)
    .where('caseCards.matterId', '=', own.matterId)
    .where('cases.status', 'in', [...OPEN])
    .orderBy('cases.receivedMs')
    .execute();
  return all.filter(({ caseId }) => !equalBytes(caseId, row.caseId));
}

/** Every case of this card, the newest first. */
export function casesOfCard(db: Db, context: Keyed, cardMark: Uint8Array): Promise<CaseRow[]> {
  return db
    .selectFrom('caseCards')
    .innerJoin('cases', 'cases.caseId', 'caseCards.caseId')
    .selectAll('cases')
    .where('caseCards.card', '=', cardOf(context, cardMark))
    .orderBy('cases.receivedMs', 'desc')
    .execute();
}

/** How a card stands in the store: a digest of its mark under the platform's own key. */
export function cardOf({ crypto, keys }: Keyed, cardMark: Uint8Array): Uint8Array {
  return crypto.hmacSha256(keys.misuseKey(), concat(LABEL, cardMark)).slice(0, DIGEST_BYTES);
}
