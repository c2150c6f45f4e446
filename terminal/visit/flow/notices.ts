/** What is done with emergency notices: read, acknowledged and answered by the village's agent. */
import { unreachable } from '../../../base/result.ts';
import { NOTICE_FORM } from '../../../catalog/notice-form.ts';
import { checkCase } from '../../cases/check.ts';
import { refusalOfKeep } from '../../cases/file.ts';
import { isAgentAlone } from '../agent-here.ts';
import type { Desk } from '../desk.ts';
import { asksOf, findNotice, readMark } from '../emergencies.ts';
import { atSpot, type Filling, goTo, type Visit, wipeFilling } from '../visit.ts';
import { refusal } from '../words.ts';
import { newFilling, onward, wishOf } from './fill.ts';
import { type Handler, on, refuse, type Step } from './step.ts';

export const notice: Handler<'notice'> = (visit, { command }, desk) => {
  switch (command.do) {
    case 'know':
      return know(visit, desk);
    case 'open':
      return open(visit, command.noticeId, desk);
    case 'answer':
      return answer(visit, desk);
    default:
      return unreachable(command);
  }
};

/** On to the page that waits; an agent's touch says that the village has it, and stays for what may be said next. */
function know(visit: Visit, desk: Desk): Step {
  const { spot } = visit;
  if (spot.at !== 'notice') return refuse(visit, 'not-here');
  const { noticeId, next } = spot;
  const read = { ...visit, noticesRead: [...visit.noticesRead, readMark(noticeId, visit)] };
  const onwards = { ...read, spot: next };
  if (asksOf(visit, desk.emergencies.standingOf(noticeId)) !== 'acknowledge') return on(onwards);
  const said = desk.emergencies.acknowledge(noticeId);
  // The machine goes on asking: a full one may be empty again soon.
  if (!said.ok) return refuse(onwards, refusalOfKeep(said.error));
  return on(isAgentAlone(visit) ? { ...read, spot: { ...spot } } : onwards);
}

/** From the page of an agent alone. */
function open(visit: Visit, noticeId: string, desk: Desk): Step {
  const isThere = visit.spot.at === 'agent-desk' && isAgentAlone(visit);
  if (!isThere || findNotice(noticeId, desk) === undefined) return refuse(visit, 'not-here');
  return on({ ...visit, spot: { at: 'notice', noticeId, next: visit.spot } });
}

/** To the first question of how things stand. */
function answer(visit: Visit, desk: Desk): Step {
  const { spot } = visit;
  if (spot.at !== 'notice' || asksOf(visit, desk.emergencies.standingOf(spot.noticeId)) !== 'answer')
    return refuse(visit, 'not-here');
  const filling = { ...newFilling(NOTICE_FORM, 'open', desk), notice: spot.noticeId };
  return on(goTo({ ...visit, filling }, onward(visit, filling, null, desk)));
}

/** Hands in how things stand, as it was checked; it goes up before everything else. */
export function submitAnswer(visit: Visit, filling: Filling, noticeId: string, desk: Desk): Step {
  const context = { crypto: desk.crypto, time: desk.time, online: desk.online() };
  const checked = checkCase(wishOf(visit, filling, desk), context);
  if (!checked.ok)
    return refuse(
      visit,
      checked.error.code,
      checked.error.words ?? undefined,
      checked.error.questionId ?? undefined,
    );
  const { submissionId } = filling.ids;
  const said = desk.emergencies.answer(noticeId, checked.value, { submissionId, lang: visit.language });
  if (!said.ok) {
    const refused = refusal(refusalOfKeep(said.error));
    const problem = { code: refused.code, words: refused.words };
    return { visit: { ...visit, filling: { ...filling, problem } }, refusal: refused };
  }
  wipeFilling(filling);
  const there = atSpot({ ...visit, filling: null }, { at: 'notice', noticeId, next: { at: 'agent-desk' } });
  return on({ ...there, trail: [] });
}
