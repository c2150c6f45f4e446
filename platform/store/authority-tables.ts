/** Tables of recorded authority: what was given, what ended it, and what was done under it. No name, no number. */
import type { Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** An authority as a resident gave it; what they signed and the picture stay in its entry, sealed. */
export interface AuthoritiesTable {
  authorityId: Uint8Array;
  entryId: Uint8Array;
  terminalId: Uint8Array;
  villageCode: string;
  townCode: string;
  villageName: string;
  agentId: Uint8Array;
  /** Of whoever gave it: their number under this authority's own id (`authorities/judge.ts`). */
  holderHash: Uint8Array;
  /** JSON: a list of `{id, perMonth}`. */
  matters: string;
  givenMs: number;
  untilMs: number;
  /** Why it counts for nothing; null where it does. */
  flaw: string | null;
}

/** What ended one: the resident by an entry, or somebody at a desk with words. The first counts. */
export interface AuthorityEndsTable {
  endId: Uint8Array;
  authorityId: Uint8Array;
  atMs: number;
  /** Of the resident's card; null where a desk ended it. */
  holderHash: Uint8Array | null;
  staffId: number | null;
  deskCode: string | null;
  words: string;
}

/** A case that was filed for somebody who was not there. Null: what it should have named, it does not. */
export interface AuthorityActsTable {
  caseId: Uint8Array;
  authorityId: Uint8Array | null;
  agentId: Uint8Array | null;
  holderHash: Uint8Array | null;
  matterId: string;
  submittedMs: number;
}

export type AuthorityRow = Selectable<AuthoritiesTable>;
export type AuthorityEndRow = Selectable<AuthorityEndsTable>;
export type AuthorityActRow = Selectable<AuthorityActsTable>;

/** The part of the store they are. */
export interface AuthorityTables {
  authorities: AuthoritiesTable;
  authorityEnds: AuthorityEndsTable;
  authorityActs: AuthorityActsTable;
}

/** The step that makes them. */
export function authorityTables(words: DialectWords): readonly string[] {
  const { bytes, int, strict, appendOnly, neverReplaced } = words;
  return [
    `CREATE TABLE authorities (
    authority_id ${bytes} PRIMARY KEY, entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id),
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), village_code text NOT NULL,
    town_code text NOT NULL, village_name text NOT NULL, agent_id ${bytes} NOT NULL, holder_hash ${bytes} NOT NULL, matters text NOT NULL,
    given_ms ${int} NOT NULL, until_ms ${int} NOT NULL, flaw text)${strict}`,
    'CREATE INDEX authorities_by_town ON authorities (town_code, until_ms)',
    'CREATE INDEX authorities_by_village ON authorities (village_code, until_ms)',
    // Word that one is ended may come before it does.
    `CREATE TABLE authority_ends (
    end_id ${bytes} PRIMARY KEY, authority_id ${bytes} NOT NULL, at_ms ${int} NOT NULL, holder_hash ${bytes},
    staff_id ${int} REFERENCES staff (staff_id), desk_code text, words text NOT NULL)${strict}`,
    'CREATE INDEX authority_ends_by_authority ON authority_ends (authority_id, at_ms)',
    ...appendOnly('authority_ends'),
    ...neverReplaced('authority_ends', 'end_id'),
    `CREATE TABLE authority_acts (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), authority_id ${bytes}, agent_id ${bytes},
    holder_hash ${bytes}, matter_id text NOT NULL, submitted_ms ${int} NOT NULL)${strict}`,
    'CREATE INDEX authority_acts_by_authority ON authority_acts (authority_id, matter_id, submitted_ms)',
  ];
}
