/** A migration that says it is `readable from` an earlier one must leave all that one wrote and read as it was. */
import { describe, expect, it } from 'vitest';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import type { Sql } from '../../base/sql.ts';
import { MIGRATIONS, type Migration, migrate, schemaAfter } from './migrations.ts';

interface Column {
  readonly of: string;
  readonly name: string;
  readonly type: string;
  readonly needed: number;
  readonly preset: string | null;
  readonly key: number;
}

/** What programs rely on: tables, columns, and what may stop a write. */
function schemaOf(migrations: readonly Migration[]) {
  const opened = memorySqlStore().open();
  if (!opened.ok) throw new Error('opens');
  const sql: Sql = opened.value;
  expect(migrate(sql, migrations).ok).toBe(true);
  const columns = sql
    .prepare<Column & Record<string, never>>(
      `SELECT t.name AS "of", c.name, c.type, c."notnull" AS needed, c.dflt_value AS preset, c.pk AS "key"
       FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
       WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .all() as readonly Column[];
  const texts = (type: string) =>
    sql
      .prepare<{ name: string; of: string; text: string | null }>(
        `SELECT name, tbl_name AS "of", sql AS text FROM sqlite_schema WHERE type = '${type}'`,
      )
      .all();
  const links = sql
    .prepare<{ of: string; to: string; end: string }>(
      `SELECT t.name AS "of", k."table" AS "to", k.on_delete AS "end"
       FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS k WHERE t.schema = 'main'`,
    )
    .all();
  const of = { columns, indexes: texts('index'), triggers: texts('trigger'), tables: texts('table'), links };
  sql.close();
  return of;
}

/** What a program that knows the first steps alone would trip over once the rest was taken. */
function findStumbles(known: readonly Migration[], all: readonly Migration[]): readonly string[] {
  const [before, after] = [schemaOf(known), schemaOf(all)];
  const old = new Set(before.tables.map(({ name }) => name));
  const keyOf = ({ of, name }: Column) => `${of}.${name}`;
  const now = new Map(after.columns.map((column) => [keyOf(column), column]));
  const had = new Set(before.columns.map(keyOf));
  const same = (one: object, other: object | undefined) => JSON.stringify(one) === JSON.stringify(other);
  return [
    ...before.columns
      .filter((column) => !same(column, now.get(keyOf(column))))
      .map((c) => `changes ${keyOf(c)}`),
    ...after.columns
      .filter((c) => old.has(c.of) && !had.has(keyOf(c)) && c.needed === 1 && c.preset === null)
      .map((c) => `needs ${keyOf(c)}`),
    ...after.indexes
      .filter(
        ({ name, of, text }) =>
          old.has(of) && /UNIQUE/i.test(text ?? '') && !before.indexes.some((i) => i.name === name),
      )
      .map(({ name }) => `forbids by ${name}`),
    ...after.triggers.filter(({ of }) => old.has(of)).map(({ name }) => `does more by ${name}`),
    ...after.links
      .filter(({ of, to, end }) => !old.has(of) && old.has(to) && !/CASCADE|SET NULL/.test(end))
      .map(({ of, to }) => `holds ${to} by ${of}`),
  ];
}

const upTo = (number: number) => MIGRATIONS.slice(0, number);
const step = (number: number, text: string): Migration => ({ number, name: 'x.sql', text });
const FIRST = step(1, 'CREATE TABLE one (id INTEGER PRIMARY KEY, a TEXT) STRICT;');
const stumblesOf = (text: string) => findStumbles([FIRST], [FIRST, step(2, text)]);

describe('a migration that says from where it can be read', () => {
  const promises = MIGRATIONS.map(({ number }) => schemaAfter(upTo(number))).filter(
    ({ schema, readableFrom }) => readableFrom < schema,
  );
  it.each(promises)('keeps its word: $schema, readable from $readableFrom', ({ schema, readableFrom }) => {
    expect(findStumbles(upTo(readableFrom), upTo(schema))).toEqual([]);
  });

  it('may add tables, indexes, and columns that can be left out', () => {
    expect(
      stumblesOf(`CREATE TABLE two (id INTEGER PRIMARY KEY REFERENCES one (id) ON DELETE CASCADE) STRICT;
        CREATE INDEX by_a ON one (a); ALTER TABLE one ADD COLUMN b TEXT;
        ALTER TABLE one ADD COLUMN c INTEGER NOT NULL DEFAULT 0;`),
    ).toEqual([]);
  });

  it.each([
    ['ALTER TABLE one DROP COLUMN a;', 'changes one.a'],
    ['ALTER TABLE one RENAME COLUMN a TO z;', 'changes one.a'],
    ['DROP TABLE one;', 'changes one.id'],
    ['CREATE UNIQUE INDEX just_one ON one (a);', 'forbids by just_one'],
    ['CREATE TRIGGER more AFTER INSERT ON one BEGIN DELETE FROM one; END;', 'does more by more'],
    ['CREATE TABLE two (id INTEGER PRIMARY KEY REFERENCES one (id)) STRICT;', 'holds one by two'],
  ])('may not %s', (text, stumble) => {
    expect(stumblesOf(text)).toContain(stumble);
  });

  it('is readable from where every step before is too', () => {
    const steps = [FIRST, step(2, '-- readable from 1\n'), step(3, ''), step(4, '-- readable from 1\n')];
    expect(steps.map((_, index) => schemaAfter(steps.slice(0, index + 1)).readableFrom)).toEqual([
      1, 1, 3, 3,
    ]);
  });
});
