/** Takes the report of a machine: its last one in whole, its trends by the hour, its counts by the day. */
import { isoDate } from '../../base/calendar.ts';
import type { MachineReport, ReportedCount } from '../../sync/report-contents.ts';
import type { PlatformContext } from '../context.ts';
import { CRASHES } from '../store/fleet-tables.ts';
import type { Db } from '../store/store.ts';
import { readReport } from './read-report.ts';

const HOUR_MS = 3_600_000;

/** Takes one. Nothing of it is owed to anybody: what is lost on the way is in the next one's sums. */
export async function takeReport(
  { store, clock }: Pick<PlatformContext, 'store' | 'clock'>,
  terminalId: Uint8Array,
  report: MachineReport,
): Promise<void> {
  const nowMs = clock.wallMs();
  await store.transaction(async (tx) => {
    const before = await tx
      .selectFrom('fleetReports')
      .select(['content', 'updateCrashes', 'updateMs'])
      .where('terminalId', '=', terminalId)
      .executeTakeFirst();
    const last = before && readReport(before.content);
    // The network held this one up: a later one of the same start is here.
    if (last?.bootId === report.bootId && last.uptimeS > report.uptimeS) return;
    const grown = grownBy(report, last);
    const crashes = grown.reduce(
      (sum, { what, count }) => sum + (CRASHES.some((one) => one === what) ? count : 0),
      0,
    );
    const isSame =
      last?.update?.version === report.update?.version && last?.update?.state === report.update?.state;
    const now = {
      ...{ heardMs: nowMs, content: JSON.stringify(report) },
      ...{ updateVersion: report.update?.version ?? '', updateState: report.update?.state ?? '' },
      updateCrashes: crashes + (isSame && before ? before.updateCrashes : 0),
      // Null stays null: that row's crashes are counted from before it was noted.
      updateMs: isSame && before ? before.updateMs : nowMs,
    };
    await tx
      .insertInto('fleetReports')
      .values({ terminalId, ...now })
      .onConflict((on) => on.column('terminalId').doUpdateSet(now))
      .execute();
    await noteHour(tx, terminalId, report, nowMs);
    await addCounts(tx, { terminalId, day: isoDate(nowMs) }, grown);
    if (last?.software.version !== report.software.version) {
      await tx
        .insertInto('fleetVersions')
        .values({ version: report.software.version, firstMs: nowMs })
        .onConflict((on) => on.column('version').doNothing())
        .execute();
    }
  });
}

async function noteHour(tx: Db, terminalId: Uint8Array, report: MachineReport, nowMs: number): Promise<void> {
  const stood = {
    owed: report.journal.owed,
    oldestS: report.journal.oldestS,
    freeBytes: report.disk?.freeBytes ?? null,
    slipsLeft: report.paper?.slipsLeft ?? null,
    faults: (report.devices ?? []).filter(({ state }) => state === 'fault' || state === 'absent').length,
  };
  await tx
    .insertInto('fleetHours')
    .values({ terminalId, hour: Math.floor(nowMs / HOUR_MS), ...stood })
    .onConflict((on) => on.columns(['terminalId', 'hour']).doUpdateSet(stood))
    .execute();
}

/** What was counted since the last report; all of it where the sums began anew, and nothing twice. */
export function grownBy(
  { counts }: Pick<MachineReport, 'counts'>,
  last: Pick<MachineReport, 'counts'> | undefined,
): readonly ReportedCount[] {
  const isSame = last?.counts.countsId === counts.countsId;
  const before = new Map(isSame ? last.counts.each.map((one) => [keyOf(one), one.count]) : []);
  return counts.each.flatMap((one) => {
    const count = one.count - (before.get(keyOf(one)) ?? 0);
    return count > 0 ? [{ ...one, count }] : [];
  });
}

function keyOf({ what, on, matter }: ReportedCount): string {
  return `${what} ${on ?? ''} ${matter ?? ''}`;
}

async function addCounts(
  tx: Db,
  to: { readonly terminalId: Uint8Array; readonly day: string },
  grown: readonly ReportedCount[],
): Promise<void> {
  for (const { what, on, matter, count } of grown) {
    await tx
      .insertInto('fleetCounts')
      .values({ ...to, what, page: on ?? '', matter: matter ?? '', count })
      .onConflict((conflict) =>
        conflict
          .columns(['terminalId', 'day', 'what', 'page', 'matter'])
          .doUpdateSet((row) => ({ count: row('fleetCounts.count', '+', count) })),
      )
      .execute();
  }
}
