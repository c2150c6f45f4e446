/** Tables of village agents: who they are, their keys, and the roster that stands for each village. */
import type { Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** An agent as a desk enrolled them. `numberHash` is of their card's number under their own id: it is in clear nowhere. */
export interface AgentsTable {
  agentId: Uint8Array;
  villageCode: string;
  name: string;
  numberHash: Uint8Array;
  /** Of the registration code given out last. */
  codeHash: Uint8Array | null;
  untilMs: number;
  enrolledByStaffId: number;
  enrolledMs: number;
  revokedByStaffId: number | null;
  revokedMs: number | null;
}

/** A key an agent made at a terminal; `refused` says why it counts for nothing. */
export interface AgentKeysTable {
  keyId: Uint8Array;
  agentId: Uint8Array;
  terminalId: Uint8Array;
  signKey: Uint8Array;
  openKey: Uint8Array;
  entryId: Uint8Array;
  takenMs: number;
  refused: string | null;
}

/** The roster a village's machines were sent last. */
export interface RostersTable {
  villageCode: string;
  version: number;
  issuedMs: number;
  content: Uint8Array;
}

export type AgentRow = Selectable<AgentsTable>;
export type AgentKeyRow = Selectable<AgentKeysTable>;

/** The step that makes them. */
export function agentTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE agents (
    agent_id ${bytes} PRIMARY KEY, village_code text NOT NULL, name text NOT NULL, number_hash ${bytes} NOT NULL,
    code_hash ${bytes}, until_ms ${int} NOT NULL,
    enrolled_by_staff_id ${int} NOT NULL REFERENCES staff (staff_id), enrolled_ms ${int} NOT NULL,
    revoked_by_staff_id ${int} REFERENCES staff (staff_id), revoked_ms ${int})${strict}`,
    'CREATE INDEX agents_by_village ON agents (village_code)',
    `CREATE TABLE agent_keys (
    key_id ${bytes} PRIMARY KEY, agent_id ${bytes} NOT NULL REFERENCES agents (agent_id),
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), sign_key ${bytes} NOT NULL,
    open_key ${bytes} NOT NULL, entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), taken_ms ${int} NOT NULL,
    refused text)${strict}`,
    'CREATE INDEX agent_keys_by_agent ON agent_keys (agent_id)',
    `CREATE TABLE rosters (
    village_code text PRIMARY KEY, version ${int} NOT NULL, issued_ms ${int} NOT NULL, content ${bytes} NOT NULL)${strict}`,
  ];
}
