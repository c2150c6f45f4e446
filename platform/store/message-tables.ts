/** What people are owed to be told of their own card, and what became of it. No name, no number, no words. */
import type { Selectable } from 'kysely';
import type { MessageKind } from '../messages/words.ts';
import type { DialectWords } from './dialect-words.ts';

/** One message of one entry; who it goes to stands in the entry's sealed body alone. */
export interface MessagesTable {
  entryId: Uint8Array;
  kind: MessageKind;
  /** The case it speaks of; null where there is none. */
  caseId: Uint8Array | null;
  villageName: string;
  /** When the person did it. */
  atMs: number;
  madeMs: number;
  tries: number;
  notBeforeMs: number;
  /** Null while it is owed. */
  outcome: 'sent' | 'no-number' | 'refused' | 'given-up' | null;
  doneMs: number | null;
}

export type MessageRow = Selectable<MessagesTable>;

/** As part of the platform's tables. */
export interface MessageTables {
  messages: MessagesTable;
}

/** The step that makes it. */
export function messageTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE messages (
    entry_id ${bytes} PRIMARY KEY REFERENCES bodies (entry_id), kind text NOT NULL, case_id ${bytes},
    village_name text NOT NULL, at_ms ${int} NOT NULL, made_ms ${int} NOT NULL, tries ${int} NOT NULL,
    not_before_ms ${int} NOT NULL, outcome text, done_ms ${int})${strict}`,
    'CREATE INDEX messages_owed ON messages (made_ms) WHERE outcome IS NULL',
    'CREATE INDEX messages_by_case ON messages (case_id)',
  ];
}
