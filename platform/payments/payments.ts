/**
 * Carries payments on for as long as the platform runs, a few at a time: looks what came in, tells billers, gives back.
 * Any number of programs may do so on one database: each step is the same whoever takes it.
 */
import { sleep } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
import type { PaymentRow } from '../store/tables.ts';
import type { Money } from './payment-provider.ts';
import { giveBack, look, openPayment, type Tills, takeStep } from './steps.ts';

/** The payments of a platform. */
export interface Payments {
  /** The payment of a case, with a code to pay by where one can be had now; nothing where there is none. */
  open(caseId: Uint8Array): Promise<PaymentRow | undefined>;
  /**
   * Looks what money the provider has for a case, also of a payment that has ended: what came too late goes back. `unknown`
   * where the case has no payment, `unavailable` where the provider did not answer.
   */
  lookAt(caseId: Uint8Array): Promise<readonly Money[] | 'unknown' | 'unavailable'>;
  /** Takes every step that is due once. */
  turn(): Promise<void>;
}

/** Carried on by itself. */
export interface RunningPayments extends Payments {
  /** Ends after the steps under way. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1_500;
/** Steps of one turn. */
const AT_ONCE = 100;
/** Steps that wait for an answer at a time. */
const LANES = 8;

/** Payments that go on where somebody says so. */
export function createPayments(context: PlatformContext, tills: Tills): Payments {
  const { store, clock } = context;

  function find(caseId: Uint8Array): Promise<PaymentRow | undefined> {
    return store.db.selectFrom('payments').selectAll().where('caseId', '=', caseId).executeTakeFirst();
  }

  /** Those that may have a step to take; one whose money is on its way back waits for that alone. */
  function owed() {
    return store.db
      .selectFrom('payments')
      .selectAll()
      .where('endedMs', 'is', null)
      .where('postedMs', 'is', null)
      .where('notBeforeMs', '<=', clock.wallMs())
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('refunds')
              .select('refunds.caseId')
              .whereRef('refunds.providerNumber', '=', 'payments.providerNumber'),
          ),
        ),
      )
      .orderBy('madeMs', 'desc')
      .limit(AT_ONCE)
      .execute();
  }

  function owedBack() {
    return store.db
      .selectFrom('refunds')
      .select(['caseId', 'providerNumber', 'amountFen', 'tries'])
      .where('doneMs', 'is', null)
      .where('notBeforeMs', '<=', clock.wallMs())
      .orderBy('madeMs')
      .limit(AT_ONCE)
      .execute();
  }

  return {
    async open(caseId) {
      const row = await find(caseId);
      if (row === undefined || row.endedMs !== null || row.code !== null || row.paidMs !== null) return row;
      await openPayment(context, tills, row);
      return find(caseId);
    },
    async lookAt(caseId) {
      const row = await find(caseId);
      if (!row) return 'unknown';
      return (await look(context, tills, row)) ?? 'unavailable';
    },
    async turn() {
      await inLanes(await owed(), (row) => takeStep(context, tills, row));
      await inLanes(await owedBack(), (one) => giveBack(context, tills, one));
    },
  };
}

/** Does them a few at a time: one that a provider or biller does not answer holds up no other. */
async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Starts them; after the provider was looked at for one, the next turn comes at once. */
export function startPayments(context: PlatformContext, tills: Tills): RunningPayments {
  const { clock, log } = context;
  const payments = createPayments(context, tills);
  const stopping = new AbortController();
  let wake = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        await payments.turn();
      } catch (error) {
        log('program.fault', { program: 'payments', ...faultFields(error) });
      }
      await sleep(clock, LOOK_EVERY_MS, AbortSignal.any([stopping.signal, wake.signal]));
    }
  }

  const running = run();
  return {
    ...payments,
    async lookAt(caseId) {
      const seen = await payments.lookAt(caseId);
      wake.abort();
      return seen;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
