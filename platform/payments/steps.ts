/**
 * The next step of a payment, by what is written of it: each may be taken again, by anybody, after any crash. A step that
 * a provider or biller did not answer leaves everything as it was.
 */
import { toHex } from '../../base/bytes.ts';
import { isOverCap } from '../cash/cash.ts';
import type { PlatformContext } from '../context.ts';
import type { PaymentRow } from '../store/tables.ts';
import type { Billers } from './biller.ts';
import type { Money, Order, PaymentProvider } from './payment-provider.ts';
import {
  noteEnded,
  noteMoney,
  noteOpened,
  notePosted,
  notePostLater,
  noteRefunded,
  noteRefundLater,
  noteRefused,
  type OwedBack,
} from './settle.ts';

/** Whom a platform pays through, and whom it tells. */
export interface Tills {
  readonly provider: PaymentProvider;
  readonly billers: Billers;
}

/** How long a code can be paid: somebody stands there with a telephone. */
export const OPEN_MS = 300_000;
/** Who filed is gone by then, and nothing was opened: nothing will be. */
export const UNOPENED_MS = 120_000;
/** How long a biller may not answer before the money goes back. */
export const POST_GIVE_UP_MS = 86_400_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 600_000;

/** Opens a payment that somebody waits for: the bill is looked at once more first. */
export async function openPayment(
  context: PlatformContext,
  { provider, billers }: Tills,
  row: PaymentRow,
): Promise<void> {
  if (await isOverCap(context.store.db, row.caseId))
    return noteEnded(context, row, 'unpaid', '代办员这一天收的现金超过上限，没有收钱，现金请退给本人');
  const due = await billers.findDue(row.biller, row.reference);
  if (due.kind !== 'done') return;
  if (due.value.kind === 'paid')
    return noteEnded(context, row, 'already-paid', '这一笔已经缴过了，没有再收钱');
  if (due.value.kind === 'gone') return noteEnded(context, row, 'no-bill', '没有这张账单了，没有收钱');
  const { amountFen } = due.value;
  if (amountFen !== null && amountFen !== row.amountFen)
    return noteEnded(context, row, 'amount-changed', '金额变了，没有收钱。请再查一次');
  const closesMs = context.clock.wallMs() + OPEN_MS;
  const opened = await provider.open({
    reference: toHex(row.caseId),
    amountFen: row.amountFen,
    words: context.book.all().find(({ bill }) => bill?.biller === row.biller)?.name.short.zh ?? '缴费',
    closesInMs: OPEN_MS,
  });
  if (opened.kind !== 'done') return;
  if (opened.value.isOpen) await noteOpened(context, row, opened.value.code, closesMs);
  else await look(context, { provider, billers }, row);
}

/** Takes the step that is due, if any. */
export async function takeStep(context: PlatformContext, tills: Tills, row: PaymentRow): Promise<void> {
  if (row.paidMs !== null) return post(context, tills, row);
  const nowMs = context.clock.wallMs();
  if (row.code !== null) await look(context, tills, row);
  else if (nowMs - row.madeMs >= UNOPENED_MS) await close(context, tills, row);
}

/**
 * What the provider has of it; past its time it is closed there, and only then is it over. The money that was seen;
 * `undefined` where the provider did not answer.
 */
export async function look(
  context: PlatformContext,
  tills: Tills,
  row: PaymentRow,
): Promise<readonly Money[] | undefined> {
  const found = await tills.provider.find(toHex(row.caseId));
  if (found.kind !== 'done') return undefined;
  if (found.value === null) return close(context, tills, row);
  await noteMoney(context, row, found.value);
  const { money } = found.value;
  // Money of a wrong amount goes back and pays nothing: the payment still ends in its time.
  if (isPaid(found.value, row)) return money;
  const isOver = !found.value.isOpen || (row.closesMs !== null && context.clock.wallMs() >= row.closesMs);
  return isOver ? close(context, tills, row) : money;
}

async function close(
  context: PlatformContext,
  { provider }: Tills,
  row: PaymentRow,
): Promise<readonly Money[] | undefined> {
  const closed = await provider.close(toHex(row.caseId));
  if (closed.kind !== 'done' || closed.value.isOpen) return undefined;
  await noteMoney(context, row, closed.value);
  if (!isPaid(closed.value, row))
    await noteEnded(context, row, 'unpaid', '到时间没有付，这一笔已经关了，没有收钱');
  return closed.value.money;
}

function isPaid({ money }: Order, row: PaymentRow): boolean {
  return money.some(({ amountFen }) => amountFen === row.amountFen);
}

/** Tells the biller; one that cannot be told for a day is asked to take it back, and then the money goes back. */
async function post(context: PlatformContext, { billers }: Tills, row: PaymentRow): Promise<void> {
  const { caseId, biller, reference, amountFen, paidMs, tries } = row;
  const payment = toHex(caseId);
  const nowMs = context.clock.wallMs();
  const givesUp = paidMs !== null && nowMs - paidMs >= POST_GIVE_UP_MS;
  const came = givesUp
    ? await billers.takeBack(biller, payment)
    : await billers.post(biller, { payment, reference, amountFen });
  if (came.kind !== 'done') {
    return notePostLater(context, row, nowMs + waitAfter(tries));
  }
  if (came.value.kind === 'posted') return notePosted(context, row, came.value.receipt);
  await noteRefused(context, row);
}

/** Gives back money that is owed; a provider that does not, or will not, is asked again later, and staff hear of it. */
export async function giveBack(context: PlatformContext, { provider }: Tills, owed: OwedBack): Promise<void> {
  const { providerNumber: number, amountFen, tries } = owed;
  const given = await provider.refund({ number, amountFen });
  if (given.kind === 'done') return noteRefunded(context, owed);
  await noteRefundLater(context, owed, context.clock.wallMs() + waitAfter(tries));
}

/** Twice as long each time, up to ten minutes. */
function waitAfter(tries: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, 20));
}
