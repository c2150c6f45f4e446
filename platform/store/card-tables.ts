/** Which card a case was filed with, as a digest that says nothing without the platform's key. */
import type { DialectWords } from './dialect-words.ts';

export interface CaseCardsTable {
  caseId: Uint8Array;
  matterId: string;
  /** 16 bytes: a keyed digest of the card's mark. */
  card: Uint8Array;
}

/** The step that makes it. */
export function cardTables({ bytes, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE case_cards (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), matter_id text NOT NULL, card ${bytes} NOT NULL)${strict}`,
    'CREATE INDEX case_cards_by_card ON case_cards (card, matter_id)',
  ];
}
