import { publishNotice } from '../../platform/feed/notices.ts';
import { orderMachines } from '../../platform/feed/orders.ts';
import { awaitKilled } from './death.ts';
import type { Step } from './history.ts';
import { PLACE } from './people.ts';
import type { PlatformRun } from './platform.ts';

/** What may be ordered. */
export type Ordered = Extract<Step, { do: 'order' }>['what'];

const STAFF_ID = 1;
const HOUR_MS = 3_600_000;
const WORDS = { zh: '样例', en: 'sample' };

/** The county says something to every machine, in a transaction that may be killed anywhere. */
export async function orderAll(run: PlatformRun, what: Ordered): Promise<void> {
  const context = run.context();
  const areaCode = PLACE.county.code;
  await awaitKilled(
    (async () => {
      await putStaffMember(context);
      if (what === 'notice') {
        const nowMs = context.clock.wallMs();
        const words = { title: WORDS, body: WORDS, issuer: WORDS, phone: null, danger: true };
        const content = { ...words, fromMs: nowMs, untilMs: nowMs + 1_000 * HOUR_MS };
        await publishNotice(context, { areaCode, deskCode: areaCode, staffId: STAFF_ID, content });
        return;
      }
      const matterId = 'old-age-allowance';
      const order =
        what === 'matter-out'
          ? ({ order: what, matterId, reason: WORDS } as const)
          : what === 'matter-in'
            ? ({ order: what, matterId } as const)
            : ({ order: what } as const);
      await orderMachines(context, { areaCode }, order, STAFF_ID);
    })(),
  );
}

/** Somebody who gives orders; a restore may have lost them. */
async function putStaffMember({ store }: ReturnType<PlatformRun['context']>): Promise<void> {
  const who = { staffId: STAFF_ID, signIn: 'county', name: '样例', deskCode: PLACE.county.code };
  await store.db
    .insertInto('staff')
    .values({ ...who, password: '', disabled: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
