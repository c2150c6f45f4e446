/**
 * Releases: which entries are held *and* in the backup that a restore would use, so that a terminal may erase
 * them. A range is given only where every header of it on its branch is here, linked (journal.md part 2).
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
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

/** How far a journal is safe in one line from its first entry on. */
export interface SafeLine {
  readonly lineSeq: number;
  readonly lineHash: Uint8Array | null;
}

/**
 * The releases of a terminal that were not said since it asked last; they count as said from now on. `isAsking`:
 * the terminal may have lost an earlier answer, so what is safe is said from the first entry on. However long the
 * journal, its line is one range.
 */
export async function takeReleases(
  context: Pick<PlatformContext, 'store'>,
  terminalId: Uint8Array,
  isAsking: boolean,
): Promise<readonly ReadyRelease[]> {
  const { db } = context.store;
  const journals = await db
    .selectFrom('journals')
    .select(['journalId', 'saidSeq', 'lineSeq', 'lineHash', 'forked'])
    .select(['claimedSeq', 'claimedHash', 'otherSeq', 'otherHash'])
    .where('terminalId', '=', terminalId)
    .execute();
  const ready: ReadyRelease[] = [];
  for (const { journalId, forked, ...row } of journals) {
    const before = { saidSeq: row.saidSeq, lineSeq: row.lineSeq, lineHash: row.lineHash };
    const saidSeq = isAsking ? 0 : before.saidSeq;
    const headers = await safeHeaders(db, terminalId, journalId, Math.max(saidSeq, before.lineSeq));
    const line = forked === 0 ? lengthen(before, headers) : before;
    const heads = saidSeq === 0 ? headsOf(row) : [];
    const ranges = [
      ...(await rangesToHeads(db, { terminalId, journalId, line, headers }, heads)),
      ...rangeOfLine(line, saidSeq, before.lineSeq),
      ...rangesOf(headers.filter(({ seq }) => seq > line.lineSeq)),
    ];
    if (ranges.length === 0) continue;
    ready.push({ journalId, ranges });
    await db
      .updateTable('journals')
      .set({ saidSeq: Math.max(...ranges.map((range) => range.to)) })
      .where('terminalId', '=', terminalId)
      .where('journalId', '=', journalId)
      .execute();
    if (line.lineSeq > before.lineSeq) await keepLine(db, terminalId, journalId, line);
  }
  return ready;
}

/** The line with every header that follows on it, up to a hole, a leap or a fork. Headers in order of `seq`. */
export function lengthen(line: SafeLine, headers: readonly SafeHeader[]): SafeLine {
  let { lineSeq, lineHash } = line;
  for (const [index, { seq, prev, entryHash }] of headers.entries()) {
    const isAlone = headers[index + 1]?.seq !== seq;
    const follows = lineHash === null || (prev !== null && equalBytes(prev, lineHash));
    if (seq !== lineSeq + 1 || !isAlone || !follows) break;
    lineSeq = seq;
    lineHash = entryHash;
  }
  return { lineSeq, lineHash };
}

/** Two headers are held under one number: each branch is released on its own from now on. */
export async function markForked(db: Db, terminalId: Uint8Array, journalId: Uint8Array): Promise<void> {
  await db
    .updateTable('journals')
    .set({ forked: 1, lineSeq: 0, lineHash: null, saidSeq: 0 })
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .execute();
}

/** The part of the line not said yet, as one range. */
function rangeOfLine(line: SafeLine, saidSeq: number, before: number): readonly ReleaseRange[] {
  if (line.lineHash === null || line.lineSeq <= saidSeq) return [];
  const from = saidSeq === 0 ? 1 : before + 1;
  return [{ from, to: line.lineSeq, hashAtTo: line.lineHash }];
}

/** A head as a terminal named it. */
interface NamedHead {
  readonly seq: number;
  readonly entryHash: Uint8Array;
}

/** The heads that are named: two machines with one disk, or an older hello, may name two. */
function headsOf(row: {
  readonly claimedSeq: number | null;
  readonly claimedHash: Uint8Array | null;
  readonly otherSeq: number | null;
  readonly otherHash: Uint8Array | null;
}): readonly NamedHead[] {
  const { claimedSeq, claimedHash, otherSeq, otherHash } = row;
  return [
    ...(claimedSeq !== null && claimedHash ? [{ seq: claimedSeq, entryHash: claimedHash }] : []),
    ...(otherSeq !== null && otherHash ? [{ seq: otherSeq, entryHash: otherHash }] : []),
  ];
}

/** A journal, what is safe of it in one line, and the safe headers beyond. */
interface SafeJournal {
  readonly terminalId: Uint8Array;
  readonly journalId: Uint8Array;
  readonly line: SafeLine;
  readonly headers: readonly SafeHeader[];
}

/**
 * What is safe up to each head that is named: an older database that came back, or a machine with a copied disk, does
 * not know what follows, and takes no range that ends there.
 */
async function rangesToHeads(
  db: Db,
  { terminalId, journalId, line, headers }: SafeJournal,
  heads: readonly NamedHead[],
): Promise<readonly ReleaseRange[]> {
  const ranges: ReleaseRange[] = [];
  const beyond = rangesOf(headers.filter((one) => one.seq > line.lineSeq));
  for (const { seq, entryHash } of heads) {
    const isEnd = ({ hashAtTo }: ReleaseRange) => equalBytes(hashAtTo, entryHash);
    // Said anyway.
    if (beyond.some(isEnd)) continue;
    if (seq > line.lineSeq) ranges.push(...rangesOf(headers.filter((one) => one.seq <= seq)).filter(isEnd));
    else if (seq < line.lineSeq && (await isSafe(db, terminalId, journalId, entryHash)))
      ranges.push({ from: 1, to: seq, hashAtTo: entryHash });
  }
  return ranges;
}

async function isSafe(
  db: Db,
  terminalId: Uint8Array,
  journalId: Uint8Array,
  entryHash: Uint8Array,
): Promise<boolean> {
  const header = await db
    .selectFrom('headers')
    .select('seq')
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .where('entryHash', '=', entryHash)
    .where('outcome', '=', OUTCOME.held)
    .where('backupNo', 'is not', null)
    .executeTakeFirst();
  return header !== undefined;
}

/** A fork found meanwhile keeps its word. */
async function keepLine(
  db: Db,
  terminalId: Uint8Array,
  journalId: Uint8Array,
  line: SafeLine,
): Promise<void> {
  await db
    .updateTable('journals')
    .set({ ...line })
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .where('forked', '=', 0)
    .where('lineSeq', '<', line.lineSeq)
    .execute();
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
