/** Tables of what may be misuse: marks to compare cases by, flags, and what somebody found. No name, no number. */
import type { Insertable } from 'kysely';
import type { PatternName } from '../misuse/patterns.ts';
import type { DialectWords } from './dialect-words.ts';

/** What of a case is compared, digested under the platform's key; forgotten after a while (`misuse/patterns.ts`). */
interface MisuseMarksTable {
  entryId: Uint8Array;
  pattern: PatternName;
  /** What is compared: one telephone, one account, one machine, one agent. */
  about: Uint8Array;
  /** What is counted of it; says nothing beside another `about`. */
  other: Uint8Array;
  /** Null of what makes no case. */
  caseId: Uint8Array | null;
  /** 1: for the county alone. */
  countyOnly: number;
  townCode: string;
  villageName: string;
  /** When the person submitted. */
  atMs: number;
  /** When it came here. */
  markedMs: number;
}

/** A pattern that occurred; its id is a digest of what it is about, and of the day or night. */
interface MisuseFlagsTable {
  flagId: Uint8Array;
  pattern: PatternName;
}

/** The entries that make it. */
interface MisuseFlagEntriesTable {
  flagId: Uint8Array;
  entryId: Uint8Array;
  /** Null of what makes no case. */
  caseId: Uint8Array | null;
  countyOnly: number;
  townCode: string;
  villageName: string;
  /** When the person was there. */
  atMs: number;
  madeMs: number;
  /** 1: it is flagged also without what is the county's alone. */
  forTown: number;
  /** The end that covers it; null while nobody has looked. */
  endId: Uint8Array | null;
}

/** What somebody found out; rows are never changed (a trigger refuses). */
export interface MisuseEndsTable {
  endId: Uint8Array;
  flagId: Uint8Array;
  deskCode: string;
  staffId: number;
  atMs: number;
  choice: 'nothing-wrong' | 'told-resident' | 'to-county';
  words: string;
}

/** As part of the platform's tables. */
export interface MisuseTables {
  misuseMarks: MisuseMarksTable;
  misuseFlags: MisuseFlagsTable;
  misuseFlagEntries: MisuseFlagEntriesTable;
  misuseEnds: MisuseEndsTable;
}

export type NewMisuseMark = Insertable<MisuseMarksTable>;

/** The step that makes them. */
export function misuseTables({
  bytes,
  int,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE misuse_marks (
    entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id), pattern text NOT NULL, about ${bytes} NOT NULL,
    other ${bytes} NOT NULL, case_id ${bytes} REFERENCES cases (case_id), county_only ${int} NOT NULL,
    town_code text NOT NULL, village_name text NOT NULL, at_ms ${int} NOT NULL, marked_ms ${int} NOT NULL, PRIMARY KEY (entry_id, pattern, about))${strict}`,
    'CREATE INDEX misuse_marks_by_about ON misuse_marks (about, at_ms)',
    'CREATE INDEX misuse_marks_by_age ON misuse_marks (marked_ms)',
    `CREATE TABLE misuse_flags (
    flag_id ${bytes} PRIMARY KEY, pattern text NOT NULL)${strict}`,
    `CREATE TABLE misuse_ends (
    end_id ${bytes} PRIMARY KEY, flag_id ${bytes} NOT NULL REFERENCES misuse_flags (flag_id), desk_code text NOT NULL,
    staff_id ${int} NOT NULL REFERENCES staff (staff_id), at_ms ${int} NOT NULL, choice text NOT NULL,
    words text NOT NULL)${strict}`,
    'CREATE INDEX misuse_ends_by_flag ON misuse_ends (flag_id)',
    ...appendOnly('misuse_ends'),
    ...neverReplaced('misuse_ends', 'end_id'),
    `CREATE TABLE misuse_flag_entries (
    flag_id ${bytes} NOT NULL REFERENCES misuse_flags (flag_id), entry_id ${bytes} NOT NULL REFERENCES bodies (entry_id),
    case_id ${bytes} REFERENCES cases (case_id), county_only ${int} NOT NULL, town_code text NOT NULL,
    village_name text NOT NULL, at_ms ${int} NOT NULL, made_ms ${int} NOT NULL, for_town ${int} NOT NULL,
    end_id ${bytes} REFERENCES misuse_ends (end_id), PRIMARY KEY (flag_id, entry_id))${strict}`,
  ];
}
