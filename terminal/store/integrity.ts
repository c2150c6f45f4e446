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
  return isFoundWhole(sql, `PRAGMA integrity_check('${table}')`);
}

/** Whether SQLite finds all of the database in order. A changed byte inside a value is none of its business. */
export function isWhole(sql: Sql): boolean {
  return isFoundWhole(sql, 'PRAGMA integrity_check');
}

function isFoundWhole(sql: Sql, check: string): boolean {
  try {
    const answer = sql.prepare<{ integrity_check: string }>(check).all();
    return answer.length === 1 && answer[0]?.integrity_check === 'ok';
  } catch (error) {
    if (error instanceof SqlFailure && error.trouble.code === 'corrupt') return false;
    throw error;
  }
}
