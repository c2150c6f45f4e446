/** Whether an entry's neighbours fit: forks and broken links (journal.md part 2). Pure. */
import { equalBytes } from '../../base/bytes.ts';
import { OUTCOME } from '../../sync/formats/answers.ts';
import type { Entry } from '../../sync/formats/entry.ts';

/** A header as the chain sees it; `prev` is null where it could not be read. */
export interface LinkedHeader {
  readonly entryHash: Uint8Array;
  readonly seq: number;
  readonly prev: Uint8Array | null;
  readonly outcome: number;
}

/** A place where the chain is not one line; `seq` is where it shows. */
export interface BranchTrouble {
  readonly kind: 'fork' | 'broken-link';
  readonly seq: number;
}

/**
 * Looks at an entry and at the headers of its journal beside it, by seq, itself among them. A neighbour not there
 * yet says nothing.
 */
export function branchTroubles(
  entry: Entry,
  around: ReadonlyMap<number, readonly LinkedHeader[]>,
): readonly BranchTrouble[] {
  const { seq, prev } = entry.header;
  const at = (wanted: number) => around.get(wanted) ?? [];
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
