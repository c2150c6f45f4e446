/**
 * All machines in memory, as the database has them: pages and the watch ask it, so that a console that is kept open
 * costs a read of what changed. Several gateways on one database each have their own.
 */
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
import { placeOf } from '../terminals/terminals.ts';
import { type Alert, alertsOf } from './group.ts';
import {
  type Finding,
  type FleetFacts,
  findingsOf,
  type Machine,
  type MachineState,
  stateOf,
} from './machines.ts';
import { readReport } from './read-report.ts';
import type { FleetRules } from './rules.ts';

/** A machine, judged. */
export interface FleetLine {
  readonly machine: Machine;
  readonly state: MachineState;
  readonly findings: readonly Finding[];
}

/** The fleet at one moment. */
export interface FleetView {
  readonly nowMs: number;
  /** By town, village and id. */
  readonly lines: readonly FleetLine[];
  readonly alerts: readonly Alert[];
}

/** The book. */
export interface FleetBook {
  /** What is known now, no older than a second. */
  view(): Promise<FleetView>;
  /** Calls back when a look found something changed; looks go on for as long as anybody listens. */
  onChange(listener: () => void): () => void;
}

/** A look costs a read; pages within this long share one. */
const FRESH_MS = 1_000;
/** How often is looked while somebody listens. */
const LOOK_EVERY_MS = 2_000;
/** A gateway whose clock is behind another's misses nothing within this. */
const OVERLAP_MS = 30_000;
const DAY_MS = 86_400_000;
/** What passes with time alone is shown this late at the most. */
const TIME_PASSES_MS = 60_000;

/** What a count must be of to be a crash. */
const CRASHES = ['unclean-end', 'devices-lost', 'device-hung'] as const;

/** An empty book; the first look fills it. */
export function createFleetBook(
  { store, clock, log }: Pick<PlatformContext, 'store' | 'clock' | 'log'>,
  rules: FleetRules,
): FleetBook {
  const machines = new Map<string, Machine>();
  const listeners = new Set<() => void>();
  let sorted: readonly Machine[] = [];
  let newestMs = 0;
  let last: { readonly atMonoMs: number; readonly looked: Promise<FleetView> } | undefined;
  let changed = false;
  let toldMonoMs = 0;
  let cancel = () => {};

  /** Takes what came since the last look. */
  async function read(): Promise<void> {
    const { db } = store;
    const terminals = await db.selectFrom('terminals').select(['terminalId', 'place', 'revokedMs']).execute();
    let isNew = false;
    for (const row of terminals) {
      const id = toHex(row.terminalId);
      const known = machines.get(id);
      if (known?.revokedMs === row.revokedMs) continue;
      isNew = true;
      const fresh = { id, place: placeOf(row), revokedMs: row.revokedMs };
      machines.set(id, { heardMs: null, report: null, ...known, ...fresh });
    }
    const reports = await db
      .selectFrom('fleetReports')
      .selectAll()
      .where('heardMs', '>=', newestMs - OVERLAP_MS)
      .execute();
    for (const { terminalId, heardMs, content } of reports) {
      const id = toHex(terminalId);
      const known = machines.get(id);
      if (!known || known.heardMs === heardMs) continue;
      machines.set(id, { ...known, heardMs, report: readReport(content) ?? null });
      newestMs = Math.max(newestMs, heardMs);
      isNew = true;
    }
    if (!isNew) return;
    changed = true;
    sorted = [...machines.values()].sort(byPlace);
  }

  async function facts(): Promise<FleetFacts> {
    const { db } = store;
    const nowMs = clock.wallMs();
    const versions = await db.selectFrom('fleetVersions').selectAll().execute();
    const crashes = await db
      .selectFrom('fleetCounts')
      .select((row) => ['terminalId' as const, row.fn.sum<number>('count').as('count')])
      .where('day', '>=', isoDate(nowMs - DAY_MS))
      .where('what', 'in', CRASHES)
      .groupBy('terminalId')
      .execute();
    return {
      ...{ rules, nowMs },
      versions: new Map(versions.map(({ version, firstMs }) => [version, firstMs])),
      crashes: new Map(crashes.map(({ terminalId, count }) => [toHex(terminalId), Number(count)])),
    };
  }

  async function look(): Promise<FleetView> {
    await read();
    const known = await facts();
    const lines = sorted.map((machine) => {
      const findings = findingsOf(machine, known);
      return { machine, findings, state: stateOf(machine, findings, known) };
    });
    return { nowMs: known.nowMs, lines, alerts: alertsOf(lines, rules) };
  }

  function view(): Promise<FleetView> {
    const atMonoMs = clock.monoMs();
    if (last && atMonoMs - last.atMonoMs < FRESH_MS) return last.looked;
    const looked = look();
    last = { atMonoMs, looked };
    // One that failed is not shown again.
    looked.catch(() => {
      last = undefined;
    });
    return looked;
  }

  function lookAgain(): void {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      view()
        .then(tell, (error: unknown) => log('program.fault', { program: 'fleet', ...faultFields(error) }))
        .finally(() => {
          if (listeners.size > 0) lookAgain();
        });
    });
  }

  function tell(): void {
    const nowMonoMs = clock.monoMs();
    if (!changed && nowMonoMs - toldMonoMs < TIME_PASSES_MS) return;
    changed = false;
    toldMonoMs = nowMonoMs;
    for (const listener of [...listeners]) listener();
  }

  return {
    view,
    onChange(listener) {
      if (listeners.size === 0) lookAgain();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) cancel();
      };
    },
  };
}

function byPlace(a: Machine, b: Machine): number {
  const [one, other] = [a, b].map(({ place, id }) => `${place.village.code} ${id}`);
  return one! < other! ? -1 : 1;
}
