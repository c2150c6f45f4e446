/**
 * Cash for a bill: offered where an agent acts for a resident who laid their card, taken before the code is shown, and
 * given back where it did not end paid. Whether it is paid the platform alone says, as with any payment.
 */
import { equalBytes } from '../../../base/bytes.ts';
import { isoDate } from '../../../base/calendar.ts';
import { unreachable } from '../../../base/result.ts';
import { fileCashReturn } from '../../cases/file.ts';
import {
  cashStanding,
  findCashBetween,
  isForCash,
  mayPrintAgain,
  mayTake,
  openCashHere,
  payingCash,
  printCashSlip,
} from '../cash-here.ts';
import type { Desk } from '../desk.ts';
import { goTo, type Visit } from '../visit.ts';
import { CASH_REFUSED } from '../words.ts';
import { amountOf, billsFound, payNow } from './pay.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

export const cash: Handler<'cash'> = (visit, { command }, desk) => {
  switch (command.do) {
    case 'open':
      return openCash(visit, command.index, desk);
    case 'ask-again':
      if (visit.spot.at !== 'cash') return refuse(visit, 'not-here');
      desk.cash.forget();
      return on(visit);
    case 'taken':
      return takeCash(visit, desk);
    case 'returned':
      return returnCash(visit, desk);
    case 'print':
      return printAgain(visit, command.side, desk);
    case 'resume':
      return resume(visit, desk);
    default:
      return unreachable(command);
  }
};

function openCash(visit: Visit, index: number, desk: Desk): Step {
  const offer = visit.spot.at === 'bill' ? findOffer(visit, index, desk) : undefined;
  if (offer === undefined) return refuse(visit, 'not-here');
  if (findCashBetween(visit, desk) === undefined)
    return refuse(visit, 'evidence-missing', CASH_REFUSED['no-agent']);
  if (desk.devices().slipPrinter === 'down') return refuse(visit, 'not-here', CASH_REFUSED['no-printer']);
  return on(goTo(visit, { at: 'cash', index }));
}

/** The bill that stands at this place, where cash may pay it. */
export function findOffer({ filling }: Visit, index: number, desk: Desk) {
  const bill = filling === null ? undefined : billsFound(filling, desk)[index];
  if (filling === null || bill === undefined) return undefined;
  const amountFen = amountOf(bill, filling);
  return amountFen !== null && isForCash(bill, amountFen) ? { filling, bill, amountFen } : undefined;
}

/** The cash is in the agent's hand: that and the case are one entry, with the agent's signature; only then is there a code. */
function takeCash(visit: Visit, desk: Desk): Step {
  const offer = visit.spot.at === 'cash' ? findOffer(visit, visit.spot.index, desk) : undefined;
  if (offer === undefined) return refuse(visit, 'not-here');
  const { filling, bill, amountFen } = offer;
  const may = mayTake(visit, amountFen, desk);
  const between = findCashBetween(visit, desk);
  if (may !== 'ready' || between === undefined)
    return refuse(visit, 'not-here', CASH_REFUSED[may === 'ready' ? 'no-agent' : may]);
  const nowMs = desk.time.nowMs();
  const { caseId, localNumber } = filling.ids;
  const taken = {
    ...{ caseId, localNumber, amountFen, agentId: between.agent.agentId, matterId: filling.matter.id },
    ...{ day: isoDate(nowMs), takenMs: nowMs },
  };
  const step = payNow(visit, filling, { bill, amountFen, cash: { payer: between.payer.card, taken } }, desk);
  const paying = step.visit?.paying;
  if (step.refusal !== null || step.visit === null || paying == null) return step;
  const held = { ...paying, cash: payingCash(between, taken, desk) };
  printCashSlip('resident', held, step.visit, desk);
  return on({ ...step.visit, paying: held });
}

/** The agent gives it back, and says so with their signature; the resident is here, with their card. */
function returnCash(visit: Visit, desk: Desk): Step {
  const { paying } = visit;
  const between = findCashBetween(visit, desk);
  const at = visit.spot.at === 'payment' ? paying?.cash : null;
  if (paying === null || at == null) return refuse(visit, 'not-here');
  if (between === undefined || !equalBytes(between.agent.agentId, at.agentId))
    return refuse(visit, 'evidence-missing', CASH_REFUSED['no-agent']);
  if (cashStanding(paying, desk) !== 'to-return') return refuse(visit, 'not-here');
  const { caseId, amountFen } = paying;
  const { returnId: submissionId, localNumber } = at;
  const back = { caseId, amountFen, submissionId, localNumber, payer: between.payer.card };
  const kept = fileCashReturn(back, desk);
  if (!kept.ok) return refuse(visit, kept.error);
  return on(visit);
}

function printAgain(visit: Visit, side: 'resident' | 'agent', desk: Desk): Step {
  const { paying } = visit;
  if (
    visit.spot.at !== 'payment' ||
    paying === null ||
    paying.cash === null ||
    !mayPrintAgain(paying, side, desk)
  )
    return refuse(visit, 'not-here');
  printCashSlip(side, paying, visit, desk);
  return on(visit);
}

/** To what was begun at an earlier visit of the two. */
function resume(visit: Visit, desk: Desk): Step {
  const [row] = openCashHere(visit, desk);
  const between = findCashBetween(visit, desk);
  const matter = desk.catalog().matters.find(({ id }) => id === row?.matterId);
  if (visit.spot.at !== 'agent' || row === undefined || between === undefined || matter === undefined)
    return refuse(visit, 'not-here');
  const { caseId, amountFen } = row;
  const payment = { matter, owner: '', amountFen, caseId, filed: null, onSlip: false };
  return on(
    goTo({ ...visit, paying: { ...payment, cash: payingCash(between, row, desk) } }, { at: 'payment' }),
  );
}
