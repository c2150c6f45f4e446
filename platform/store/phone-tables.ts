/** The table of codes from phones that were used up. */
import type { DialectWords } from './dialect-words.ts';

/** A code that opened something, or was about to. */
export interface PhoneCodesTable {
  codeId: Uint8Array;
  terminalId: Uint8Array;
  usedMs: number;
  /** From then on it is out of force everywhere. */
  untilMs: number;
}

/** The step that makes it. */
export function phoneTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE phone_codes (
    code_id ${bytes} PRIMARY KEY, terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id),
    used_ms ${int} NOT NULL, until_ms ${int} NOT NULL)${strict}`,
    'CREATE INDEX phone_codes_by_age ON phone_codes (until_ms)',
  ];
}
