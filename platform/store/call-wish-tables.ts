/** The table of wishes to be called: which call each case waits for. No name and no telephone. */
import type { DialectWords } from './dialect-words.ts';

/** A case in which somebody asked to be called. Who asks again while the call is open waits for the same one. */
export interface CallWishesTable {
  caseId: Uint8Array;
  callBackId: Uint8Array;
  /** Of the telephone that was left, digested under the platform's key. */
  phoneMark: Uint8Array;
  /** Of the person, the same way; null where no card was laid. */
  personMark: Uint8Array | null;
}

/** The step that makes it. */
export function callWishTables({ bytes, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE call_wishes (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id),
    call_back_id ${bytes} NOT NULL REFERENCES call_backs (call_back_id), phone_mark ${bytes} NOT NULL,
    person_mark ${bytes})${strict}`,
    'CREATE INDEX call_wishes_by_call ON call_wishes (call_back_id)',
    'CREATE INDEX call_wishes_by_phone ON call_wishes (phone_mark)',
    'CREATE INDEX call_wishes_by_person ON call_wishes (person_mark) WHERE person_mark IS NOT NULL',
  ];
}
