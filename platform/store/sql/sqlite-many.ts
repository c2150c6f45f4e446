/** Many rows on SQLite: in statements of a few sizes, so that each is compiled once. */
import { CompiledQuery, type Expression, type SqlBool, sql } from 'kysely';
import { toHex } from '../../../base/bytes.ts';
import { type Cell, columnWords, conflictWords, type Many, type RowsOf } from '../many.ts';
import type { Db } from '../store.ts';

/** Rows of a statement, at most; below it powers of two. */
const MOST_ROWS = 64;

export const sqliteMany: Many = {
  async insert(tx: Db, into: RowsOf, rows: readonly (readonly Cell[])[]): Promise<void> {
    for (let from = 0; from < rows.length; ) {
      const size = Math.min(MOST_ROWS, 2 ** Math.floor(Math.log2(rows.length - from)));
      const cells = rows.slice(from, from + size).flat();
      await tx.executeQuery(CompiledQuery.raw(statementOf(into, size), cells));
      from += size;
    }
  },

  isOneOf(column: string, wanted: readonly Uint8Array[]): Expression<SqlBool> {
    const list = JSON.stringify(wanted.map(toHex));
    return sql<SqlBool>`${sql.ref(column)} in (select unhex(value) from json_each(${list}))`;
  },
};

function statementOf(into: RowsOf, rows: number): string {
  const row = `(${into.columns.map(() => '?').join(', ')})`;
  const all = Array.from({ length: rows }, () => row).join(', ');
  return `INSERT INTO ${into.table} (${columnWords(into)}) VALUES ${all}${conflictWords(into)}`;
}
