/** When machines ring: thresholds, nights without power, quiet hours, and a power cut that is one alert. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import type { Place } from '../../sync/contents.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import { alertsOf } from './group.ts';
import { type FleetFacts, findingsOf, isMissed, isOlder, type Machine, stateOf } from './machines.ts';
import { DEFAULT_RULES, type FleetRules, isQuietNow, parseRules } from './rules.ts';
import { sampleReport } from './testing/sample-report.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Noon in China. */
const NOON = findDateStartMs('2026-06-01')! + 12 * HOUR_MS;

function placeIn(town: number, village = 1): Place {
  const townCode = `33062410${town}`;
  return {
    county: { code: '330624', name: '新昌县' },
    town: { code: townCode, name: `第${town}镇` },
    village: { code: `${townCode}20${village}`, name: `第${village}村` },
  };
}

let made = 0;
function machine(heardMs: number, change: Partial<MachineReport> = {}, place = placeIn(1)): Machine {
  made += 1;
  const id = made.toString(16).padStart(32, '0');
  return { id, place, revokedMs: null, heardMs, report: sampleReport(heardMs, change) };
}

const facts = (nowMs: number, rules: Partial<FleetRules> = {}): FleetFacts => ({
  rules: { ...DEFAULT_RULES, ...rules },
  ...{ nowMs, newest: null, crashes: new Map() },
});

function judge(machines: readonly Machine[], known: FleetFacts) {
  const judged = machines.map((one) => ({
    ...{ machine: one, findings: findingsOf(one, known), missed: isMissed(one, known) },
  }));
  return alertsOf(judged, known.rules).map(({ kind, subject, machines: count }) => ({
    kind,
    subject,
    count,
  }));
}

const kindsOf = (one: Machine, known: FleetFacts) => findingsOf(one, known).map(({ kind }) => kind);

