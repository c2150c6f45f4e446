import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import { MIGRATIONS } from './migrations.ts';
import { type DatabasePlace, openStore, type Store, takeNumbers } from './store.ts';

let postgres: TestPostgres;
const folder = mkdtempSync(join(tmpdir(), 'yizhan-store-'));
let files = 0;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const places: Record<DatabasePlace['kind'], () => Promise<DatabasePlace>> = {
  sqlite: async () => ({ kind: 'sqlite', path: join(folder, `${++files}.db`) }),
  postgres: async () => ({ kind: 'postgres', url: await postgres.freshUrl() }),
};

async function opened(place: DatabasePlace): Promise<Store> {
  const store = await openStore(place);
  if (!store.ok) throw new Error(store.error.code);
  return store.value;
}

describe.each(Object.entries(places))('a store on %s', (_kind, makePlace) => {
  it('applies every step once and opens again', async () => {
    const place = await makePlace();
    await (await opened(place)).close();
    const store = await opened(place);
    const steps = await sql<{ number: number }>`SELECT number FROM schema_steps`.execute(store.db);
    expect(steps.rows.map((row) => row.number)).toEqual(MIGRATIONS.map((step) => step.number));
    await store.close();
  });

  it('gives bytes and numbers back as they were', async () => {
    const store = await opened(await makePlace());
    const value = Uint8Array.of(0, 1, 0xff);
    await store.db.insertInto('settings').values({ name: 'probe', value }).execute();
    const row = await store.db.selectFrom('settings').selectAll().executeTakeFirstOrThrow();
    expect(Uint8Array.from(row.value)).toEqual(value);
    expect(await store.transaction((tx) => takeNumbers(tx, 'held', 3))).toBe(1);
    expect(await store.transaction((tx) => takeNumbers(tx, 'held', 1))).toBe(4);
    await store.close();
  });

  it('gives back the numbers of a transaction that failed', async () => {
    const store = await opened(await makePlace());
    const failing = store.transaction(async (tx) => {
      await takeNumbers(tx, 'feed', 5);
      throw new Error('cut off');
    });
    await expect(failing).rejects.toThrow('cut off');
    expect(await store.transaction((tx) => takeNumbers(tx, 'feed', 1))).toBe(1);
    await store.close();
  });

  it('refuses a database of a newer program', async () => {
    const place = await makePlace();
    await (await opened(place)).close();
    const later = { number: MIGRATIONS.length + 1, name: 'later', statements: () => [] };
    const newer = await openStore(place, [...MIGRATIONS, later]);
    if (newer.ok) await newer.value.close();
    const before = place.kind === 'sqlite' ? readFileSync(place.path) : undefined;
    expect(await openStore(place)).toEqual({
      ok: false,
      error: { code: 'newer-schema', found: MIGRATIONS.length + 1, known: MIGRATIONS.length },
    });
    if (place.kind === 'sqlite') expect(readFileSync(place.path)).toEqual(before);
  });
});
