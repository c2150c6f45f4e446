/** Keeps alerts on record, from when each was seen until it was no more, and forgets what is too old. */
import { isoDate } from '../../base/calendar.ts';
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import type { Db } from '../store/store.ts';
import type { FleetBook } from './book.ts';
import type { Alert } from './group.ts';
import { type FleetRules, isQuietNow } from './rules.ts';
import type { OweAlert } from './tell-alerts.ts';

const LOOK_EVERY_MS = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Two weeks of hours, three months of counts, half a year of alerts. */
const KEEP = { hoursMs: 14 * DAY_MS, countsMs: 92 * DAY_MS, alertsMs: 183 * DAY_MS };

type Context = Pick<PlatformContext, 'store' | 'clock' | 'log'>;

/** Starts keeping them. */
export function watchFleet(
  context: Context,
  { book, rules }: { readonly book: FleetBook; readonly rules: FleetRules },
  owe: OweAlert | null,
): { stop(): Promise<void> } {
  let forgotMs = 0;
  const ending = endAtSecondLook();
  return keepLooking(context, {
    program: 'fleet',
    everyMs: LOOK_EVERY_MS,
    async look() {
      const { alerts, nowMs } = await book.view();
      await noteAlerts(context, alerts, rules, nowMs, owe, ending.mayEnd);
      ending.next();
      if (nowMs - forgotMs < HOUR_MS) return;
      forgotMs = nowMs;
      await forgetOld(context, nowMs);
    },
  });
}

/** Whether an alert that is no more may be ended now, by its number. */
type MayEnd = (alertId: number) => boolean;

/**
 * What is missing is ended at the second look in a row that misses it: another gateway may have noted it from a newer
 * look than the one that is shared here.
 */
function endAtSecondLook(): { readonly mayEnd: MayEnd; next(): void } {
  let [before, now] = [new Set<number>(), new Set<number>()];
  return {
    mayEnd(alertId) {
      now.add(alertId);
      return before.has(alertId);
    },
    next() {
      [before, now] = [now, new Set()];
    },
  };
}

/** Writes what is new, unless it waits, and ends what is no more. */
export async function noteAlerts(
  { store }: Pick<Context, 'store'>,
  alerts: readonly Alert[],
  rules: FleetRules,
  nowMs: number,
  owe: OweAlert | null = null,
  mayEnd: MayEnd = () => true,
): Promise<void> {
  await store.transaction(async (tx) => {
    const open = await tx
      .selectFrom('fleetAlerts')
      .select(['alertId', 'kind', 'subject', 'machines', 'sinceMs'])
      .where('endedMs', 'is', null)
      .orderBy('alertId')
      .execute();
    const keyOf = ({ kind, subject }: Pick<Alert, 'subject'> & { readonly kind: string }) =>
      `${kind} ${subject}`;
    const standing = new Map(alerts.map((alert) => [keyOf(alert), alert]));
    const known = new Set(open.map(keyOf));
    for (const row of open) {
      const alert = standing.get(keyOf(row));
      if (alert?.machines === row.machines) continue;
      if (!alert && !mayEnd(row.alertId)) continue;
      const change = alert ? { machines: alert.machines } : { endedMs: nowMs };
      const changed = await tx
        .updateTable('fleetAlerts')
        .set(change)
        .where('alertId', '=', row.alertId)
        .where('endedMs', 'is', null)
        .executeTakeFirst();
      if (!alert && changed.numUpdatedRows > 0n) await owe?.(tx, { ...row, what: 'ended' });
    }
    const returning = await areasComingBack(tx, rules, nowMs);
    for (const alert of alerts) {
      if (known.has(keyOf(alert)) || isQuietNow(rules, alert.kind, nowMs)) continue;
      if (alert.within?.some((area) => returning.has(area))) continue;
      const { kind, subject, machines, sinceMs } = alert;
      const noted = await tx
        .insertInto('fleetAlerts')
        .values({ kind, subject, machines, sinceMs, endedMs: null, staffId: null, saidMs: null, words: null })
        // Another gateway on this database saw it first.
        .onConflict((on) => on.doNothing())
        .returning('alertId')
        .executeTakeFirst();
      if (noted) await owe?.(tx, { ...noted, what: 'began', kind, subject, machines, sinceMs });
    }
  });
}

/**
 * Places whose silence stands, or ended a moment ago: their machines come back one after another, and whoever is not
 * back yet rings by itself only when the others long are.
 */
async function areasComingBack(
  tx: Db,
  { together }: FleetRules,
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('fleetAlerts')
    .select('subject')
    .where('kind', 'in', ['county-silent', 'town-silent'])
    .where((row) =>
      row.or([
        row('endedMs', 'is', null),
        row.and([row('endedMs', '>', nowMs - together.minutes * MINUTE_MS), row('endedMs', '<=', nowMs)]),
      ]),
    )
    .execute();
  return new Set(rows.map(({ subject }) => subject));
}

async function forgetOld({ store }: Pick<Context, 'store'>, nowMs: number): Promise<void> {
  const { db } = store;
  await db
    .deleteFrom('fleetHours')
    .where('hour', '<', Math.floor((nowMs - KEEP.hoursMs) / HOUR_MS))
    .execute();
  await db
    .deleteFrom('fleetCounts')
    .where('day', '<', isoDate(nowMs - KEEP.countsMs))
    .execute();
  await db
    .deleteFrom('alertMessages')
    .where('doneMs', '<', nowMs - KEEP.alertsMs)
    .execute();
  await db
    .deleteFrom('fleetAlerts')
    .where('endedMs', '<', nowMs - KEEP.alertsMs)
    .execute();
}
