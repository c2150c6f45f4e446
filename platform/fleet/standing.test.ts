/** What is judged anew only when its time has come stands, at every moment, as if everything were judged anew. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import { alertsOf } from './group.ts';
import { findingsOf, isMissed, type Machine, stateOf } from './machines.ts';
import { DEFAULT_RULES, type FleetRules } from './rules.ts';
import { createStanding } from './standing.ts';
import { sampleReport } from './testing/sample-report.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOON = findDateStartMs('2026-06-01')! + 12 * 3_600_000;

const place = (town: number) => ({
  county: { code: '330624', name: '新昌县' },
  town: { code: `33062410${town}`, name: `第${town}镇` },
  village: { code: `33062410${town}201`, name: '村' },
});
const RULES: FleetRules = {
  ...DEFAULT_RULES,
  powerOff: [
    { area: '330624101', from: '22:00', to: '05:30' },
    { area: '330624102', from: '12:00', to: '13:00' },
  ],
};

/** Something happens, after a while: a machine reports, is revoked, crashes, or a version is heard of. */
const happening = fc.record({
  afterMs: fc.oneof(
    fc.integer({ min: 0, max: 4 * MINUTE_MS }),
    fc.integer({ min: 0, max: 9 * 60 * MINUTE_MS }),
  ),
  machine: fc.integer({ min: 0, max: 5 }),
  what: fc.constantFrom('report', 'ill', 'broken', 'old', 'crash', 'revoked', 'version', 'nothing'),
  lastedMs: fc.integer({ min: 0, max: 20 * MINUTE_MS }),
});

it('never differs from judging everything at every look', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const standing = createStanding(RULES);
      const machines = new Map<string, Machine>();
      const crashes = new Map<string, number>();
      let newest = { version: 'yizhan/0.5.0', firstMs: NOON - 30 * DAY_MS };
      let nowMs = NOON;
      for (const { afterMs, machine, what, lastedMs } of happenings) {
        nowMs += afterMs;
        const id = machine.toString(16).padStart(32, '0');
        const known = machines.get(id) ?? {
          ...{ id, place: place((machine % 2) + 1), revokedMs: null, heardMs: null, report: null },
        };
        if (what === 'version')
          newest = { version: `yizhan/0.6.${nowMs}`, firstMs: nowMs - 14 * DAY_MS + lastedMs };
        else if (what === 'crash') crashes.set(id, 3);
        if (what === 'revoked') machines.set(id, { ...known, revokedMs: nowMs });
        const change = bent(what, nowMs, lastedMs);
        if (change) machines.set(id, { ...known, heardMs: nowMs, report: sampleReport(nowMs, change) });
        const now = machines.get(id);
        if (now && what !== 'nothing' && what !== 'version') standing.put(now);

        const facts = { rules: RULES, nowMs, newest, crashes };
        standing.judge(facts);
        const whole = [...machines.values()]
          .sort((a, b) => (`${a.place.village.code} ${a.id}` < `${b.place.village.code} ${b.id}` ? -1 : 1))
          .map((one) => {
            const findings = findingsOf(one, facts);
            const state = stateOf(one, findings, facts);
            return { machine: one, findings, state, missed: isMissed(one, facts) };
          });
        const stood = standing.stood();
        expect(stood.lines).toEqual(whole);
        expect(stood.alerts).toEqual(alertsOf(whole, RULES));
        for (const line of whole) expect(stood.find(line.machine.id)).toEqual(line);
        const summed = stood.towns.flatMap(({ code, counts }) =>
          [...counts].map(([state, count]) => `${code} ${state} ${count}`),
        );
        const counted = Map.groupBy(whole, (line) => `${line.machine.place.town.code} ${line.state}`);
        expect(summed.sort()).toEqual([...counted].map(([key, { length }]) => `${key} ${length}`).sort());
      }
    }),
    { numRuns: 150 },
  );
});

function bent(what: string, nowMs: number, lastedMs: number): Partial<MachineReport> | undefined {
  switch (what) {
    case 'report':
      return {};
    case 'ill':
      return { disk: { freeBytes: 1, totalBytes: 2 } };
    case 'broken':
      return { devices: [{ kind: 'card-reader', state: 'fault', reason: null, sinceMs: nowMs - lastedMs }] };
    case 'old':
      return { software: { version: 'yizhan/0.4.0', hash: null } };
    default:
      return undefined;
  }
}

it('judges nobody anew whose time has not come, and shows the same while nothing changes', () => {
  const standing = createStanding(DEFAULT_RULES);
  const facts = { rules: DEFAULT_RULES, nowMs: NOON, newest: null, crashes: new Map<string, number>() };
  let judged = 0;
  const counted = (id: string): Machine => ({
    ...{ id, place: place(1), heardMs: NOON, report: sampleReport(NOON) },
    get revokedMs() {
      judged += 1;
      return null;
    },
  });
  for (let number = 0; number < 200; number += 1)
    standing.put(counted(number.toString(16).padStart(32, '0')));
  expect(standing.judge(facts)).toBe(true);
  const before = standing.stood();
  judged = 0;
  expect(standing.judge({ ...facts, nowMs: NOON + 24 * MINUTE_MS })).toBe(false);
  expect(judged).toBe(0);
  expect(standing.stood()).toBe(before);
  expect(standing.judge({ ...facts, nowMs: NOON + 45 * MINUTE_MS })).toBe(true);
  expect(standing.stood().lines.every(({ state }) => state === 'silent')).toBe(true);
});
