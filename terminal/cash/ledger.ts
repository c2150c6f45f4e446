/**
 * Cash that village agents took at this machine, in its database: what their day's limit is counted by, and what is not
 * settled yet. A row is written in the transaction of the entry that tells the platform (`Keeper.keep`), so there is
 * never one without the other.
 */
import { err } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import { type CashSlips, createCashSlips, slipOf } from './slip-jobs.ts';

/** Cash that was taken for the payment of one case. */
export interface CashTaken {
  /** 16 bytes: of the case whose bill is paid. */
  readonly caseId: Uint8Array;
  readonly agentId: Uint8Array;
  readonly amountFen: number;
  readonly matterId: string;
  readonly localNumber: string;
  /** China's date (`2026-06-12`), by a time that certainly had been reached. */
  readonly day: string;
  /** Best guess of when. */
  readonly takenMs: number;
}

/** What one entry tells of cash. */
export type CashNote =
  | { readonly did: 'taken'; readonly cash: CashTaken }
  | { readonly did: 'returned'; readonly caseId: Uint8Array };

/** A row; `ended` is null while nobody knows how it ended. */
export interface CashRow extends CashTaken {
  readonly ended: 'paid' | 'returned' | null;
}

/** The cash of this machine. */
export interface CashLedger {
  find(caseId: Uint8Array): CashRow | undefined;
  /** What this agent has taken and that is neither paid, as far as this machine knows, nor given back; oldest first. */
  open(agentId: Uint8Array): readonly CashRow[];
  /** The same, and what has ended without their own slip. */
  unfinished(agentId: Uint8Array): readonly CashRow[];
  /** What counts against the limit of a day, or of one that comes after it: all that was taken and not given back. */
  countedFen(agentId: Uint8Array, day: string): number;
  /** The platform says that the bill is paid. What a full disk cannot take is asked for again. */
  notePaid(caseId: Uint8Array): void;
  /** The slips of both sides. */
  readonly slips: CashSlips;
}

/** Writes what an entry tells, inside its transaction. */
export function writeCash(sql: Sql, note: CashNote): void {
  if (note.did === 'returned') {
    sql.prepare("UPDATE agent_cash SET ended = 'returned' WHERE case_id = ?").run(note.caseId);
    return;
  }
  const { caseId, agentId, amountFen, matterId, localNumber, day, takenMs } = note.cash;
  sql
    .prepare(
      `INSERT INTO agent_cash (case_id, agent_id, amount_fen, matter_id, local_number, day, taken_ms, ended)
       VALUES (?, ?, ?, ?, ?, ?, ?, NULL)`,
    )
    .run(caseId, agentId, amountFen, matterId, localNumber, day, takenMs);
}

/** Takes it back, inside a transaction: its entry was not kept after all. */
export function unwriteCash(sql: Sql, note: CashNote): void {
  if (note.did === 'taken') sql.prepare('DELETE FROM agent_cash WHERE case_id = ?').run(note.cash.caseId);
  else sql.prepare('UPDATE agent_cash SET ended = NULL WHERE case_id = ?').run(note.caseId);
}

interface Row {
  readonly case_id: Uint8Array;
  readonly agent_id: Uint8Array;
  readonly amount_fen: number;
  readonly matter_id: string;
  readonly local_number: string;
  readonly day: string;
  readonly taken_ms: number;
  readonly ended: 'paid' | 'returned' | null;
}

/** The ledger in this database. */
export function createCashLedger(sql: Sql): CashLedger {
  const slips = createCashSlips(sql);
  const rowsOf = (agentId: Uint8Array) =>
    sql
      .prepare<Row>('SELECT * FROM agent_cash WHERE agent_id = ? ORDER BY taken_ms')
      .all(agentId)
      .map(toCash);

  return {
    find(caseId) {
      const row = sql.prepare<Row>('SELECT * FROM agent_cash WHERE case_id = ?').find(caseId);
      return row && toCash(row);
    },
    open: (agentId) => rowsOf(agentId).filter(({ ended }) => ended === null),
    unfinished: (agentId) =>
      rowsOf(agentId).filter(
        ({ ended, caseId }) => ended === null || slips.prints(slipOf(caseId, 'agent')) === 0,
      ),
    countedFen: (agentId, day) =>
      sumOf(rowsOf(agentId).filter((row) => row.day >= day && row.ended !== 'returned')),
    notePaid(caseId) {
      sql.transaction(() =>
        sql.prepare("UPDATE agent_cash SET ended = 'paid' WHERE case_id = ? AND ended IS NULL").run(caseId),
      );
    },
    slips,
  };
}

/** In fen. */
export function sumOf(rows: readonly CashTaken[]): number {
  return rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function toCash(row: Row): CashRow {
  return {
    ...{ caseId: row.case_id, agentId: row.agent_id, amountFen: row.amount_fen, matterId: row.matter_id },
    ...{ localNumber: row.local_number, day: row.day, takenMs: row.taken_ms, ended: row.ended },
  };
}

/** Of a machine on which no agent signs in. */
export const NO_CASH: CashLedger = {
  find: () => undefined,
  open: () => [],
  countedFen: () => 0,
  unfinished: () => [],
  notePaid: () => undefined,
  slips: {
    findSlip: () => undefined,
    wantSlipCopy: () => err({ code: 'not-enrolled', detail: 'no agent takes cash here' }),
    noteSlip: () => undefined,
    prints: () => 0,
  },
};
