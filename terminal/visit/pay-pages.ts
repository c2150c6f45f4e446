/** The pages on which a bill is paid, from what the platform told. */
import type { Page } from '../api.ts';
import type { FoundBill, PaymentTold } from '../payments/pay-desk.ts';
import type { Desk } from './desk.ts';
import { amountOf } from './flow/pay.ts';
import type { Paying } from './paying.ts';
import type { Filling } from './visit.ts';

type BillPage = Extract<Page, { kind: 'bill' }>;
type PaymentPage = Extract<Page, { kind: 'payment' }>;

/** Whose bill it is, or why nobody knows. */
export function billPage(filling: Filling, head: BillPage['head'], desk: Desk): BillPage {
  const { billsAskId, problem } = filling;
  const found = billsAskId === null ? undefined : desk.pay.findBills(billsAskId);
  const page: BillPage = { kind: 'bill', head, state: 'offline', bills: [], problem };
  if (found === undefined) return page;
  if (found === 'asking') return { ...page, state: 'asking' };
  if (!found.ok) {
    const isNamed = found.error === 'unknown' || found.error === 'offline' || found.error === 'too-many';
    return { ...page, state: isNamed ? found.error : 'unavailable' };
  }
  return { ...page, state: 'found', bills: found.value.map((bill) => billPart(bill, filling)) };
}

function billPart(bill: FoundBill, filling: Filling): BillPage['bills'][number] {
  const { owner, address, period } = bill;
  const isBegunHere = bill.state === 'being-paid' && bill.case !== null;
  const state = isBegunHere ? 'begun-here' : bill.state;
  return { owner, address, period, amountFen: amountOf(bill, filling), state };
}

/** A payment, never more than the platform said of it. */
export function paymentPage(paying: Paying, head: PaymentPage['head'], desk: Desk): PaymentPage {
  const { caseId, owner, amountFen, filed, onSlip } = paying;
  const { told, lost } = desk.pay.standing(caseId);
  const slip = filed === null || !onSlip ? null : (desk.slips.findState(filed.entryId) ?? 'no-printer');
  const isOnPaper = slip === 'printing' || slip === 'printed';
  return {
    kind: 'payment',
    head,
    state: told === null || told.state === 'created' ? 'sending' : told.state,
    lost: lost || !desk.online(),
    owner,
    amountFen: told?.amountFen ?? amountFen,
    // A code that nobody watches is not shown: it would be paid without a word back.
    code: told?.state === 'open' && !lost && desk.online() ? told.code : null,
    secondsLeft: told === null ? 0 : secondsLeft(told, desk),
    receipt: told?.receipt ?? null,
    localNumber: filed?.localNumber ?? told?.number ?? null,
    slipCode: filed === null || isOnPaper ? null : filed.slipCode,
    slip,
  };
}

function secondsLeft(told: PaymentTold & { readonly toldMonoMs: number }, desk: Desk): number {
  return Math.max(0, told.secondsLeft - Math.floor((desk.clock.monoMs() - told.toldMonoMs) / 1000));
}
