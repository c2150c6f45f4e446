/** Cash in a visit: whether an agent may take it for the bill in hand, and what of it is not settled for who is here. */
import { equalBytes } from '../../base/bytes.ts';
import type { CashRow } from '../cash/ledger.ts';
import { type CashStanding, cashSlipBlocks } from '../cash/slip-blocks.ts';
import { type CashSide, slipOf } from '../cash/slip-jobs.ts';
import { type FoundBill, SETTLED } from '../payments/pay-desk.ts';
import { evidenceOf, type VisitAgent } from './agent-here.ts';
import { type Desk, placeText } from './desk.ts';
import { listedName } from './my-cases.ts';
import type { Paying, PayingCash } from './paying.ts';
import { findValidPerson, type Person } from './person.ts';
import type { Visit } from './visit.ts';

/** Once out and once more: whoever lost both asks the town. */
const MOST_PRINTS = 2;

/** Who would hand cash to whom: a resident whose card was laid in this visit, and the agent who acts for them. */
export interface CashBetween {
  readonly agent: VisitAgent;
  readonly payer: Person;
}

/** Both of them, where both are here. */
export function findCashBetween(visit: Visit, desk: Desk): CashBetween | undefined {
  const { agent } = visit;
  const payer = findValidPerson(visit.person);
  if (agent === null || payer === null || evidenceOf(visit) !== 'card') return undefined;
  return desk.agents.stands(agent) ? { agent, payer } : undefined;
}

/** Whether the cash of an amount may be taken now. */
export type MayTake = ('asking' | 'ready' | 'over') | ('offline' | 'unavailable' | 'no-printer' | 'no-agent');

/** Judged each time anew: on the page, and again before anything is written. */
export function mayTake(visit: Visit, amountFen: number, desk: Desk): MayTake {
  if (findCashBetween(visit, desk) === undefined) return 'no-agent';
  // Without a time that somebody vouched for, no day could be counted.
  if (!desk.online() || !desk.time.trusted()) return 'offline';
  if (desk.devices().slipPrinter === 'down') return 'no-printer';
  const day = desk.cash.day();
  if (day.at !== 'known') return day.at;
  return day.takenFen + amountFen > day.capFen ? 'over' : 'ready';
}

/** Whether a bill could be paid with cash at all. */
export function isForCash(bill: FoundBill, amountFen: number | null): boolean {
  return bill.state === 'due' && bill.bill !== null && amountFen !== null;
}

/** The cash behind the payment of a case, where this agent took it of this resident and it is not settled. */
export function findOpenCash(visit: Visit, caseId: Uint8Array, desk: Desk): PayingCash | null {
  const row = openCashHere(visit, desk).find((one) => equalBytes(one.caseId, caseId));
  const between = findCashBetween(visit, desk);
  return row === undefined || between === undefined ? null : payingCash(between, row, desk);
}

/** What of their cash is not settled, or lacks the agent's slip, of those who are here; oldest first. */
export function openCashHere(visit: Visit, desk: Desk): readonly CashRow[] {
  const between = findCashBetween(visit, desk);
  if (between === undefined) return [];
  const isTheirs = ({ caseId }: CashRow) =>
    between.payer.cases.some((remembered) => equalBytes(remembered.caseId, caseId));
  return desk.cash.ledger.unfinished(between.agent.agentId).filter(isTheirs);
}

/** Cash as a payment's page holds it. */
export function payingCash(
  { agent, payer }: CashBetween,
  { localNumber, takenMs }: Pick<CashRow, 'localNumber' | 'takenMs'>,
  desk: Desk,
): PayingCash {
  return {
    ...{ agentId: agent.agentId, agent: agent.masked, payer: payer.masked, localNumber, takenMs },
    returnId: desk.random.bytes(16),
  };
}

/** How the cash stands: by what was kept here, and by the platform's word on the payment. */
export function cashStanding({ caseId }: Pick<Paying, 'caseId'>, desk: Desk): CashStanding {
  if (desk.cash.ledger.find(caseId)?.ended === 'returned') return 'returned';
  const { told } = desk.pay.standing(caseId);
  if (told?.state === 'posted') return 'paid';
  return told !== null && SETTLED.has(told.state) ? 'to-return' : 'held';
}

/** Prints one of the two slips as it stands now; nothing where no printer is there. */
export function printCashSlip(
  side: CashSide,
  paying: Paying,
  { language }: Pick<Visit, 'language'>,
  desk: Desk,
): void {
  const { caseId, matter, owner, amountFen, cash } = paying;
  if (cash === null) return;
  const { agent, payer, localNumber, takenMs } = cash;
  desk.cash.slips.print(slipOf(caseId, side), (copy) =>
    cashSlipBlocks({
      ...{ side, language, owner, agent, payer, amountFen, localNumber, takenMs, copy },
      matterName: listedName(matter.id, desk).name,
      standing: cashStanding(paying, desk),
      receipt: desk.pay.standing(caseId).told?.receipt ?? null,
      place: placeText(desk.site),
      phone: desk.site.support.townPhone,
    }),
  );
}

/** Whether a slip may be printed once more; one that surely did not come out cost no paper. */
export function mayPrintAgain({ caseId }: Pick<Paying, 'caseId'>, side: CashSide, desk: Desk): boolean {
  const slip = slipOf(caseId, side);
  const state = desk.cash.slips.findState(slip);
  if (state === 'printing' || desk.devices().slipPrinter === 'down') return false;
  // The agent's says how it ended: it comes by itself then.
  if (state === null) return side === 'resident';
  const isFree = state === 'not-printed' || state === 'no-printer';
  return isFree || desk.cash.ledger.slips.prints(slip) < MOST_PRINTS;
}

/**
 * Follows the cash of a payment: what the platform says is paid is settled here; the agent's slip is printed once it is
 * known how it ended, and in any case (`isLeaving`) before its page is left.
 */
export function followCash(visit: Visit, desk: Desk, isLeaving: boolean): void {
  const { paying } = visit;
  if (paying === null || paying.cash === null) return;
  const standing = cashStanding(paying, desk);
  if (standing === 'paid' && desk.cash.ledger.find(paying.caseId)?.ended === null)
    desk.cash.ledger.notePaid(paying.caseId);
  const isOver = standing === 'paid' || standing === 'returned';
  const wanted = desk.cash.slips.findState(slipOf(paying.caseId, 'agent')) === null;
  if (wanted && (isLeaving || (isOver && !isAnotherPrinting(paying, desk))))
    printCashSlip('agent', paying, visit, desk);
}

/** One after another: a printer takes none that would have to wait long. */
function isAnotherPrinting({ caseId, filed }: Paying, desk: Desk): boolean {
  const states = [
    desk.cash.slips.findState(slipOf(caseId, 'resident')),
    filed === null ? null : desk.slips.findState(filed.entryId),
  ];
  return states.includes('printing');
}
