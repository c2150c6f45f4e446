/** A power cut in one town is one alert from its first moment to its last, as machines really fall silent and come back. */
import { expect, it } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import { openStore } from '../store/store.ts';
import { DEFAULT_RULES } from './rules.ts';
import { createStanding } from './standing.ts';
import { sampleReport } from './testing/sample-report.ts';
import { noteAlerts } from './watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOON = findDateStartMs('2026-06-01')! + 12 * HOUR_MS;
const REPORT_MS = 15 * MINUTE_MS;

/** What is on record after a day of so many machines in each of so many towns, those of the first ones cut off for two hours. */
async function dayWith({ towns, cut, back }: { towns: number; cut: number; back: number }) {
  const opened = await openStore({ kind: 'sqlite', path: ':memory:' });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const standing = createStanding(DEFAULT_RULES);
  const machines = Array.from({ length: towns * 20 }, (_, number) => ({
    id: number.toString(16).padStart(32, '0'),
    town: number % towns,
    nextMs: NOON + ((number * 7_919) % REPORT_MS),
  }));
  const [cutMs, backMs] = [NOON + HOUR_MS, NOON + 3 * HOUR_MS];
  for (let nowMs = NOON; nowMs < NOON + 6 * HOUR_MS; nowMs += MINUTE_MS / 2) {
    for (const machine of machines) {
      const isOff = machine.town < cut && nowMs >= cutMs && nowMs < backMs;
      // After its power each starts at its own pace; the last of them stay away.
      const number = machines.indexOf(machine);
      if (isOff) machine.nextMs = backMs + MINUTE_MS * (1 + (number % 9));
      if (machine.town < cut && nowMs >= backMs && number >= back * towns) continue;
      if (nowMs < machine.nextMs) continue;
      machine.nextMs = nowMs + REPORT_MS * (0.9 + 0.2 * ((number % 5) / 4));
      const [town, village] = [`33062410${machine.town}`, `33062410${machine.town}201`];
      const place = {
        county: { code: '330624', name: '新昌县' },
        town: { code: town, name: `第${machine.town}镇` },
        village: { code: village, name: '村' },
      };
      const report = sampleReport(nowMs);
      standing.put({ id: machine.id, place, revokedMs: null, heardMs: nowMs, report });
    }
    standing.judge({ rules: DEFAULT_RULES, nowMs, newest: null, crashes: new Map() });
    await noteAlerts({ store }, standing.stood().alerts, DEFAULT_RULES, nowMs);
  }
  const rows = await store.db.selectFrom('fleetAlerts').selectAll().orderBy('alertId').execute();
  await store.close();
  return rows.map(({ kind, subject, machines: count, endedMs }) => ({
    ...{ kind, subject, count, isOver: endedMs !== null },
  }));
}

it('one town: one alert, from the first machine that is missed until they are back', async () => {
  expect(await dayWith({ towns: 4, cut: 1, back: 20 })).toEqual([
    { kind: 'town-silent', subject: '330624100', count: expect.any(Number), isOver: true },
  ]);
}, 60_000);

it('many towns, or the platform’s own line: one alert of the county', async () => {
  expect(await dayWith({ towns: 4, cut: 4, back: 20 })).toEqual([
    { kind: 'county-silent', subject: '330624', count: expect.any(Number), isOver: true },
  ]);
}, 60_000);

it('whoever stays away when the others are back rings by itself', async () => {
  expect(await dayWith({ towns: 4, cut: 1, back: 19 })).toEqual([
    { kind: 'town-silent', subject: '330624100', count: expect.any(Number), isOver: true },
    { kind: 'silent', subject: expect.stringMatching(/4c$/), count: 1, isOver: false },
  ]);
}, 60_000);
