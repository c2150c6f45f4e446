/** Tables of what agents are told to do: whom they acted for, calls that were promised, lists, orders for repairs. No name. */
import type { Selectable } from 'kysely';
import type { CallWishesTable } from './call-wish-tables.ts';
import type { DialectWords } from './dialect-words.ts';

/** A case in which an agent acted, by a signature of theirs that counts. */
export interface AgentCasesTable {
  agentId: Uint8Array;
  caseId: Uint8Array;
}

/** A call that somebody promised about a case: an agent (`agentId`), or staff of a desk (`staffId`). */
export interface CallBacksTable {
  callBackId: Uint8Array;
  caseId: Uint8Array;
  agentId: Uint8Array | null;
  staffId: number | null;
  /** ISO date: the last day for it. */
  day: string;
  madeMs: number;
  doneMs: number | null;
}

/** The list that was made last for an agent's key; `wanted` counts what has changed since. */
export interface AgentListsTable {
  keyId: Uint8Array;
  agentId: Uint8Array;
  version: number;
  /** The date in China on which it was made: another day makes another list. */
  day: string;
  wanted: number;
}

/** An order for a repair, from whoever looks after a machine. */
export interface RepairsTable {
  repairId: Uint8Array;
  terminalId: Uint8Array;
  /** A device's name, or `other`. */
  part: string;
  /** What is wrong, of a fixed list. */
  fault: string;
  /** Null where the caretaker's PIN alone was given. */
  agentId: Uint8Array | null;
  madeMs: number;
  closedMs: number | null;
  closedByStaffId: number | null;
  /** What was done. */
  words: string | null;
}

/** The tables, by name. */
export interface AgentWorkTables {
  agentCases: AgentCasesTable;
  callBacks: CallBacksTable;
  agentLists: AgentListsTable;
  repairs: RepairsTable;
  callWishes: CallWishesTable;
}

export type CallBackRow = Selectable<CallBacksTable>;
export type RepairRow = Selectable<RepairsTable>;

/** The step that makes them. */
export function agentWorkTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE agent_cases (
    agent_id ${bytes} NOT NULL REFERENCES agents (agent_id), case_id ${bytes} NOT NULL REFERENCES cases (case_id),
    PRIMARY KEY (agent_id, case_id))${strict}`,
    'CREATE INDEX agent_cases_by_case ON agent_cases (case_id)',
    `CREATE TABLE call_backs (
    call_back_id ${bytes} PRIMARY KEY, case_id ${bytes} NOT NULL REFERENCES cases (case_id),
    agent_id ${bytes} REFERENCES agents (agent_id), staff_id ${int} REFERENCES staff (staff_id), day text NOT NULL,
    made_ms ${int} NOT NULL, done_ms ${int})${strict}`,
    'CREATE INDEX call_backs_by_case ON call_backs (case_id)',
    'CREATE INDEX call_backs_open ON call_backs (agent_id) WHERE done_ms IS NULL',
    `CREATE TABLE agent_lists (
    key_id ${bytes} PRIMARY KEY REFERENCES agent_keys (key_id), agent_id ${bytes} NOT NULL REFERENCES agents (agent_id),
    version ${int} NOT NULL, day text NOT NULL, wanted ${int} NOT NULL)${strict}`,
    'CREATE INDEX agent_lists_by_agent ON agent_lists (agent_id)',
    `CREATE TABLE repairs (
    repair_id ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), part text NOT NULL,
    fault text NOT NULL, agent_id ${bytes} REFERENCES agents (agent_id), made_ms ${int} NOT NULL, closed_ms ${int},
    closed_by_staff_id ${int} REFERENCES staff (staff_id), words text)${strict}`,
    'CREATE INDEX repairs_by_terminal ON repairs (terminal_id)',
  ];
}
