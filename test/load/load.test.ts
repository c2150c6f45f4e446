import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../platform/store/store.ts';
import { startPostgres, type TestPostgres } from '../../platform/testing/postgres.ts';
import { figuresOf } from './figures.ts';
import { fill } from './fill.ts';
import { measureLoad } from './measure-load.ts';

const PLAN = { terminals: 20, busy: 8, entries: 5, withinMs: 100, profile: undefined };
const folder = mkdtempSync(join(tmpdir(), 'yizhan-load-'));
let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const placeOf = (database: 'sqlite' | 'postgres') => ({
  ...{ folder, database },
  freshUrl: async () => (database === 'postgres' ? postgres.freshUrl() : undefined),
});

it.each(['sqlite', 'postgres'] as const)(
  'holds and receipts all that a small county brings, on %s',
  async (database) => {
    const measured = await measureLoad(PLAN, placeOf(database), () => undefined);
    expect(measured.drained.held).toBe(40);
    expect(measured.held).toBe(40);
    expect(measured.drained.intakeMs).toHaveLength(8);
    expect(measured.drained.putOff).toEqual({});
    expect(figuresOf(measured)).toHaveLength(3);
  },
  120_000,
);

it.each(['sqlite', 'postgres'] as const)('fills a database with whole cases, on %s', async (database) => {
  const url = await postgres.freshUrl();
  const path = join(folder, 'filled.db');
  const opened = await openStore(
    database === 'sqlite' ? { kind: 'sqlite', path } : { kind: 'postgres', url },
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, close } = opened.value;
  await fill(opened.value, 700);
  await fill(opened.value, 50);
  const rows = await db
    .selectFrom('cases')
    .innerJoin('bodies', 'bodies.entryId', 'cases.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .innerJoin('caseActions', 'caseActions.caseId', 'cases.caseId')
    .select('headers.heldOrder')
    .orderBy('headers.heldOrder')
    .execute();
  expect(rows.map(({ heldOrder }) => heldOrder)).toEqual(Array.from({ length: 750 }, (_, n) => n + 1));
  await close();
});
