/**
 * What is written of a payment, each fact once, with what its payer is told: in one transaction, guarded by the state it
 * follows from, so that several gateways, a repeat after a crash and a late answer come to the same.
 */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { type AlarmKind, raiseAlarm } from '../ledger/alarms.ts';
import type { Db } from '../store/store.ts';
import type { PaymentRow, RefundRow } from '../store/tables.ts';
import type { Money, Order } from './payment-provider.ts';
import { type Ending, yuanInWords } from './rows.ts';
import { tellCase } from './tell.ts';

type Row = Pick<PaymentRow, 'caseId' | 'amountFen' | 'terminalId'>;

/** Runs `work` in a transaction and sends down what it told. */
async function within(
  context: PlatformContext,
  work: (tx: Db, outbox: Outbox, nowMs: number) => Promise<void>,
): Promise<void> {
  const outbox: Outbox = [];
  const nowMs = context.clock.wallMs();
  await context.store.transaction(async (tx) => {
    await work(tx, outbox, nowMs);
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

/** There is a code to pay by. */
export async function noteOpened(
  { store }: PlatformContext,
  { caseId }: Row,
  code: string,
  closesMs: number,
): Promise<void> {
  await store.db
    .updateTable('payments')
    .set({ code, closesMs })
    .where('caseId', '=', caseId)
    .where('code', 'is', null)
    .where('endedMs', 'is', null)
    .execute();
}

/**
 * What the provider says of an order: the first money of the right amount pays; any other goes back, and so does all that
 * comes for a payment that has ended.
 */
export async function noteMoney(context: PlatformContext, row: Row, { money }: Order): Promise<void> {
  if (money.length === 0) return;
  const { caseId, amountFen } = row;
  await within(context, async (tx, outbox, nowMs) => {
    const right = money.find((one) => one.amountFen === amountFen);
    if (right) {
      const paid = await tx
        .updateTable('payments')
        .set({ paidMs: nowMs, providerNumber: right.number, notBeforeMs: nowMs })
        .where('caseId', '=', caseId)
        .where('paidMs', 'is', null)
        .where('endedMs', 'is', null)
        .executeTakeFirstOrThrow();
      const words = `付好了 ${yuanInWords(amountFen)}，正在入账`;
      if (Number(paid.numUpdatedRows) > 0)
        await tellCase(tx, context, outbox, { caseId, action: 'take-payment', words });
    }
    const { providerNumber } = await tx
      .selectFrom('payments')
      .select('providerNumber')
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    for (const one of money.filter(({ number }) => number !== providerNumber)) {
      const isNew = await oweRefund(tx, caseId, one, nowMs);
      if (isNew) await ring(tx, context, 'payment-odd', row, one.number);
    }
  });
}

/** It is over without money that stays; `action` says so to the payer. */
export async function noteEnded(
  context: PlatformContext,
  { caseId }: Row,
  ending: Exclude<Ending, 'refunded' | 'another'>,
  words: string,
): Promise<void> {
  await within(context, async (tx, outbox, nowMs) => {
    const ended = await tx
      .updateTable('payments')
      .set({ endedMs: nowMs, ending })
      .where('caseId', '=', caseId)
      .where('paidMs', 'is', null)
      .where('endedMs', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(ended.numUpdatedRows) > 0)
      await tellCase(tx, context, outbox, { caseId, action: 'close-payment', words });
  });
}

/** The biller has it. */
export async function notePosted(context: PlatformContext, { caseId }: Row, receipt: string): Promise<void> {
  await within(context, async (tx, outbox, nowMs) => {
    const posted = await tx
      .updateTable('payments')
      .set({ postedMs: nowMs, receipt })
      .where('caseId', '=', caseId)
      .where('postedMs', 'is', null)
      .where('endedMs', 'is', null)
      .executeTakeFirstOrThrow();
    const words = `缴好了，凭证号 ${receipt}`;
    if (Number(posted.numUpdatedRows) > 0)
      await tellCase(tx, context, outbox, { caseId, action: 'post-payment', words });
  });
}

/** The biller will not have it: what was paid goes back. */
export async function noteRefused(context: PlatformContext, row: PaymentRow): Promise<void> {
  const { caseId, providerNumber: number, amountFen } = row;
  if (number === null) return;
  await within(context, async (tx, _outbox, nowMs) => {
    await oweRefund(tx, caseId, { number, amountFen }, nowMs);
  });
}

/** The biller could not be told: once more at `notBeforeMs`. */
export async function notePostLater(
  context: PlatformContext,
  row: PaymentRow,
  notBeforeMs: number,
): Promise<void> {
  const tries = row.tries + 1;
  await within(context, async (tx) => {
    await tx.updateTable('payments').set({ tries, notBeforeMs }).where('caseId', '=', row.caseId).execute();
    if (tries === STUCK_AFTER) await ring(tx, context, 'payment-stuck', row, '');
  });
}

/** Tries before staff are told. */
const STUCK_AFTER = 6;

/** Money that is to go back. */
export type OwedBack = Pick<RefundRow, 'caseId' | 'providerNumber' | 'amountFen' | 'tries'>;

/** The provider did not give it back: once more at `notBeforeMs`. */
export async function noteRefundLater(
  context: PlatformContext,
  { caseId, providerNumber, tries: before }: OwedBack,
  notBeforeMs: number,
): Promise<void> {
  const tries = before + 1;
  await within(context, async (tx) => {
    await tx
      .updateTable('refunds')
      .set({ tries, notBeforeMs })
      .where('providerNumber', '=', providerNumber)
      .where('doneMs', 'is', null)
      .execute();
    if (tries !== STUCK_AFTER) return;
    const row = await tx
      .selectFrom('payments')
      .select(['caseId', 'amountFen', 'terminalId'])
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();
    await ring(tx, context, 'payment-stuck', row, providerNumber);
  });
}

/** Money went back; where it was what paid the bill, the payment ends with it. */
export async function noteRefunded(
  context: PlatformContext,
  { caseId, providerNumber, amountFen }: OwedBack,
): Promise<void> {
  await within(context, async (tx, outbox, nowMs) => {
    const done = await tx
      .updateTable('refunds')
      .set({ doneMs: nowMs })
      .where('providerNumber', '=', providerNumber)
      .where('doneMs', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(done.numUpdatedRows) === 0) return;
    const ended = await tx
      .updateTable('payments')
      .set({ endedMs: nowMs, ending: 'refunded' })
      .where('caseId', '=', caseId)
      .where('providerNumber', '=', providerNumber)
      .where('endedMs', 'is', null)
      .executeTakeFirstOrThrow();
    const isOfEnded = Number(ended.numUpdatedRows) === 0 && (await isUnpaid(tx, caseId));
    const yuan = yuanInWords(amountFen);
    const words = isOfEnded ? `关了以后付的 ${yuan}原路退回了` : `没有入账，${yuan}原路退回了`;
    if (isOfEnded || Number(ended.numUpdatedRows) > 0)
      await tellCase(tx, context, outbox, { caseId, action: 'refund-payment', words });
  });
}

async function isUnpaid(tx: Db, caseId: Uint8Array): Promise<boolean> {
  const row = await tx
    .selectFrom('payments')
    .select('ending')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  return row?.ending === 'unpaid';
}

async function oweRefund(tx: Db, caseId: Uint8Array, money: Money, nowMs: number): Promise<boolean> {
  const { number: providerNumber, amountFen } = money;
  const made = await tx
    .insertInto('refunds')
    .values({ providerNumber, caseId, amountFen, madeMs: nowMs, doneMs: null, tries: 0, notBeforeMs: nowMs })
    .onConflict((conflict) => conflict.column('providerNumber').doNothing())
    .executeTakeFirstOrThrow();
  return Number(made.numInsertedOrUpdatedRows) > 0;
}

async function ring(
  tx: Db,
  context: PlatformContext,
  kind: AlarmKind,
  { caseId, terminalId }: Row,
  about: string,
): Promise<void> {
  context.log('platform.alarm', { kind });
  const { localNumber: detail } = await tx
    .selectFrom('cases')
    .select('localNumber')
    .where('caseId', '=', caseId)
    .executeTakeFirstOrThrow();
  await raiseAlarm(
    tx,
    { kind, about: `${toHex(caseId)}/${about}`, terminalId, detail },
    context.clock.wallMs(),
  );
}
