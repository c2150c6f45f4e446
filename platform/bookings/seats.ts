/** Places at a time, one row each: never more than there are, whoever asks at once. */
import type { Db } from '../store/store.ts';
import type { Calendar } from './calendar.ts';

/** A time of a service. */
export interface Slot {
  readonly service: string;
  /** ISO date. */
  readonly day: string;
  /** `09:30`. */
  readonly from: string;
}

/**
 * Takes the first free place of a time for a case; false when there is none, or no such time. The index over standing
 * places lets nobody have one twice, also where two gateways ask at once.
 */
export async function takeSeat(
  tx: Db,
  calendar: Calendar,
  asked: { readonly slot: Slot; readonly caseId: Uint8Array; readonly nowMs: number },
): Promise<boolean> {
  const { slot, caseId, nowMs } = asked;
  const { service, day, from } = slot;
  const capacity = calendar.timesOf(service, day).find((time) => time.from === from)?.capacity ?? 0;
  const standing = await tx
    .selectFrom('bookings')
    .select('seat')
    .where('service', '=', service)
    .where('day', '=', day)
    .where('fromTime', '=', from)
    .where('freedMs', 'is', null)
    .execute();
  const taken = new Set(standing.map(({ seat }) => seat));
  for (let seat = 1; seat <= capacity; seat += 1) {
    if (taken.has(seat)) continue;
    const made = await tx
      .insertInto('bookings')
      .values({ caseId, service, day, fromTime: from, seat, madeMs: nowMs, freedMs: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (Number(made.numInsertedOrUpdatedRows) > 0) return true;
  }
  return false;
}

/** Gives the place of a case back, if it has one. */
export async function freeSeat(tx: Db, caseId: Uint8Array, nowMs: number): Promise<void> {
  await tx
    .updateTable('bookings')
    .set({ freedMs: nowMs })
    .where('caseId', '=', caseId)
    .where('freedMs', 'is', null)
    .execute();
}

/** How many places of a service are taken, by `day/from`. */
export async function countTaken(
  db: Db,
  service: string,
  fromDay: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('bookings')
    .select(['day', 'fromTime'])
    .select((count) => count.fn.countAll().as('taken'))
    .where('service', '=', service)
    .where('day', '>=', fromDay)
    .where('freedMs', 'is', null)
    .groupBy(['day', 'fromTime'])
    .execute();
  return new Map(rows.map(({ day, fromTime, taken }) => [`${day}/${fromTime}`, Number(taken)]));
}
