import { type Sql, SqlFailure } from '../../base/sql.ts';

/** The tables and indexes' own check, table by table so that a long one can be spread. */
export function tableNames(sql: Sql): readonly string[] {
  return sql
    .prepare<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);
}

/** Whether SQLite finds this table, its indexes and its rows in order. */
export function isTableWhole(sql: Sql, table: string): boolean {
  try {
    const answer = sql.prepare<{ integrity_check: string }>(`PRAGMA integrity_check('${table}')`).all();
    return answer.length === 1 && answer[0]?.integrity_check === 'ok';
  } catch (error) {
    if (error instanceof SqlFailure && error.trouble.code === 'corrupt') return false;
    throw error;
  }
}
