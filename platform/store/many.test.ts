import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import type { Cell, RowsOf } from './many.ts';
import { type DatabasePlace, openStore, type Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-many-'));
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

const INTO: RowsOf = {
  table: 'things',
  columns: [
    { name: 'name', kind: 'bytes' },
    { name: 'size', kind: 'int' },
    { name: 'words', kind: 'text' },
  ],
  passOver: false,
};

describe.each(['sqlite', 'postgres'] as const)('many rows on %s', (kind) => {
  let store: Store;
  beforeAll(async () => {
    const place: DatabasePlace =
      kind === 'sqlite' ? { kind, path: join(folder, 'many.db') } : { kind, url: await postgres.freshUrl() };
    const opened = await openStore(place);
    if (!opened.ok) throw new Error(opened.error.code);
    store = opened.value;
    const [bytes, int] = kind === 'sqlite' ? ['BLOB', 'INTEGER'] : ['bytea', 'bigint'];
    await sql
      .raw(`CREATE TABLE things (name ${bytes} PRIMARY KEY, size ${int}, words text)`)
      .execute(store.db);
  });
  afterAll(() => store.close());

  const nameOf = (index: number) => Uint8Array.of(index >> 8, index & 255, 0, 255);
  const all = async () => {
    const found = await sql<{ name: Uint8Array; size: number | null; words: string | null }>`
      SELECT name, size, words FROM things ORDER BY name`.execute(store.db);
    return found.rows.map(({ name, size, words }) => [new Uint8Array(name), size, words]);
  };

  it('writes any number of rows as they are', async () => {
    const odd: Cell[] = [null, '', '水"{}\\,NULL', 'x'.repeat(5_000)];
    const sizes: Cell[] = [null, 0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const rows = Array.from({ length: 203 }, (_, index) => [
      nameOf(index),
      sizes[index % sizes.length]!,
      odd[index % odd.length]!,
    ]);
    await store.transaction((tx) => store.many.insert(tx, INTO, rows));
    expect(await all()).toEqual(rows);
  });

  it('finds those that are one of a list, however long, and none of an empty one', async () => {
    const find = (wanted: readonly Uint8Array[]) =>
      sql<{ count: number }>`SELECT count(*) AS count FROM things WHERE ${store.many.isOneOf('name', wanted)}`
        .execute(store.db)
        .then(({ rows }) => Number(rows[0]?.count));
    expect(await find([])).toBe(0);
    expect(await find([nameOf(7), nameOf(9), nameOf(5_000)])).toBe(2);
    expect(await find(Array.from({ length: 300 }, (_, index) => nameOf(index)))).toBe(203);
  });

  it('passes over what is there only where that is asked for', async () => {
    const again = [[nameOf(1), 5, 'other']];
    await store.many.insert(store.db, { ...INTO, passOver: true }, again);
    expect((await all())[1]).toEqual([nameOf(1), 0, '']);
    await expect(store.many.insert(store.db, INTO, again)).rejects.toThrow(/unique/i);
  });
});
