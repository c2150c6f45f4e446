import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../platform/testing/postgres.ts';
import { figuresOf, figuresOfGrowth } from './figures.ts';
import { measureGrowth, measureLoad } from './measure-load.ts';

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

it.each(['sqlite', 'postgres'] as const)(
  'measures where more and more is held, on %s',
  async (database) => {
    const growth = await measureGrowth(20, 2, placeOf(database), () => undefined);
    expect([...growth.byHeld.keys()]).toEqual([20, 200, 2_000]);
    expect(figuresOfGrowth(growth)[0]?.beside).toHaveLength(2);
  },
  120_000,
);
