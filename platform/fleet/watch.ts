/** Keeps alerts on record, from when each was seen until it was no more, and forgets what is too old. */
import { isoDate } from '../../base/calendar.ts';
import type { PlatformContext } from '../context.ts';
import { keepLooking } from '../keep-looking.ts';
import type { FleetBook } from './book.ts';
import type { Alert } from './group.ts';
import { type FleetRules, isQuietNow } from './rules.ts';
import type { OweAlert } from './tell-alerts.ts';

const LOOK_EVERY_MS = 10_000;
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
  return keepLooking(context, {
    program: 'fleet',
    everyMs: LOOK_EVERY_MS,
    async look() {
      const { alerts, nowMs } = await book.view();
      await noteAlerts(context, alerts, rules, nowMs, owe);
      if (nowMs - forgotMs < HOUR_MS) return;
      forgotMs = nowMs;
      await forgetOld(context, nowMs);
    },
  });
}

/** Writes what is new, unless it waits for the morning, and ends what is no more. */
export async function noteAlerts(
  { store }: Pick<Context, 'store'>,
  alerts: readonly Alert[],
  rules: FleetRules,
  nowMs: number,
  owe: OweAlert | null = null,
): Promise<void> {
  await store.transaction(async (tx) => {
    const open = await tx
      .selectFrom('fleetAlerts')
      .select(['alertId', 'kind', 'subject', 'machines', 'sinceMs'])
      .where('endedMs', 'is', null)
      .execute();
    const keyOf = ({ kind, subject }: Pick<Alert, 'subject'> & { readonly kind: string }) =>
      `${kind} ${subject}`;
    const standing = new Map(alerts.map((alert) => [keyOf(alert), alert]));
    const known = new Set(open.map(keyOf));
    for (const row of open) {
      const alert = standing.get(keyOf(row));
      if (alert?.machines === row.machines) continue;
      const change = alert ? { machines: alert.machines } : { endedMs: nowMs };
      const changed = await tx
        .updateTable('fleetAlerts')
        .set(change)
        .where('alertId', '=', row.alertId)
        .where('endedMs', 'is', null)
        .executeTakeFirst();
      if (!alert && changed.numUpdatedRows > 0n) await owe?.(tx, { ...row, what: 'ended' });
    }
    for (const alert of alerts) {
      if (known.has(keyOf(alert)) || isQuietNow(rules, alert.kind, nowMs)) continue;
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
