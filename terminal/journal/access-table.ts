/** Whether the platform serves this terminal, as it was last told. */
import type { Sql } from '../../base/sql.ts';

/** What the platform says to this terminal's requests. */
export type Access = 'served' | 'unknown' | 'revoked';

/** The last word on it. */
export interface AccessNote {
  find(): Access;
  /** Notes another one. What a full disk cannot take is said again. */
  save(said: Access): void;
}

/** The note in this database. */
export function createAccessNote(sql: Sql): AccessNote {
  let known: Access =
    sql.prepare<{ said: Access }>('SELECT said FROM platform_access').find()?.said ?? 'served';
  return {
    find: () => known,
    save(said) {
      if (said === known) return;
      known = said;
      sql.transaction(() =>
        sql.prepare('INSERT OR REPLACE INTO platform_access (id, said) VALUES (1, ?)').run(said),
      );
    },
  };
}
