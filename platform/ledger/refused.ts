/** Entries that were refused, with nothing held in their place: they wait for a person. */
import { isRefusal } from '../../sync/formats/answers.ts';
import type { Db } from '../store/store.ts';

/** One of them, by what a terminal knows it by. */
export interface RefusedEntry {
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryHash: Uint8Array;
  readonly outcome: number;
  readonly receivedMs: number;
}

/** As many as a page shows. */
const MOST = 50;

/** Those of a terminal, oldest first. */
export async function refusedEntries(db: Db, terminalId: Uint8Array): Promise<readonly RefusedEntry[]> {
  const rows = await refused(db, terminalId).orderBy('receivedMs').limit(MOST).execute();
  return rows.filter(({ outcome }) => isRefusal(outcome));
}

/** The refused entry of exactly this name. */
export async function findRefusedEntry(
  db: Db,
  name: { readonly terminalId: Uint8Array } & Pick<RefusedEntry, 'journalId' | 'seq' | 'entryHash'>,
): Promise<RefusedEntry | undefined> {
  const row = await refused(db, name.terminalId)
    .where('journalId', '=', name.journalId)
    .where('seq', '=', name.seq)
    .where('entryHash', '=', name.entryHash)
    .executeTakeFirst();
  return row && isRefusal(row.outcome) ? row : undefined;
}

/** What was judged and is not held under any header. */
function refused(db: Db, terminalId: Uint8Array) {
  return db
    .selectFrom('headers')
    .select(['journalId', 'seq', 'entryHash', 'outcome', 'receivedMs'])
    .where('terminalId', '=', terminalId)
    .where('heldOrder', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('headers as held')
            .select('held.entryHash')
            .whereRef('held.entryId', '=', 'headers.entryId')
            .where('held.heldOrder', 'is not', null),
        ),
      ),
    );
}
