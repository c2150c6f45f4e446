/** The answers to the platform's own questions `bills` and `payment`: what a paper bill says, masked, and how it stands. */
import { findHex, toHex } from '../../base/bytes.ts';
import { OWN_QUESTIONS } from '../../sync/own-questions.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { createLimiter } from '../limits/limiter.ts';
import type { PaymentRow } from '../store/tables.ts';
import type { FoundBill } from './biller.ts';
import { maskAddress, maskOwner } from './mask.ts';
import type { Payments } from './payments.ts';
import { stateOf } from './rows.ts';
import type { Tills } from './steps.ts';

type Context = Pick<PlatformContext, 'store' | 'clock' | 'book' | 'county'>;

const text = (id: string, zh: string, en: string) => ({ id, label: { zh, en }, type: 'text' as const });

const BILL_FIELDS = [
  text('bill', '账单', 'Bill'),
  text('owner', '户名', 'Account of'),
  text('address', '地址', 'Address'),
  text('period', '哪一期', 'For'),
  { id: 'amountFen', label: { zh: '金额', en: 'Amount' }, type: 'fen' as const },
  text('state', '状态', 'State'),
  text('case', '办件', 'Case'),
];

const PAYMENT_FIELDS = [
  text('state', '状态', 'State'),
  text('code', '付款码', 'Code'),
  { id: 'amountFen', label: { zh: '金额', en: 'Amount' }, type: 'fen' as const },
  { id: 'secondsLeft', label: { zh: '还剩几秒', en: 'Seconds left' }, type: 'count' as const },
  text('receipt', '凭证号', 'Receipt'),
  text('number', '办件号', 'Number'),
];

/** Both answers, by the names of their questions. */
export function paymentAnswers(
  context: Context,
  tills: Tills,
  payments: Payments,
): readonly [string, OwnAnswer][] {
  return [
    [OWN_QUESTIONS.bills, billsAnswer(context, tills)],
    [OWN_QUESTIONS.payment, paymentAnswer(context, payments)],
  ];
}

/** Of one terminal: nobody looks up more accounts than somebody standing there. */
const BILLS_RATE = { burst: 30, perMinute: 6 } as const;

/** Whose bill it is and how much; `nothing` for an account that there is not. */
export function billsAnswer(context: Context, { billers }: Tills): OwnAnswer {
  const rate = createLimiter(context.clock, BILLS_RATE);
  return async ({ terminalId, parameters }) => {
    const { biller, account, ...others } = parameters;
    const isKnown = context.book.all().some(({ bill }) => bill?.biller === biller);
    if (biller === undefined || account === undefined || !isKnown || Object.keys(others).length > 0)
      return 'malformed';
    const waitS = rate.spend(toHex(terminalId));
    if (waitS > 0) return { schema: 1, outcome: 'later', afterS: waitS };
    const told = await billers.findBills(biller, account);
    if (told.kind !== 'done') return { schema: 1, outcome: 'unavailable' };
    const origin = originOf(context);
    if (told.value === null) return { schema: 1, outcome: 'nothing', ...origin };
    const records = await Promise.all(
      told.value.map((bill) => billRecord(context, { biller, terminalId }, bill)),
    );
    return { schema: 1, outcome: 'found', ...origin, fields: BILL_FIELDS, records };
  };
}

async function billRecord(
  { store }: Context,
  { biller, terminalId }: { readonly biller: string; readonly terminalId: Uint8Array },
  bill: FoundBill,
) {
  const { reference } = bill;
  const standing =
    reference === null
      ? undefined
      : await store.db
          .selectFrom('payments')
          .selectAll()
          .where('biller', '=', biller)
          .where('reference', '=', reference)
          .where('endedMs', 'is', null)
          .executeTakeFirst();
  const isHere = standing !== undefined && toHex(standing.terminalId) === toHex(terminalId);
  return {
    bill: reference,
    owner: maskOwner(bill.owner),
    address: bill.address === null ? null : maskAddress(bill.address),
    period: bill.period,
    amountFen: bill.amountFen,
    state: billState(bill, standing),
    // Shown again where it was begun: nobody pays a second time for want of seeing the first.
    case: isHere && standing.postedMs === null ? toHex(standing.caseId) : null,
  };
}

function billState(
  bill: FoundBill,
  standing: PaymentRow | undefined,
): 'none' | 'due' | 'paid' | 'being-paid' {
  if (bill.reference === null) return 'none';
  if (bill.isPaid || (standing && standing.postedMs !== null)) return 'paid';
  return standing ? 'being-paid' : 'due';
}

/** How the payment of a case stands, to the terminal that filed it alone; opens it where that was not done. */
export function paymentAnswer(context: Context, payments: Payments): OwnAnswer {
  return async ({ terminalId, parameters }) => {
    const caseId = findHex(parameters.case ?? '');
    if (caseId?.length !== 16 || Object.keys(parameters).length !== 1) return 'malformed';
    const origin = originOf(context);
    const filed = await context.store.db
      .selectFrom('payments')
      .innerJoin('cases', 'cases.caseId', 'payments.caseId')
      .select(['payments.terminalId', 'cases.localNumber'])
      .where('payments.caseId', '=', caseId)
      .executeTakeFirst();
    if (!filed || toHex(filed.terminalId) !== toHex(terminalId))
      return { schema: 1, outcome: 'nothing', ...origin };
    const row = await payments.open(caseId);
    if (!row) return { schema: 1, outcome: 'nothing', ...origin };
    const state = stateOf(row);
    const leftMs = row.closesMs === null ? 0 : Math.max(0, row.closesMs - context.clock.wallMs());
    const record = {
      state,
      code: state === 'open' ? row.code : null,
      amountFen: row.amountFen,
      secondsLeft: Math.ceil(leftMs / 1000),
      receipt: row.receipt,
      number: filed.localNumber,
    };
    return { schema: 1, outcome: 'found', ...origin, fields: PAYMENT_FIELDS, records: [record] };
  };
}

function originOf({ county, clock }: Context) {
  return { from: { zh: county.name, en: 'The county' }, asOfMs: Math.floor(clock.wallMs()) };
}
