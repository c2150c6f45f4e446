/**
 * What a person did to a case of theirs after it was filed, as their memory keeps it: a row like that of a case, of the
 * same case and numbers, whose matter is a mark instead. So it is written in the transaction of its entry, and is as
 * durable and as secret as the case itself.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { RememberedCase, RowFacts } from '../keeper.ts';
import { type GivenAuthority, givenAmong } from './authority-rows.ts';

/** What was done. `askedMs` is the time of the progress that a supplement answers. */
export type Deed =
  | { readonly did: 'supplement'; readonly askedMs: number }
  | { readonly did: 'withdraw' }
  | { readonly did: 'collect' }
  | { readonly did: 'rate' };

/** A deed, with the entry it was kept as. */
export interface CaseAct {
  readonly deed: Deed;
  readonly caseId: Uint8Array;
  readonly entryId: Uint8Array;
  readonly atMs: number;
}

/** No matter is called so: their ids hold no colon. */
const MARK = 'act:';

/** The row of a deed on a case. */
export function rowOfDeed(remembered: RememberedCase, deed: Deed, atMs: number): RowFacts {
  const { localNumber, slipCode, caseId, replyKeyPrivate } = remembered;
  return { matterId: markOf(deed), localNumber, slipCode, keptAtMs: atMs, caseId, replyKeyPrivate };
}

/** What is remembered of a person, cases and deeds apart; each in the order it was kept. */
export function sortRows(rows: readonly RememberedCase[]): {
  readonly cases: readonly RememberedCase[];
  readonly acts: readonly CaseAct[];
  readonly given: readonly GivenAuthority[];
} {
  const isAct = ({ matterId }: RememberedCase) => matterId.startsWith(MARK);
  const acts = rows.filter(isAct).flatMap((row): CaseAct[] => {
    const deed = findDeed(row.matterId);
    const { caseId, entryId, keptAtMs: atMs } = row;
    // Its case has the key: one copy of it is enough to look after.
    row.replyKeyPrivate.fill(0);
    return deed ? [{ deed, caseId, entryId, atMs }] : [];
  });
  return { cases: rows.filter((row) => !isAct(row)), acts, given: givenAmong(rows) };
}

/** What was done to this case, oldest first. */
export function actsOn(
  { caseId }: Pick<RememberedCase, 'caseId'>,
  acts: readonly CaseAct[],
): readonly CaseAct[] {
  return acts.filter((act) => equalBytes(act.caseId, caseId));
}

function markOf(deed: Deed): string {
  return deed.did === 'supplement' ? `${MARK}supplement:${deed.askedMs}` : `${MARK}${deed.did}`;
}

/** Nothing where a later release wrote it. */
function findDeed(mark: string): Deed | undefined {
  const [, did, askedMs] = mark.split(':');
  if (did === 'withdraw' || did === 'collect' || did === 'rate') return { did };
  return did === 'supplement' && /^\d{1,16}$/.test(askedMs ?? '')
    ? { did, askedMs: Number(askedMs) }
    : undefined;
}
