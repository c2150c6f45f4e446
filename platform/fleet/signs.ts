/**
 * That something was done about machines which no report tells of: an alert noted or answered, a roll-out, a pin, an
 * order. Pages that are open hear of it, whoever did it, through whichever gateway.
 */
import type { Cancel } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';

/** Looks for as long as anybody listens. */
export interface FleetSigns {
  /** Calls back when a look found another state than the one before. */
  onChange(listener: () => void): () => void;
}

const LOOK_EVERY_MS = 2_000;

/** Nothing is looked at until somebody listens. */
export function createFleetSigns({
  store,
  clock,
  log,
}: Pick<PlatformContext, 'store' | 'clock' | 'log'>): FleetSigns {
  const listeners = new Set<() => void>();
  let last: string | undefined;
  let cancel: Cancel = () => {};

  /** The newest of everything: a handful of numbers, each read from an index. */
  async function read(): Promise<string> {
    const { db } = store;
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

  async function look(): Promise<void> {
    const now = await read();
    const isNew = last !== undefined && last !== now;
    last = now;
    if (isNew) for (const listener of [...listeners]) listener();
  }

  function lookAgain(waitMs: number): void {
    cancel = clock.after(waitMs, () => {
      look()
        .catch((error: unknown) => log('program.fault', { program: 'fleet', ...faultFields(error) }))
        .finally(() => {
          if (listeners.size > 0) lookAgain(LOOK_EVERY_MS);
        });
    });
  }

  return {
    onChange(listener) {
      if (listeners.size === 0) {
        last = undefined;
        lookAgain(0);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) cancel();
      };
    },
  };
}
