/** Many rows in one statement, each database in the way that costs it least: a batch of intake is hundreds of rows. */
import type { Expression, SqlBool } from 'kysely';
import type { Db } from './store.ts';

/** What a column holds, in the words of the schema's steps. */
export type ColumnKind = 'bytes' | 'int' | 'text';

/** What one column of one row holds. */
export type Cell = Uint8Array | number | string | null;

/** The rows of one table: its name and its columns' as the schema's steps have them. */
export interface RowsOf {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** Whether a row whose key is there already is passed over; else it is an error. */
  readonly passOver: boolean;
}

/** How one database takes many at once. */
export interface Many {
  /** Inserts rows; the cells of each stand in the order of the columns. */
  insert(tx: Db, into: RowsOf, rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Whether this column of bytes (named as in `Tables`) holds one of these. */
  isOneOf(column: string, wanted: readonly Uint8Array[]): Expression<SqlBool>;
}

/** What an insert ends with. */
export function conflictWords({ passOver }: RowsOf): string {
  return passOver ? ' ON CONFLICT DO NOTHING' : '';
}

/** Column names in their order, for a statement. */
export function columnWords({ columns }: RowsOf): string {
  return columns.map(({ name }) => name).join(', ');
}
