/** Tables of ratings: the grade and where it was given. What somebody wrote with it stays sealed in its body. */
import type { DialectWords } from './dialect-words.ts';

/** A rating as it came; rows are never changed (a trigger refuses). */
export interface RatingsTable {
  entryId: Uint8Array;
  villageCode: string;
  /** Null where a visit is rated and not a case. */
  caseId: Uint8Array | null;
  /** 5 非常满意 … 1 非常不满意. */
  grade: number;
  /** When it came here: a month that is over gets no more of them. */
  atMs: number;
  /** By when somebody must have looked into it; null where nobody need. */
  dueDate: string | null;
}

/** What came of a bad rating, once; rows are never changed (a trigger refuses). */
export interface RatingEndsTable {
  entryId: Uint8Array;
  staffId: number;
  atMs: number;
  /** What was found and done, for the county. */
  words: string;
}

/** The step that makes them. */
export function ratingTables({
  bytes,
  int,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE ratings (
    entry_id ${bytes} PRIMARY KEY REFERENCES bodies (entry_id), village_code text NOT NULL, case_id ${bytes},
    grade ${int} NOT NULL CHECK (grade BETWEEN 1 AND 5), at_ms ${int} NOT NULL, due_date text)${strict}`,
    'CREATE INDEX ratings_by_village ON ratings (village_code, at_ms)',
    'CREATE INDEX ratings_due ON ratings (due_date) WHERE due_date IS NOT NULL',
    ...appendOnly('ratings'),
    ...neverReplaced('ratings', 'entry_id'),
    `CREATE TABLE rating_ends (
    entry_id ${bytes} PRIMARY KEY REFERENCES ratings (entry_id),
    staff_id ${int} NOT NULL REFERENCES staff (staff_id), at_ms ${int} NOT NULL, words text NOT NULL)${strict}`,
    ...appendOnly('rating_ends'),
    ...neverReplaced('rating_ends', 'entry_id'),
  ];
}
