/** Whether an entry's neighbours fit: forks and broken links (journal.md part 2). */
import { equalBytes } from '../../base/bytes.ts';
import { OUTCOME } from '../../sync/formats/answers.ts';
import type { Entry } from '../../sync/formats/entry.ts';
import type { Db } from '../store/store.ts';

/** A place where the chain is not one line; `seq` is where it shows. */
export interface BranchTrouble {
  readonly kind: 'fork' | 'broken-link';
  readonly seq: number;
}

/** Looks at an entry just noted and the headers beside it; a neighbour not there yet says nothing. */
export async function findBranchTroubles(tx: Db, entry: Entry): Promise<readonly BranchTrouble[]> {
  const { terminalId, journalId, seq, prev } = entry.header;
  const around = await tx
    .selectFrom('headers')
    .select(['entryHash', 'seq', 'prev', 'outcome'])
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .where('seq', '>=', seq - 1)
    .where('seq', '<=', seq + 1)
    .execute();
  const at = (wanted: number) => around.filter((row) => row.seq === wanted);
  const troubles: BranchTrouble[] = [];
  if (at(seq).filter((row) => row.outcome === OUTCOME.held).length > 1) troubles.push({ kind: 'fork', seq });
  const before = at(seq - 1);
  if (before.length > 0 && !before.some((row) => equalBytes(row.entryHash, prev))) {
    troubles.push({ kind: 'broken-link', seq });
  }
  const isOrphan = at(seq + 1).some(
    ({ prev: named }) => named !== null && !at(seq).some((here) => equalBytes(here.entryHash, named)),
  );
  if (isOrphan) troubles.push({ kind: 'broken-link', seq: seq + 1 });
  return troubles;
}
