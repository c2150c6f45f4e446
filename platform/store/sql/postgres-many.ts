/**
 * Many rows on PostgreSQL: an array a column, so that a statement's text is the same for any number of rows and is
 * parsed once a connection. Arrays go in PostgreSQL's own binary form, which neither side has to write out as text.
 */
import { CompiledQuery, type Expression, type SqlBool, sql } from 'kysely';
import { type Cell, type ColumnKind, columnWords, conflictWords, type Many, type RowsOf } from '../many.ts';
import type { Db } from '../store.ts';

const TYPES = {
  bytes: { name: 'bytea', oid: 17 },
  int: { name: 'bigint', oid: 20 },
  text: { name: 'text', oid: 25 },
} as const satisfies Readonly<Record<ColumnKind, { name: string; oid: number }>>;

export const postgresMany: Many = {
  async insert(tx: Db, into: RowsOf, rows: readonly (readonly Cell[])[]): Promise<void> {
    const arrays = into.columns.map(({ kind }, column) =>
      binaryArray(
        kind,
        rows.map((row) => row[column] ?? null),
      ),
    );
    await tx.executeQuery(CompiledQuery.raw(statementOf(into), arrays));
  },

  isOneOf(column: string, wanted: readonly Uint8Array[]): Expression<SqlBool> {
    return sql<SqlBool>`${sql.ref(column)} = any(${binaryArray('bytes', wanted)}::bytea[])`;
  },
};

function statementOf(into: RowsOf): string {
  const names = columnWords(into);
  const arrays = into.columns.map(({ kind }, index) => `$${index + 1}::${TYPES[kind].name}[]`).join(', ');
  return `INSERT INTO ${into.table} (${names}) SELECT ${names} FROM unnest(${arrays}) AS made (${names})${conflictWords(into)}`;
}

/** Dimensions, whether there are nulls, the elements' type; then for one dimension its length and first index. */
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const INT_BYTES = 8;
const NULL_LENGTH = -1;

/** One dimension of `array_send`: each element after its length in four bytes, −1 for null. */
function binaryArray(kind: ColumnKind, cells: readonly Cell[]): Buffer {
  const sizes = cells.map(sizeOf);
  const array = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + LENGTH_BYTES + size, HEAD_BYTES));
  array.writeInt32BE(1, 0);
  array.writeInt32BE(cells.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(TYPES[kind].oid, 8);
  array.writeInt32BE(cells.length, 12);
  array.writeInt32BE(1, 16);
  let at = HEAD_BYTES;
  for (const [index, cell] of cells.entries()) {
    const size = sizes[index]!;
    array.writeInt32BE(cell === null ? NULL_LENGTH : size, at);
    writeCell(array, at + LENGTH_BYTES, cell);
    at += LENGTH_BYTES + size;
  }
  return array;
}

function sizeOf(cell: Cell): number {
  if (cell === null) return 0;
  if (typeof cell === 'number') return INT_BYTES;
  return typeof cell === 'string' ? Buffer.byteLength(cell) : cell.length;
}

function writeCell(to: Buffer, at: number, cell: Cell): void {
  if (typeof cell === 'number') to.writeBigInt64BE(BigInt(cell), at);
  else if (typeof cell === 'string') to.write(cell, at);
  else if (cell !== null) to.set(cell, at);
}
