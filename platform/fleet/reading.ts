/** What came of the fleet since it was last looked at, by the database: rows of what changed, whatever stands there. */
import { type Expression, type SqlBool, sql } from 'kysely';
import { toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import type { PlatformContext } from '../context.ts';
import { CRASHES } from '../store/fleet-tables.ts';
import { placeOf } from '../terminals/terminals.ts';
import { type FleetFacts, type KnownReport, type Machine, newestOf } from './machines.ts';
import { readReport } from './read-report.ts';
import type { Standing } from './standing.ts';

/** A gateway whose clock is behind another's misses nothing within this. */
const OVERLAP_MS = 30_000;
/** So often everything is held against what is known: a clock that jumped may have hidden something. */
const WHOLE_EVERY_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** Reports read at once: between them others have their turn. */
const AT_ONCE = 250;

/** Counts that are crashes, in words that find their index. */
const isCrash: Expression<SqlBool> = sql<SqlBool>`what in (${sql.join(CRASHES.map((one) => sql.lit(one)))})`;

/** Puts into `standing` what came since the last time; answers what else machines are judged by. */
export function createReading(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  standing: Standing,
): () => Promise<Pick<FleetFacts, 'newest' | 'crashes' | 'nowMs'>> {
  const { db, many } = store;
  const crashes = new Map<string, number>();
  const slim = createSlimming();
  const running = createRunning();
  let [lastMs, crashDay] = [0, ''];
  let wholeMonoMs = Number.NEGATIVE_INFINITY;

  const terminalsSince = (sinceMs: number) =>
    db
      .selectFrom('terminals')
      .select(['terminalId', 'place', 'revokedMs'])
      .where((row) => row.or([row('enrolledMs', '>=', sinceMs), row('revokedMs', '>=', sinceMs)]))
      .execute();
  const heardSince = (sinceMs: number) =>
    db.selectFrom('fleetReports').select(['terminalId', 'heardMs']).where('heardMs', '>=', sinceMs).execute();
  const readVersions = () => db.selectFrom('fleetVersions').select(['version', 'firstMs']).execute();

  function put(machine: Machine): void {
    running.note(machine);
    standing.put(machine);
  }

  function takeTerminals(rows: Awaited<ReturnType<typeof terminalsSince>>): void {
    for (const row of rows) {
      const id = toHex(row.terminalId);
      const known = standing.find(id);
      if (known?.revokedMs === row.revokedMs) continue;
      const fresh = { id, place: placeOf(row), revokedMs: row.revokedMs };
      put({ heardMs: null, report: null, ...known, ...fresh });
    }
  }

  /** Of machines that are known, those that reported anew. */
  async function readReports(heard: Awaited<ReturnType<typeof heardSince>>): Promise<readonly Uint8Array[]> {
    const fresh = heard.filter((row) => {
      const known = standing.find(toHex(row.terminalId));
      return known !== undefined && known.heardMs !== row.heardMs;
    });
    const ids = fresh.map(({ terminalId }) => terminalId);
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const rows = await db
        .selectFrom('fleetReports')
        .select(['terminalId', 'heardMs', 'content'])
        .where(many.isOneOf('terminalId', ids.slice(from, from + AT_ONCE)))
        .execute();
      for (const row of rows) {
        const known = standing.find(toHex(row.terminalId));
        if (known) put({ ...known, heardMs: row.heardMs, report: slim(readReport(row.content)) });
      }
    }
    return ids;
  }

  /** Counts grow with a report alone: those of whoever reported, and everybody's when the day changes. */
  async function readCrashes(day: string, reported: readonly Uint8Array[]): Promise<void> {
    const isNewDay = day !== crashDay;
    const sums = db
      .selectFrom('fleetCounts')
      .select((row) => ['terminalId' as const, row.fn.sum<number>('count').as('count')])
      .where('day', '>=', day)
      .where(isCrash)
      .groupBy('terminalId');
    const take = (rows: readonly { terminalId: Uint8Array; count: number }[], of: Iterable<string>) => {
      const now = new Map(rows.map(({ terminalId, count }) => [toHex(terminalId), Number(count)]));
      for (const id of of) {
        const count = now.get(id);
        if (crashes.get(id) === count) continue;
        if (count === undefined) crashes.delete(id);
        else crashes.set(id, count);
        const known = standing.find(id);
        if (known) standing.put(known);
      }
    };
    if (isNewDay) {
      const rows = await sums.execute();
      take(rows, new Set([...crashes.keys(), ...rows.map(({ terminalId }) => toHex(terminalId))]));
      crashDay = day;
      return;
    }
    for (let from = 0; from < reported.length; from += AT_ONCE) {
      const ids = reported.slice(from, from + AT_ONCE);
      take(await sums.where(many.isOneOf('terminalId', ids)).execute(), ids.map(toHex));
    }
  }

  return async () => {
    const nowMs = clock.wallMs();
    const isWhole = clock.monoMs() - wholeMonoMs >= WHOLE_EVERY_MS || nowMs < lastMs;
    const sinceMs = isWhole ? 0 : lastMs - OVERLAP_MS;
    const [terminals, heard, versions] = await Promise.all([
      terminalsSince(sinceMs),
      heardSince(sinceMs),
      readVersions(),
    ]);
    takeTerminals(terminals);
    const reported = await readReports(heard);
    await readCrashes(isoDate(nowMs - DAY_MS), reported);
    if (isWhole) wholeMonoMs = clock.monoMs();
    lastMs = nowMs;
    // What nobody runs any more is no measure: a release that was gone back from would ring at every machine.
    return { nowMs, crashes, newest: newestOf(versions.filter(({ version }) => running.has(version))) };
  };
}

/** The versions that machines in service run, as they last said. */
function createRunning() {
  const versions = new Map<string, string>();
  const counts = new Map<string, number>();
  const add = (version: string | undefined, more: 1 | -1) => {
    if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + more);
  };
  return {
    has: (version: string) => (counts.get(version) ?? 0) > 0,
    note({ id, revokedMs, report }: Machine): void {
      const version = revokedMs === null ? report?.software.version : undefined;
      add(versions.get(id), -1);
      add(version, 1);
      if (version === undefined) versions.delete(id);
      else versions.set(id, version);
    },
  };
}

/** Different ones that are kept at the most; a fleet has few. */
const MOST_SHARED = 1_000;

/** What of a report is kept at hand; versions that many machines have are kept once. */
function createSlimming(): (report: MachineReport | undefined) => KnownReport | null {
  const shared = new Map<string, unknown>();
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const known = shared.get(key) as T | undefined;
    if (known !== undefined) return known;
    if (shared.size === MOST_SHARED) shared.clear();
    shared.set(key, value);
    return value;
  };
  return (report) => {
    if (report === undefined) return null;
    const { counts: _, bootId: __, ...known } = report;
    return { ...known, software: once(known.software), catalog: once(known.catalog) };
  };
}
