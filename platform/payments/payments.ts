/**
 * Carries payments on for as long as the platform runs, a few at a time: looks what came in, tells billers, gives back.
 * Any number of programs may do so on one database: each step is the same whoever takes it.
 */
import { findHex } from '../../base/bytes.ts';
import { sleep } from '../../base/clock.ts';
import { faultFields } from '../../base/log.ts';
import type { PlatformContext } from '../context.ts';
import type { PaymentRow } from '../store/tables.ts';
import { giveBack, look, openPayment, type Tills, takeStep } from './steps.ts';

/** The payments of a platform. */
export interface Payments {
  /** The payment of a case, with a code to pay by where one can be had now; nothing where there is none. */
  open(caseId: Uint8Array): Promise<PaymentRow | undefined>;
  /** Looks what the provider has for a case, also of a payment that has ended: money that came too late goes back. */
  lookAt(caseId: Uint8Array): Promise<void>;
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
      .select(['caseId', 'providerNumber', 'amountFen'])
      .where('doneMs', 'is', null)
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
      if (row) await look(context, tills, row);
    },
    async turn() {
      for (const row of await owed()) await takeStep(context, tills, row);
      for (const one of await owedBack()) await giveBack(context, tills, one);
    },
  };
}

/** Starts them; what the provider has news of is looked at soon. */
export function startPayments(context: PlatformContext, tills: Tills): RunningPayments {
  const { clock, log } = context;
  const payments = createPayments(context, tills);
  const stopping = new AbortController();
  const named = new Set<string>();
  let wake: AbortController | undefined;

  const stopHearing = tills.provider.onNews((reference) => {
    named.add(reference);
    wake?.abort();
  });

  async function lookAtNamed(): Promise<void> {
    for (const reference of [...named]) {
      named.delete(reference);
      const caseId = findHex(reference);
      if (caseId) await payments.lookAt(caseId);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        await lookAtNamed();
        await payments.turn();
      } catch (error) {
        log('program.fault', { program: 'payments', ...faultFields(error) });
      }
      if (named.size > 0) continue;
      await sleep(clock, LOOK_EVERY_MS, AbortSignal.any([stopping.signal, wake.signal]));
    }
  }

  const running = run();
  return {
    ...payments,
    async stop() {
      stopHearing();
      stopping.abort();
      await running;
    },
  };
}
