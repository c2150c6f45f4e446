/** Paying a bill: whose it is, the case kept first, then the page that waits for the platform's word. */
import { findHex } from '../../../base/bytes.ts';
import { findAnswer } from '../../../catalog/conditions.ts';
import { findTypedSubject } from '../../../catalog/form.ts';
import { checkCase } from '../../cases/check.ts';
import type { CashOfCase } from '../../cases/content.ts';
import { fileCase } from '../../cases/file.ts';
import { findStop } from '../../limits/standing.ts';
import { type FoundBill, SETTLED } from '../../payments/pay-desk.ts';
import { findOpenCash, followCash } from '../cash-here.ts';
import type { Desk } from '../desk.ts';
import { maskName } from '../mask.ts';
import type { Paying, PaymentOnSlip } from '../paying.ts';
import { withCasesAgain } from '../person.ts';
import { printSlipOf } from '../slip-of.ts';
import { findSubjectCard } from '../subject.ts';
import { type Filed, type Filling, goTo, type Visit, wipeFilling } from '../visit.ts';
import { refusal } from '../words.ts';
import { filingTools } from './file.ts';
import { wishOf } from './fill.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

/** The visit as it comes to the page of a bill: it is looked up then, once for these answers. */
export function arrivedAtBill(visit: Visit, desk: Desk): Visit {
  const { filling, spot } = visit;
  if (filling === null || spot.at !== 'bill' || filling.billsAskId !== null) return visit;
  const { bill } = filling.matter;
  const account = findAccount(visit, filling);
  if (bill === undefined || account === undefined || !desk.online()) return visit;
  return { ...visit, filling: { ...filling, billsAskId: desk.pay.askBills(bill.biller, account) } };
}

/** The account that was asked for, or the number of whom the bill is about. */
function findAccount(visit: Visit, filling: Filling): string | undefined {
  const { matter, basis, answers } = filling;
  if (matter.bill?.account === undefined)
    return findSubjectCard(visit, filling)?.number ?? findTypedSubject(matter, basis, answers)?.number;
  const answer = findAnswer(answers, matter.bill.account);
  return typeof answer === 'string' ? answer : undefined;
}

/** The bills that were found for the matter in hand; none while they are not known. */
export function billsFound({ billsAskId }: Filling, desk: Desk): readonly FoundBill[] {
  const found = billsAskId === null ? undefined : desk.pay.findBills(billsAskId);
  return typeof found === 'object' && found.ok ? found.value : [];
}

/** What would be paid for a bill: its own amount, or the one that was asked for. */
export function amountOf(bill: FoundBill, { matter, answers }: Filling): number | null {
  if (bill.bill === null) return null;
  const asked = matter.bill?.amount === undefined ? undefined : findAnswer(answers, matter.bill.amount);
  return bill.amountFen ?? (typeof asked === 'number' ? asked : null);
}

export const lookUpAgain: Handler<'ask-again'> = (visit) => {
  const { filling } = visit;
  if (filling === null || visit.spot.at !== 'bill') return refuse(visit, 'not-here');
  return on({ ...visit, filling: { ...filling, billsAskId: null, problem: null } });
};

/** The person says that this is the bill: its case is kept, and only then can anything be paid. */
export const payBill: Handler<'pay-bill'> = (visit, { index }, desk) => {
  const { filling } = visit;
  const bill = filling === null ? undefined : billsFound(filling, desk)[index];
  if (filling === null || visit.spot.at !== 'bill' || bill === undefined) return refuse(visit, 'not-here');
  const amountFen = amountOf(bill, filling);
  const begun = bill.case === null ? undefined : findHex(bill.case);
  const { matter } = filling;
  if (bill.state === 'being-paid' && begun !== undefined) {
    const cash = findOpenCash(visit, begun, desk);
    const paying = { matter, owner: bill.owner, amountFen: amountFen ?? 0, filed: null, onSlip: false };
    return on(atPayment({ ...visit, paying: { ...paying, caseId: begun, cash } }, filling));
  }
  return amountFen === null ? refuse(visit, 'not-here') : payNow(visit, filling, { bill, amountFen }, desk);
};

