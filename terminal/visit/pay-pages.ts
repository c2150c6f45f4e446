/** The pages on which a bill is paid, from what the platform told. */
import { equalBytes } from '../../base/bytes.ts';
import type { Matter } from '../../catalog/schema.ts';
import { same } from '../../catalog/text.ts';
import type { Page } from '../api.ts';
import { type CashSide, slipOf } from '../cash/slip-jobs.ts';
import type { FoundBill, PaymentTold } from '../payments/pay-desk.ts';
import { cashStanding, findCashBetween, isForCash, mayPrintAgain, mayTake } from './cash-here.ts';
import type { Desk } from './desk.ts';
import { findOffer } from './flow/cash.ts';
import { amountOf } from './flow/pay.ts';
import type { Paying } from './paying.ts';
import type { Filling, Spot, Visit } from './visit.ts';

type BillPage = Extract<Page, { kind: 'bill' }>;
type CashPage = Extract<Page, { kind: 'cash' }>;
type PaymentPage = Extract<Page, { kind: 'payment' }>;

/** The page of a bill, or of the cash for it; nothing while no matter is in hand. */
export function findBillPage(
  visit: Visit,
  spot: Extract<Spot, { at: 'bill' | 'cash' }>,
  headOf: (visit: Visit, filling: Filling) => BillPage['head'],
  desk: Desk,
): BillPage | CashPage | undefined {
  const { filling } = visit;
  if (filling === null) return undefined;
  const head = headOf(visit, filling);
  const isCashHere = findCashBetween(visit, desk) !== undefined;
  if (spot.at === 'cash') return findCashPage(visit, spot.index, head, desk);
  return billPage(filling, head, isCashHere, desk);
}

/** How much goes from whose hand into whose, and whether it may. */
function findCashPage(visit: Visit, index: number, head: CashPage['head'], desk: Desk): CashPage | undefined {
  const offer = findOffer(visit, index, desk);
  if (offer === undefined) return undefined;
  const { bill, amountFen } = offer;
  const day = desk.cash.day();
  return {
    kind: 'cash',
    head,
    state: mayTake(visit, amountFen, desk),
    owner: bill.owner,
    amountFen,
    agent: visit.agent && same(visit.agent.masked),
    payer: same(visit.person?.masked ?? ''),
    today: day.at === 'known' ? { takenFen: day.takenFen, capFen: day.capFen } : null,
  };
}

/** Whose bill it is, or why nobody knows. */
function billPage(filling: Filling, head: BillPage['head'], isCashHere: boolean, desk: Desk): BillPage {
  const { billsAskId, problem } = filling;
  const found = billsAskId === null ? undefined : desk.pay.findBills(billsAskId);
  const page: BillPage = { kind: 'bill', head, state: 'offline', bills: [], problem };
  if (found === undefined) return page;
  if (found === 'asking') return { ...page, state: 'asking' };
  if (!found.ok) {
    const isNamed = found.error === 'unknown' || found.error === 'offline' || found.error === 'too-many';
    return { ...page, state: isNamed ? found.error : 'unavailable' };
  }
  return { ...page, state: 'found', bills: found.value.map((bill) => billPart(bill, filling, isCashHere)) };
}

function billPart(bill: FoundBill, filling: Filling, isCashHere: boolean): BillPage['bills'][number] {
  const { owner, address, period } = bill;
  const isBegunHere = bill.state === 'being-paid' && bill.case !== null;
  const state = isBegunHere ? 'begun-here' : bill.state;
  const amountFen = amountOf(bill, filling);
  return { owner, address, period, amountFen, state, forCash: isCashHere && isForCash(bill, amountFen) };
}

/** A payment, never more than the platform said of it; nothing where there is none. */
export function findPaymentPage(
  visit: Visit,
  headOf: (matter: Matter) => PaymentPage['head'],
  desk: Desk,
): PaymentPage | undefined {
  const { paying } = visit;
  if (paying === null) return undefined;
  const { caseId, owner, amountFen, filed, onSlip } = paying;
  const { told, lost } = desk.pay.standing(caseId);
  const slip = filed === null || !onSlip ? null : (desk.slips.findState(filed.entryId) ?? 'no-printer');
  const isOnPaper = slip === 'printing' || slip === 'printed';
  return {
    kind: 'payment',
    head: headOf(paying.matter),
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
    cash: cashPart(visit, paying, desk),
  };
}

/** The cash behind a payment, and its two slips. */
function cashPart(visit: Visit, paying: Paying, desk: Desk): PaymentPage['cash'] {
  const { cash, caseId } = paying;
  if (cash === null) return null;
  const state = cashStanding(paying, desk);
  const here = findCashBetween(visit, desk)?.agent.agentId;
  const slip = (side: CashSide) => ({
    state: desk.cash.slips.findState(slipOf(caseId, side)),
    again: mayPrintAgain(paying, side, desk),
  });
  return {
    ...{ agent: same(cash.agent), payer: same(cash.payer), state },
    mayReturn: state === 'to-return' && here !== undefined && equalBytes(here, cash.agentId),
    slips: { resident: slip('resident'), agent: slip('agent') },
  };
}

function secondsLeft(told: PaymentTold & { readonly toldMonoMs: number }, desk: Desk): number {
  return Math.max(0, told.secondsLeft - Math.floor((desk.clock.monoMs() - told.toldMonoMs) / 1000));
}
