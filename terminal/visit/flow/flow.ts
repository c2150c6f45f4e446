/**
 * The flow of pages: what each action does to a visit. Judged again here whatever the screen showed; an
 * action that does not belong to the present page is refused and changes nothing.
 */
import { unreachable } from '../../../base/result.ts';
import type { AnyAction } from '../../api.ts';
import type { Desk } from '../desk.ts';
import { withSitting } from '../sitting.ts';
import type { Visit } from '../visit.ts';
import { agent } from './agent.ts';
import { attach } from './attach.ts';
import { bundle, pastBundle } from './bundle.ts';
import { cash } from './cash.ts';
import { endAuthority, giveAuthority, startForAbsent } from './entrust.ts';
import { notMe, printSlip, submit } from './file.ts';
import { answer, change, dropDraft, resumeDraft, start, typing } from './fill.ts';
import { askAgain, slipByHand, slipCode, slipNumber } from './look-up.ts';
import {
  back,
  find,
  go,
  home,
  language,
  openCase,
  openCategory,
  openGuide,
  openGuides,
  openMatter,
} from './navigate.ts';
import { notice } from './notices.ts';
import { collect, openCollection, openResult, openWithdrawal, supplement, withdraw } from './own-case.ts';
import { arrivedAtBill, lookUpAgain, payBill, withPaymentSlip } from './pay.ts';
import { paperTaken, print } from './print.ts';
import { dropProof, prove, proveCode } from './prove.ts';
import { openRating, rate, skipRating } from './rate.ts';
import {
  arrived,
  askStateAgain,
  consent,
  dispute,
  goOn,
  turnPage,
  withdrawConsent,
  withdrawEarlierConsent,
} from './shared.ts';
import { on, refuse, type Step } from './step.ts';

/** One action on one visit. `second-card`, `set` and `upkeep` belong to the frame and are refused here. */
export function takeAction(visit: Visit, action: AnyAction, desk: Desk): Step {
  const step = withSlipOfPayment(handle(visit, action, desk), desk);
  if (step.visit === null) return step;
  return { ...step, visit: withSitting(visit, arrivedAtBill(arrived(step.visit, desk), desk), desk) };
}

/** Whoever leaves the page of a payment takes its slip along. */
function withSlipOfPayment(step: Step, desk: Desk): Step {
  const { visit } = step;
  if (visit === null || visit.paying === null) return step;
  const isThere = visit.spot.at === 'payment' || visit.trail.some(({ at }) => at === 'payment');
  if (isThere) return step;
  return { ...step, visit: { ...withPaymentSlip(visit, desk, true), paying: null } };
}

function handle(visit: Visit, action: AnyAction, desk: Desk): Step {
  switch (action.type) {
    case 'touch':
      return on(visit);
    case 'leave':
      return on(null);
    case 'second-card':
    case 'set':
    case 'upkeep':
      return refuse(visit, 'not-here');
    case 'language':
      return language(visit, action, desk);
    case 'home':
      return home(visit, action, desk);
    case 'back':
      return back(visit, action, desk);
    case 'go':
      return go(visit, action, desk);
    case 'open-category':
      return openCategory(visit, action, desk);
    case 'open-matter':
      return openMatter(visit, action, desk);
    case 'find':
      return find(visit, action, desk);
    case 'open-guides':
      return openGuides(visit, action, desk);
    case 'open-guide':
      return openGuide(visit, action, desk);
    case 'open-case':
      return openCase(visit, action, desk);
    case 'start':
      return (visit.absent === null ? start : startForAbsent)(visit, action, desk);
    case 'typing':
      return typing(visit, action, desk);
    case 'answer':
      return answer(visit, action, desk);
    case 'attach':
      return attach(visit, action, desk);
    case 'change':
      return change(visit, action, desk);
    case 'resume-draft':
      return resumeDraft(visit, action, desk);
    case 'drop-draft':
      return dropDraft(visit, action, desk);
    case 'prove':
      return prove(visit, action, desk);
    case 'prove-code':
      return proveCode(visit, action, desk);
    case 'drop-proof':
      return dropProof(visit, action, desk);
    case 'cash':
      return cash(visit, action, desk);
    case 'pay-bill':
      return payBill(visit, action, desk);
    case 'submit':
      return visit.filling?.authority?.for === 'giving'
        ? giveAuthority(visit, visit.filling, action.declares, desk)
        : submit(visit, action, desk);
    case 'rate':
      return rate(visit, action, desk);
    case 'open-rating':
      return openRating(visit, action, desk);
    case 'skip-rating':
      return skipRating(visit, action, desk);
    case 'print-slip':
      return printSlip(visit, action, desk);
    case 'print':
      return print(visit, action, desk);
    case 'paper-taken':
      return paperTaken(visit, action, desk);
    case 'slip-by-hand':
      return slipByHand(visit, action, desk);
    case 'slip-number':
      return slipNumber(visit, action, desk);
    case 'slip-code':
      return slipCode(visit, action, desk);
    case 'ask-again':
      if (visit.spot.at === 'bill') return lookUpAgain(visit, action, desk);
      return visit.spot.at === 'slip-answer'
        ? askAgain(visit, action, desk)
        : askStateAgain(visit, action, desk);
    case 'consent':
      return consent(visit, action, desk);
    case 'bundle':
      return bundle(visit, action, desk);
    case 'go-on':
      return visit.spot.at === 'bundle' ? pastBundle(visit, action, desk) : goOn(visit, action, desk);
    case 'turn-page':
      return turnPage(visit, action, desk);
    case 'dispute':
      return dispute(visit, action, desk);
    case 'withdraw-consent':
      return withdrawConsent(visit, action, desk);
    case 'withdraw-earlier-consent':
      return withdrawEarlierConsent(visit, action, desk);
    case 'agent':
      return agent(visit, action, desk);
    case 'notice':
      return notice(visit, action, desk);
    case 'end-authority':
      return endAuthority(visit, action, desk);
    case 'not-me':
      return notMe(visit, action, desk);
    case 'supplement':
      return supplement(visit, action, desk);
    case 'open-withdrawal':
      return openWithdrawal(visit, action, desk);
    case 'withdraw':
      return withdraw(visit, action, desk);
    case 'open-collection':
      return openCollection(visit, action, desk);
    case 'collect':
      return collect(visit, action, desk);
    case 'open-result':
      return openResult(visit, action, desk);
    default:
      return unreachable(action);
  }
}
