/** Tables of cash that village agents took for bills. No name and no number of a person: those stand in the sealed case. */
import type { Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** Cash that was taken for the payment of a case; rows are never changed (a trigger refuses). */
interface AgentCashTable {
  caseId: Uint8Array;
  entryId: Uint8Array;
  /** Null where the case names nobody as having acted. */
  agentId: Uint8Array | null;
  townCode: string;
  villageName: string;
  amountFen: number;
  /** China's date when it was taken, by the terminal's clock put right. */
  day: string;
  takenMs: number;
  /** 1: with it the day's limit was passed, so nothing may be paid with it. */
  overCap: number;
}

/** That it went back, once; rows are never changed (a trigger refuses). */
interface AgentCashReturnsTable {
  caseId: Uint8Array;
  entryId: Uint8Array;
  returnedMs: number;
}

/** What a desk found out of cash that was not settled; rows are never changed (a trigger refuses). */
interface AgentCashEndsTable {
  caseId: Uint8Array;
  deskCode: string;
  staffId: number;
  atMs: number;
  words: string;
}

/** The tables, by name. */
export interface CashTables {
  agentCash: AgentCashTable;
  agentCashReturns: AgentCashReturnsTable;
  agentCashEnds: AgentCashEndsTable;
}

export type AgentCashRow = Selectable<AgentCashTable>;

/** The step that makes them. */
export function cashTables({
  bytes,
  int,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE agent_cash (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id),
    entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), agent_id ${bytes}, town_code text NOT NULL,
    village_name text NOT NULL, amount_fen ${int} NOT NULL CHECK (amount_fen > 0), day text NOT NULL,
    taken_ms ${int} NOT NULL, over_cap ${int} NOT NULL)${strict}`,
    'CREATE INDEX agent_cash_by_agent ON agent_cash (agent_id, day)',
    'CREATE INDEX agent_cash_by_time ON agent_cash (taken_ms)',
    ...appendOnly('agent_cash'),
    ...neverReplaced('agent_cash', 'case_id'),
    `CREATE TABLE agent_cash_returns (
    case_id ${bytes} PRIMARY KEY REFERENCES agent_cash (case_id),
    entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), returned_ms ${int} NOT NULL)${strict}`,
    ...appendOnly('agent_cash_returns'),
    ...neverReplaced('agent_cash_returns', 'case_id'),
  ];
}

/** The step that makes room for what desks found out. */
export function cashEndTables({
  bytes,
  int,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE agent_cash_ends (
    case_id ${bytes} PRIMARY KEY REFERENCES agent_cash (case_id), desk_code text NOT NULL,
    staff_id ${int} NOT NULL REFERENCES staff (staff_id), at_ms ${int} NOT NULL, words text NOT NULL)${strict}`,
    ...appendOnly('agent_cash_ends'),
    ...neverReplaced('agent_cash_ends', 'case_id'),
  ];
}
