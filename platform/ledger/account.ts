/** The account of one journal: what of entries 1 … n is here, refused, missing, or does not fit together. */

import { toHex } from '../../base/bytes.ts';
import { isRefusal, OUTCOME } from '../../sync/formats/answers.ts';
import type { Db } from '../store/store.ts';

/** A run of sequence numbers, both ends included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

export interface Account {
  readonly terminalId: Uint8Array;
  readonly journalId: Uint8Array;
  /** The highest entry known of: held, refused, or claimed by the terminal. */
  readonly top: number;
  /** Sequence numbers held at least once. */
  readonly held: number;
  /** Refused and nothing held in their place: they wait for a person. */
  readonly refused: readonly number[];
  /** Neither held nor refused: still owed. */
  readonly missing: readonly SeqRange[];
  /** Sequence numbers with two held headers. */
  readonly forks: readonly number[];
  /** Sequence numbers whose `prev` names no header before them, though one is here. */
  readonly broken: readonly number[];
  /** Of the held headers, those in a backup. */
  readonly safe: number;
}

/** The account of one journal. */
export async function accountOf(db: Db, terminalId: Uint8Array, journalId: Uint8Array): Promise<Account> {
  const journal = await db
    .selectFrom('journals')
    .select('claimedSeq')
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .executeTakeFirst();
  const rows = await db
    .selectFrom('headers')
    .select(['seq', 'outcome', 'entryHash', 'prev', 'backupNo'])
    .where('terminalId', '=', terminalId)
    .where('journalId', '=', journalId)
    .orderBy('seq')
    .execute();
  const bySeq = Map.groupBy(rows, (row) => row.seq);
  const seqs = [...bySeq.keys()];
  const heldAt = (seq: number) => (bySeq.get(seq) ?? []).filter((row) => row.outcome === OUTCOME.held);
  return {
    terminalId,
    journalId,
    top: Math.max(journal?.claimedSeq ?? 0, seqs.at(-1) ?? 0),
    held: seqs.filter((seq) => heldAt(seq).length > 0).length,
    refused: seqs.filter(
      (seq) => heldAt(seq).length === 0 && bySeq.get(seq)!.some((row) => isRefusal(row.outcome)),
    ),
    missing: holes(seqs, journal?.claimedSeq ?? 0),
    forks: seqs.filter((seq) => heldAt(seq).length > 1),
    broken: seqs.filter((seq) => {
      const before = bySeq.get(seq - 1);
      if (!before) return false;
      const names = new Set(before.map((row) => toHex(row.entryHash)));
      return bySeq.get(seq)!.some((row) => row.prev !== null && !names.has(toHex(row.prev)));
    }),
    safe: rows.filter((row) => row.outcome === OUTCOME.held && row.backupNo !== null).length,
  };
}

/** The accounts of all journals of a terminal, oldest first. */
export async function accountsOf(db: Db, terminalId: Uint8Array): Promise<readonly Account[]> {
  const journals = await db
    .selectFrom('journals')
    .select('journalId')
    .where('terminalId', '=', terminalId)
    .orderBy('firstMs')
    .execute();
  const accounts: Account[] = [];
  for (const { journalId } of journals) accounts.push(await accountOf(db, terminalId, journalId));
  return accounts;
}

/** Whether every entry known of is held, once, and each link that can be checked holds. */
export function isComplete({ missing, refused, forks, broken }: Account): boolean {
  return missing.length + refused.length + forks.length + broken.length === 0;
}

/** What lies between the numbers that are there, from 1 to the highest of them or `claimed`. */
function holes(seqs: readonly number[], claimed: number): readonly SeqRange[] {
  const found: SeqRange[] = [];
  let next = 1;
  for (const seq of [...seqs, claimed + 1]) {
    if (seq > next) found.push({ from: next, to: seq - 1 });
    next = Math.max(next, seq + 1);
  }
  return found;
}
