/**
 * Releases: which entries are held *and* in the backup that a restore would use, so that a terminal may erase
 * them. A range is given only where every header of it on its branch is here, linked (journal.md part 2).
 */
import { toHex } from '../../base/bytes.ts';
import { OUTCOME, type ReleaseRange } from '../../sync/formats/answers.ts';
import type { PlatformContext } from '../context.ts';
import type { Db } from '../store/store.ts';

/** Ranges of one journal. */
export interface ReadyRelease {
  readonly journalId: Uint8Array;
  readonly ranges: readonly ReleaseRange[];
}

/** A header that is held and backed up. */
export interface SafeHeader {
  readonly entryHash: Uint8Array;
  readonly prev: Uint8Array | null;
  readonly seq: number;
}

/** So many headers are looked at in one answer; what lies beyond follows in the next. */
const HEADERS_AT_ONCE = 2_000;

/**
 * The releases of a terminal not said since its last hello; they count as said from now on. What was passed
 * over on the way, as a missing entry that came later, is said after the next hello.
 */
export async function takeReleases(
  context: Pick<PlatformContext, 'store'>,
  terminalId: Uint8Array,
): Promise<readonly ReadyRelease[]> {
  const { db } = context.store;
  const journals = await db
    .selectFrom('journals')
    .select(['journalId', 'saidSeq'])
    .where('terminalId', '=', terminalId)
    .execute();
  const ready: ReadyRelease[] = [];
  for (const { journalId, saidSeq } of journals) {
    const ranges = rangesOf(await safeHeaders(db, terminalId, journalId, saidSeq));
    if (ranges.length === 0) continue;
    ready.push({ journalId, ranges });
    await db
      .updateTable('journals')
      .set({ saidSeq: Math.max(...ranges.map((range) => range.to)) })
      .where('terminalId', '=', terminalId)
      .where('journalId', '=', journalId)
      .execute();
  }
  return ready;
}

/**
 * The ranges that headers make: one for each header no other follows, back to where its links begin. Two
 * branches that part share their beginning, and each is given whole.
 */
export function rangesOf(headers: readonly SafeHeader[]): readonly ReleaseRange[] {
  const byHash = new Map(headers.map((header) => [toHex(header.entryHash), header]));
  const followed = new Set(
    headers.flatMap((header) => {
      const before = findBefore(byHash, header);
      return before ? [toHex(before.entryHash)] : [];
    }),
  );
  return headers
    .filter((header) => !followed.has(toHex(header.entryHash)))
    .map((tip) => {
      let first = tip;
      for (let before = findBefore(byHash, tip); before; before = findBefore(byHash, before)) first = before;
      return { from: first.seq, to: tip.seq, hashAtTo: tip.entryHash };
    });
}

function findBefore(byHash: ReadonlyMap<string, SafeHeader>, header: SafeHeader): SafeHeader | undefined {
  const before = header.prev === null ? undefined : byHash.get(toHex(header.prev));
  return before?.seq === header.seq - 1 ? before : undefined;
}

function safeHeaders(
  db: Db,
  terminalId: Uint8Array,
  journalId: Uint8Array,
  afterSeq: number,
): Promise<readonly SafeHeader[]> {
  return db
    .selectFrom('headers')
    .select(['entryHash', 'prev', 'seq'])
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .where('seq', '>', afterSeq)
    .where('outcome', '=', OUTCOME.held)
    .where('backupNo', 'is not', null)
    .orderBy('seq')
    .limit(HEADERS_AT_ONCE)
    .execute();
}