describe('one machine', () => {
  it('is well until a threshold is met, and then rings for just that', () => {
    const well = machine(NOON);
    expect(findingsOf(well, facts(NOON))).toEqual([]);
    expect(stateOf(well, [], facts(NOON))).toBe('ok');
    const wrong: readonly (readonly [Partial<MachineReport>, string])[] = [
      [{ journal: { owed: 1, oldestS: 24 * 3_600 } }, 'owed'],
      [{ disk: { freeBytes: 2 ** 30 - 1, totalBytes: 2 ** 36 } }, 'disk'],
      [{ paper: { level: 'enough', slipsLeft: 24 } }, 'paper'],
      [{ paper: { level: 'out', slipsLeft: null } }, 'paper'],
      [{ clockTrusted: false, uptimeS: 3_600 }, 'clock'],
    ];
    for (const [change, kind] of wrong) expect(kindsOf(machine(NOON, change), facts(NOON))).toEqual([kind]);
    const right: readonly Partial<MachineReport>[] = [
      { journal: { owed: 9, oldestS: 24 * 3_600 - 1 } },
      { disk: { freeBytes: 2 ** 30, totalBytes: 2 ** 36 } },
      { paper: { level: 'enough', slipsLeft: 25 } },
      { clockTrusted: false, uptimeS: 3_599 },
      { disk: null, paper: null, devices: null },
    ];
    for (const change of right) expect(kindsOf(machine(NOON, change), facts(NOON))).toEqual([]);
  });

  it('rings for a device once its fault lasted, by the span the machine says and not by its clock', () => {
    const devices = (minutes: number, atMs: number): MachineReport['devices'] => [
      { kind: 'card-reader', state: 'fault', reason: 'not-answering', sinceMs: atMs - minutes * MINUTE_MS },
    ];
    const off = NOON - 90 * DAY_MS;
    const broken = machine(NOON, { atMs: off, devices: devices(11, off) });
    expect(findingsOf(broken, facts(NOON))).toMatchObject([
      { kind: 'device', sinceMs: NOON - 11 * MINUTE_MS, device: { kind: 'card-reader' } },
    ]);
    expect(stateOf(broken, findingsOf(broken, facts(NOON)), facts(NOON))).toBe('trouble');
    const fresh = machine(NOON, { devices: devices(3, NOON) });
    expect(kindsOf(fresh, facts(NOON))).toEqual([]);
    expect(kindsOf(fresh, facts(NOON + 8 * MINUTE_MS))).toEqual(['device']);
  });

  it('rings for crashes and for a version long overtaken', () => {
    const one = machine(NOON, { software: { version: 'yizhan/0.9.0', hash: null } });
    const known = facts(NOON);
    expect(kindsOf(one, { ...known, crashes: new Map([[one.id, 3]]) })).toEqual(['crashes']);
    expect(kindsOf(one, { ...known, crashes: new Map([[one.id, 2]]) })).toEqual([]);
    const newest = (days: number) => ({ version: 'yizhan/0.10.0', firstMs: NOON - days * DAY_MS });
    expect(kindsOf(one, { ...known, newest: newest(14) })).toEqual(['software']);
    expect(kindsOf(one, { ...known, newest: newest(13) })).toEqual([]);
    expect(isOlder('yizhan/0.10.0', 'yizhan/0.9.0')).toBe(false);
    expect(isOlder('yizhan/1.0.0-rc1', 'yizhan/1.0.0')).toBe(true);
    expect(isOlder('yizhan/1.0.0', 'yizhan/1.0.0')).toBe(false);
  });

  it('is silent after 45 minutes; then nothing else is said of it', () => {
    const one = machine(NOON, { disk: { freeBytes: 0, totalBytes: 1 } });
    expect(kindsOf(one, facts(NOON + 44 * MINUTE_MS))).toEqual(['disk']);
    expect(kindsOf(one, facts(NOON + 45 * MINUTE_MS))).toEqual(['silent']);
    expect(kindsOf({ ...one, revokedMs: 1 }, facts(NOON + DAY_MS))).toEqual([]);
  });

  it('is not missed while its power is known to be off, nor by whoever is not of that place', () => {
    const powerOff = [{ area: placeIn(1).village.code, from: '22:00', to: '06:00' }];
    const atNight = NOON + 10 * HOUR_MS;
    const one = machine(atNight - 10 * MINUTE_MS);
    for (const hours of [1, 4, 8, 8.4])
      expect(kindsOf(one, facts(atNight + hours * HOUR_MS, { powerOff })), `${hours}`).toEqual([]);
    const known = facts(atNight + 4 * HOUR_MS, { powerOff });
    expect(stateOf(one, findingsOf(one, known), known)).toBe('night');
    // The morning came, and it did not.
    expect(kindsOf(one, facts(atNight + 8.6 * HOUR_MS, { powerOff }))).toEqual(['silent']);
    // It had fallen silent in the afternoon.
    const before = machine(atNight - 3 * HOUR_MS);
    expect(kindsOf(before, facts(atNight + HOUR_MS, { powerOff }))).toEqual(['silent']);
    const elsewhere = machine(atNight, {}, placeIn(1, 2));
    expect(kindsOf(elsewhere, facts(atNight + 4 * HOUR_MS, { powerOff }))).toEqual(['silent']);
  });
});

