/** Tables of what goes between desks and villages: what was said to emergency notices, and pictures of what came of a case. */
import type { Selectable } from 'kysely';
import type { DialectWords } from './dialect-words.ts';

/** One word of a machine or its agent; how things stand stays sealed in its body. Rows are never changed (a trigger refuses). */
export interface NoticeRepliesTable {
  entryId: Uint8Array;
  noticeId: Uint8Array;
  terminalId: Uint8Array;
  villageCode: string;
  /** The machine shows it; its agent has read it; how things stand. */
  kind: 'shown' | 'acknowledged' | 'answered';
  /** By the machine's clock put right. */
  saidMs: number;
  /** When it came here. */
  atMs: number;
}

export type NoticeReplyRow = Selectable<NoticeRepliesTable>;

/** The step that makes the table of replies. */
export function noticeTables({
  bytes,
  int,
  strict,
  appendOnly,
  neverReplaced,
}: DialectWords): readonly string[] {
  return [
    `CREATE TABLE notice_replies (
    entry_id ${bytes} PRIMARY KEY REFERENCES bodies (entry_id), notice_id ${bytes} NOT NULL,
    terminal_id ${bytes} NOT NULL REFERENCES terminals (terminal_id), village_code text NOT NULL,
    kind text NOT NULL, said_ms ${int} NOT NULL, at_ms ${int} NOT NULL)${strict}`,
    'CREATE INDEX notice_replies_by_notice ON notice_replies (notice_id, village_code)',
    ...appendOnly('notice_replies'),
    ...neverReplaced('notice_replies', 'entry_id'),
  ];
}

/** A picture, the only one of its case, sealed to a key of our own. */
export interface CasePicturesTable {
  caseId: Uint8Array;
  sealKeyId: Uint8Array;
  sealed: Uint8Array;
  atMs: number;
}

/** The step that makes the table of pictures. */
export function pictureTables({ bytes, int, strict }: DialectWords): readonly string[] {
  return [
    `CREATE TABLE case_pictures (
    case_id ${bytes} PRIMARY KEY REFERENCES cases (case_id), seal_key_id ${bytes} NOT NULL,
    sealed ${bytes} NOT NULL, at_ms ${int} NOT NULL)${strict}`,
  ];
}
