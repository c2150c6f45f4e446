/** A small share of `npm run load -- --fleet`: what is counted, never how long it took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { ringingAlerts } from '../../platform/desk/fleet/alerts.ts';
import { createBell } from '../../platform/feed/bell.ts';
import { createFleetBook } from '../../platform/fleet/book.ts';
import { DEFAULT_RULES } from '../../platform/fleet/rules.ts';
import { takeReport } from '../../platform/fleet/take.ts';
import { sampleReport } from '../../platform/fleet/testing/sample-report.ts';
import { noteAlerts } from '../../platform/fleet/watch.ts';
import { offerNow } from '../../platform/rollouts/keep-offers.ts';
import { usualPlan } from '../../platform/rollouts/plan.ts';
import { actOnRollout, beginRollout } from '../../platform/rollouts/rollouts.ts';
import { openStore, type Store } from '../../platform/store/store.ts';
import { COUNTY } from './console.ts';
import { measureRollouts } from './fleet-rollout.ts';
import { placeOfMachine } from './reporting.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-fleet-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MINUTE_MS = 60_000;
const crypto = createCrypto(systemRandom);

/** A fleet in a database of its own: every tenth machine has no room left, and each stands on the page of alerts. */
async function enterFleet(count: number) {
  let nowMs = Date.parse('2026-06-01T04:00:00Z');
  const clock: Clock = { ...systemClock, wallMs: () => nowMs, monoMs: () => nowMs };
  const opened = await openStore({ kind: 'sqlite', path: join(folder, `${count}.db`) });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const ids = Array.from({ length: count }, () => crypto.randomBytes(16));
  const enrolled = { enrolledMs: nowMs, revokedMs: null, currentBootId: null };
  const place = (number: number) => JSON.stringify(placeOfMachine(number));
  const rows = ids.map((terminalId, number) => ({ terminalId, place: place(number), ...enrolled }));
  await store.db.insertInto('terminals').values(rows).execute();
  const report = async (number: number) => {
    const disk = number % 10 === 0 ? { freeBytes: 1, totalBytes: 2 ** 36 } : null;
    await takeReport({ store, clock }, ids[number]!, sampleReport(nowMs, { disk, uptimeS: nowMs / 1_000 }));
  };
  for (const number of ids.keys()) await report(number);
  return { store, clock, report, advance: (ms: number) => (nowMs += ms) };
}

/** The same store, with what is asked of it and what comes back counted. */
function counted(store: Store) {
  const asked = { queries: 0, rows: 0 };
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      asked.queries += 1;
      return node;
    },
    async transformResult({ result }) {
      asked.rows += result.rows.length;
      return result;
    },
  };
  const transaction: Store['transaction'] = (work) =>
    store.transaction((tx) => work(tx.withPlugin(counting) as typeof tx));
  return { asked, store: { ...store, db: store.db.withPlugin(counting), transaction } };
}

async function lookAt(count: number) {
  const fleet = await enterFleet(count);
  const { asked, store } = counted(fleet.store);
  const context = { store, clock: fleet.clock, log: () => undefined };
  const book = createFleetBook(context, DEFAULT_RULES);
  const first = await book.view();
  await noteAlerts(context, first.alerts, DEFAULT_RULES, first.nowMs);
  fleet.advance(5 * MINUTE_MS);
  await book.view();
  for (const number of [1, 2, 10]) await fleet.report(number);
  fleet.advance(MINUTE_MS / 30);

  Object.assign(asked, { queries: 0, rows: 0 });
  const view = await book.view();
  const { shown, count: ringing } = await ringingAlerts(store.db, view, 6);
  const looked = { ...asked };
  const heard = view.lines.filter(({ machine }) => machine.heardMs === first.nowMs + 5 * MINUTE_MS);

  const { staffId } = await fleet.store.db
    .insertInto('staff')
    .values({ name: '石维护', signIn: 'keeper', password: '-', deskCode: COUNTY.code, disabled: 0 })
    .returning('staffId')
    .executeTakeFirstOrThrow();
  const plan = {
    ...usualPlan({ version: 2, channel: 'stable', pilot: [] }),
    stages: [{ area: 'all' as const, percent: 100, holdHours: 0 }],
  };
  const rolloutNo = await beginRollout(fleet, plan, staffId, '');
  const bell = createBell(fleet.clock);
  const offers: number[] = [];
  for (const look of ['tells everybody', 'finds all told', 'takes all back']) {
    if (look === 'takes all back') await actOnRollout(fleet, rolloutNo, 'pause', { staffId, words: '' });
    Object.assign(asked, { queries: 0, rows: 0 });
    await offerNow({ ...context, crypto, bell });
    offers.push(asked.queries);
  }
  await fleet.store.close();
  return { looked, heard: heard.length, shown: shown.length, lines: view.lines.length, ringing, offers };
}

it('asks and reads for a look and a page of 640 machines what it does for 80', async () => {
  const [few, many] = [await lookAt(80), await lookAt(640)];
  expect(few).toMatchObject({ lines: 80, ringing: 8, shown: 6, heard: 3 });
  expect(many).toMatchObject({ lines: 640, ringing: 64, shown: 6, heard: 3 });
  expect(many.looked).toEqual(few.looked);
  expect(many.offers).toEqual(few.offers);
}, 60_000);

it('rolls a release out among 200 machines though 2 in 100 fail, and stops one that 20 in 100 fail', async () => {
  const at = join(folder, 'platform');
  const database = { kind: 'sqlite' as const, path: join(folder, 'platform.db') };
  const { rolled, wrong } = await measureRollouts(200, { folder: at, database }, () => undefined);
  expect(wrong).toEqual([]);
  const [good, bad] = rolled;
  expect(good).toMatchObject({ state: 'running', tried: 198, failed: 4 });
  expect(good?.stages.map(({ tried }) => tried).reduce((sum, one) => sum + one, 0)).toBe(198);
  expect(good?.stages[0]).toMatchObject({ tried: 20, failed: 1 });
  expect(bad?.state).toBe('stopped');
  expect(bad?.failed).toBeGreaterThanOrEqual(10);
}, 120_000);
