/** What this machine said of each emergency notice, so that it says it once and still knows it after a restart. */
import type { Sql } from '../../base/sql.ts';

/** What was said of one: that it is shown, that the agent read it, how things stand. */
export type NoticeMark = 'shown' | 'acknowledged' | 'answered';

/** The entry that said it, and when. */
export interface Marked {
  readonly entryId: Uint8Array;
  readonly atMs: number;
}

/** The marks; a notice is named by its id in hex. */
export interface NoticeMarks {
  find(noticeId: string, mark: NoticeMark): Marked | undefined;
  /** The later of two stands. What a full disk cannot take is said again, and is the same entry then. */
  put(noticeId: string, mark: NoticeMark, marked: Marked): void;
  /** Lets go of marks made before this. */
  forgetBefore(atMs: number): void;
}

/** Marks in this database. */
export function createNoticeMarks(sql: Sql): NoticeMarks {
  return {
    find: (noticeId, mark) =>
      sql
        .prepare<Marked>(
          'SELECT entry_id AS entryId, at_ms AS atMs FROM notice_marks WHERE notice_id = ? AND mark = ?',
        )
        .find(noticeId, mark),
    put(noticeId, mark, { entryId, atMs }) {
      sql.transaction(() =>
        sql
          .prepare(
            'INSERT OR REPLACE INTO notice_marks (notice_id, mark, entry_id, at_ms) VALUES (?, ?, ?, ?)',
          )
          .run(noticeId, mark, entryId, atMs),
      );
    },
    forgetBefore(atMs) {
      sql.transaction(() => sql.prepare('DELETE FROM notice_marks WHERE at_ms < ?').run(atMs));
    },
  };
}

/** Marks that live as long as the program. */
export function marksInMemory(): NoticeMarks {
  const marks = new Map<string, Marked>();
  return {
    find: (noticeId, mark) => marks.get(`${noticeId}/${mark}`),
    put: (noticeId, mark, marked) => void marks.set(`${noticeId}/${mark}`, marked),
    forgetBefore(atMs) {
      for (const [key, marked] of [...marks]) if (marked.atMs < atMs) marks.delete(key);
    },
  };
}
