/** What villages said to emergency notices: when, and of which. How things stand there stays sealed in its body. */
import type { Selectable } from 'kysely';
import type { DialectWords } from './migrations.ts';

/** One word of a machine or its agent; rows are never changed (a trigger refuses). */
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

/** The step that makes it. */
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
