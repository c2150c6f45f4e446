import type { Sql } from '../../base/sql.ts';

/**
 * What the schema must not have: a table that is not STRICT (it would take text for a number), or a foreign
 * key whose type is not that of the column it names. `undefined` when all is well.
 */
export function findSchemaFlaw(sql: Sql): string | undefined {
  const loose = sql
    .prepare<{ name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .find();
  if (loose) return `table ${loose.name} not STRICT`;
  const misfit = sql
    .prepare<{ child: string; column: string }>(
      `SELECT t.name AS child, key."from" AS column
       FROM pragma_table_list AS t
       JOIN pragma_foreign_key_list(t.name) AS key
       JOIN pragma_table_info(t.name) AS own ON own.name = key."from"
       LEFT JOIN pragma_table_info(key."table") AS other ON other.name = key."to"
       WHERE t.schema = 'main' AND other.type IS NOT own.type`,
    )
    .find();
  return misfit && `column ${misfit.child}.${misfit.column} of another type than it refers to`;
}