/** The case of a bill is kept, with the cash that pays it where there is some; then its page waits for the platform's word. */
export function payNow(
  visit: Visit,
  filling: Filling,
  {
    bill,
    amountFen,
    cash,
  }: { readonly bill: FoundBill; readonly amountFen: number; readonly cash?: CashOfCase },
  desk: Desk,
): Step {
  const { matter } = filling;
  if (bill.state !== 'due' || bill.bill === null) return refuse(visit, 'not-here');
  const stop = findStop(matter, desk.standing(), desk.site.support);
  if (stop !== undefined) return refuse(visit, 'matter-not-available', stop.words);
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, filling, desk), context);
  if (!checked.ok) {
    const { code, words, questionId } = checked.error;
    const refused = refusal(code, words ?? undefined, questionId ?? undefined);
    const shown = { ...filling, problem: { code, words: refused.words } };
    return { visit: { ...visit, filling: shown }, refusal: refused };
  }
  const toPay = { bill: { reference: bill.bill, amountFen }, ...(cash && { cash }) };
  const kept = fileCase({ ...checked.value, ...toPay }, filling.ids, filingTools(visit, desk));
  if (!kept.ok) return refuse(visit, kept.error);
  visit.person?.memory?.dropDraft();
  const { subject } = checked.value;
  const filed: Filed = {
    ...{ ...kept.value, matter, matterId: matter.id, bundle: [], rating: null, appointment: null },
    ...{ forWhom: subject && maskName(subject.name), ratingId: desk.random.bytes(16) },
  };
  const person = visit.person && withCasesAgain(visit.person);
  const { caseId } = kept.value;
  const paying = { caseId, matter, owner: bill.owner, amountFen, filed, onSlip: false, cash: null };
  return on(atPayment({ ...visit, person, draft: null, paying }, filling));
}

function atPayment(visit: Visit, filling: Filling): Visit {
  wipeFilling(filling);
  return { ...goTo({ ...visit, filling: null }, { at: 'payment' }), trail: [] };
}

/**
 * The visit with the slip of its payment printed: by itself once the payment is settled, and in any case (`isLeaving`)
 * before its page is left, so that whoever paid has its number.
 */
export function withPaymentSlip(visit: Visit, desk: Desk, isLeaving: boolean): Visit {
  const next = withReceipt(visit, desk, isLeaving);
  followCash(next, desk, isLeaving);
  return next;
}

function withReceipt(visit: Visit, desk: Desk, isLeaving: boolean): Visit {
  const { paying } = visit;
  if (paying === null || paying.filed === null || paying.onSlip) return visit;
  const { told } = desk.pay.standing(paying.caseId);
  if (!isLeaving && !(told !== null && SETTLED.has(told.state))) return visit;
  const next: Visit = {
    ...visit,
    paying: { ...paying, onSlip: true },
    slipsOf: [...visit.slipsOf, paying.filed.entryId],
  };
  printSlipOf({ ...paying.filed, payment: paymentOnSlip(paying, desk) }, next, desk);
  return next;
}

/** What is known of a payment, for its slip. */
export function paymentOnSlip(
  { caseId, amountFen, cash }: Pick<Paying, 'caseId' | 'amountFen'> & Partial<Pick<Paying, 'cash'>>,
  desk: Desk,
): PaymentOnSlip {
  const { told } = desk.pay.standing(caseId);
  const isOpen = told === null || told.state === 'created' || told.state === 'open';
  const notPaid = cash ? 'cash-back' : 'not-paid';
  const state =
    told?.state === 'posted' || told?.state === 'paid' ? told.state : isOpen ? 'not-known' : notPaid;
  return { amountFen, state, receipt: told?.receipt ?? null };
}
