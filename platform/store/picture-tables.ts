/** Pictures of what came of a case, sealed to a key of our own. */
import type { DialectWords } from './migrations.ts';

/** One picture, the only one of its case. */
export interface CasePicturesTable {
  caseId: Uint8Array;
  sealKeyId: Uint8Array;
  sealed: Uint8Array;
  atMs: number;
}

/** The step that makes it. */
export function pictureTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE case_pictures (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), seal_key_id ${bytes} NOT NULL,
    sealed ${bytes} NOT NULL, at_ms ${int} NOT NULL)${strict}`,
  ];
}
