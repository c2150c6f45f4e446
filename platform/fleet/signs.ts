/**
 * That something was done about machines which no report tells of: an alert noted or answered, a roll-out, a pin, an
 * order. Pages that are open hear of it, whoever did it, through whichever gateway.
 */
import type { PlatformContext } from '../context.ts';
import { lookWhileHeard } from './look-while-heard.ts';

/** Looks for as long as anybody listens. */
export interface FleetSigns {
  /** Calls back when a look found another state than the one before. */
  onChange(listener: () => void): () => void;
}

const LOOK_EVERY_MS = 2_000;

/** Nothing is looked at until somebody listens. */
export function createFleetSigns(context: Pick<PlatformContext, 'store' | 'clock' | 'log'>): FleetSigns {
  let last: string | undefined;

  /** The newest of everything: a handful of numbers, each read from an index. */
  async function read(): Promise<string> {
    const { db } = context.store;
    const open = await db
      .selectFrom('fleetAlerts')
      .select((row) => [
        row.fn.max('alertId').as('newest'),
        row.fn.countAll<number>().as('open'),
        row.fn.max('saidMs').as('saidMs'),
        row.fn.sum<number>('machines').as('machines'),
      ])
      .where('endedMs', 'is', null)
      .executeTakeFirstOrThrow();
    const act = await db
      .selectFrom('rolloutActs')
      .select((row) => row.fn.max('actNo').as('newest'))
      .executeTakeFirstOrThrow();
    const pin = await db
      .selectFrom('softwarePins')
      .select((row) => row.fn.max('pinNo').as('newest'))
      .executeTakeFirstOrThrow();
    const order = await db
      .selectFrom('machineOrders')
      .select((row) => row.fn.max('orderNo').as('newest'))
      .executeTakeFirstOrThrow();
    return [...Object.values(open), act.newest, pin.newest, order.newest].join(' ');
  }

  return {
    onChange: lookWhileHeard(context, {
      ...{ firstMs: 0, everyMs: LOOK_EVERY_MS },
      async look() {
        const now = await read();
        const isNew = last !== undefined && last !== now;
        last = now;
        return isNew;
      },
    }),
  };
}