describe('together', () => {
  const silentAt = (minutes: number, place: Place) => machine(NOON - minutes * MINUTE_MS, {}, place);

  it('a power cut in one town is one alert; who fell silent long before is one of their own', () => {
    const cut = [0, 5, 12, 14].map((minutes) => silentAt(60 + minutes, placeIn(1)));
    const longAgo = silentAt(600, placeIn(1));
    const well = [machine(NOON, {}, placeIn(1)), machine(NOON, {}, placeIn(2))];
    expect(judge([...cut, longAgo, ...well], facts(NOON))).toEqual([
      { kind: 'town-silent', subject: placeIn(1).town.code, count: 4 },
      { kind: 'silent', subject: longAgo.id, count: 1 },
    ]);
  });

  it('few machines, or a small share of those that stand there, are each their own', () => {
    const two = [silentAt(60, placeIn(1)), silentAt(61, placeIn(1))];
    expect(judge(two, facts(NOON)).map(({ kind }) => kind)).toEqual(['silent', 'silent']);
    const many = Array.from({ length: 7 }, () => machine(NOON, {}, placeIn(1)));
    const three = [...two, silentAt(62, placeIn(1))];
    expect(judge([...three, ...many], facts(NOON)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 3 }, () => 'silent'),
    );
  });

  it('several towns at once are the county: its line, or the platform itself', () => {
    const all = [1, 2, 3].flatMap((town) => [60, 62].map((minutes) => silentAt(minutes, placeIn(town))));
    expect(judge(all, facts(NOON))).toEqual([{ kind: 'county-silent', subject: '330624', count: 6 }]);
  });

  it('rings as one from the first that is silent: the others are missed by then', () => {
    const cut = [45, 41, 33, 30].map((minutes) => silentAt(minutes, placeIn(1)));
    expect(judge(cut, facts(NOON))).toEqual([
      { kind: 'town-silent', subject: placeIn(1).town.code, count: 4 },
    ]);
    expect(judge(cut, facts(NOON - MINUTE_MS))).toEqual([]);
    const heardSince = [45, 20, 12, 3].map((minutes) => silentAt(minutes, placeIn(1)));
    expect(judge(heardSince, facts(NOON)).map(({ kind }) => kind)).toEqual(['silent']);
  });

  it('every silent machine is in exactly one alert, whatever fell silent when and where', () => {
    const one = fc.record({
      minutes: fc.integer({ min: 0, max: 200 }),
      town: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (each) => {
        const machines = each.map(({ minutes, town }) => silentAt(minutes, placeIn(town)));
        const known = facts(NOON);
        const silent = machines.filter((a) => findingsOf(a, known).length > 0);
        const missed = machines.filter((a) => isMissed(a, known)).length;
        const alerts = judge(machines, known);
        const alone = alerts.filter(({ kind }) => kind === 'silent');
        expect(alone.every(({ subject }) => silent.some(({ id }) => id === subject))).toBe(true);
        expect(new Set(alone.map(({ subject }) => subject)).size).toBe(alone.length);
        const together = alerts.reduce((sum, { count }) => sum + count, 0);
        expect(together).toBeGreaterThanOrEqual(silent.length);
        expect(together).toBeLessThanOrEqual(missed);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the rules', () => {
  it('let what is not urgent wait for the morning', () => {
    const at = (hours: number) => findDateStartMs('2026-06-01')! + hours * HOUR_MS;
    for (const [hours, quiet] of [
      [20.9, false],
      [21, true],
      [23.9, true],
      [6.9, true],
      [7, false],
      [12, false],
    ] as const)
      expect(isQuietNow(DEFAULT_RULES, 'paper', at(hours)), `${hours}`).toBe(quiet);
    expect(isQuietNow(DEFAULT_RULES, 'disk', at(23))).toBe(false);
    expect(isQuietNow({ ...DEFAULT_RULES, quiet: null }, 'paper', at(23))).toBe(false);
  });

  it('are a county’s own where it says so; what is wrong is named, never taken', () => {
    expect(parseRules('silentMinutes: 90')).toEqual({
      ok: true,
      value: { ...DEFAULT_RULES, silentMinutes: 90 },
    });
    expect(parseRules('')).toEqual({ ok: true, value: DEFAULT_RULES });
    for (const wrong of [
      'silentMinutes: 0',
      'silent: 5',
      "powerOff: [{ area: x, from: '22:00', to: '06:00' }]",
    ])
      expect(parseRules(wrong).ok, wrong).toBe(false);
  });
});
