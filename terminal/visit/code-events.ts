/**
 * What a scanned code means at the moment it is held: an answer where the question shown asks for one, a slip where
 * a page of the look-up is shown, and nothing anywhere else. It is data: it is checked, and never typed or run.
 */
import { WRONG_CODE } from '../../catalog/answers.ts';
import { findCodeText } from '../../catalog/code-text.ts';
import type { Question } from '../../catalog/schema.ts';
import type { CodeScan, ScannerEvent, Symbology } from '../../drivers/api.ts';
import type { Desk } from './desk.ts';
import { findAtOwnSlip, withScannedSlip } from './flow/look-up.ts';
import { withScannedPhoneCode } from './flow/phone.ts';
import type { PresenceState } from './presence.ts';
import type { Filling, Visit } from './visit.ts';

type CodeQuestion = Extract<Question, { type: 'code' }>;

/** The visit after a scan; `undefined` where no page shown asks for one, and it is let go of unread. */
export function findAfterScan(
  visit: Visit,
  event: ScannerEvent,
  presence: PresenceState['at'],
  desk: Desk,
): Visit | undefined {
  const { spot, filling, person } = visit;
  // Whoever came by a code shows by another one that they are still here.
  if (presence === 'challenged' && person?.phone != null) return withScannedPhoneCode(visit, event, desk);
  if (presence !== 'active') return undefined;
  if (spot.at === 'phone-code') return withScannedPhoneCode(visit, event, desk);
  if (spot.at === 'slip-lookup' || spot.at === 'slip-answer') return withScannedSlip(visit, event, desk);
  if (spot.at === 'home' || spot.at === 'my-cases') return findAtOwnSlip(visit, event, desk);
  if (spot.at !== 'question' || filling === null) return undefined;
  const question = filling.matter.questions.find(({ id }) => id === spot.questionId);
  return question?.type === 'code' ? withCode(visit, filling, question, event) : undefined;
}

/** A code that fits is held until the next page is asked for; one that does not is not held at all. */
function withCode(visit: Visit, filling: Filling, question: CodeQuestion, event: ScannerEvent): Visit {
  const without = { ...filling, typing: null, problem: null };
  if (event.type === 'unreadable') return { ...visit, codeMoment: 'unreadable', filling: without };
  const text = fits(question, event.code);
  if (text === undefined) {
    const problem = { code: 'no-code', words: WRONG_CODE };
    return { ...visit, codeMoment: 'waiting', filling: { ...without, problem } };
  }
  const typing = { questionId: question.id, value: text };
  return { ...visit, codeMoment: 'read', filling: { ...without, typing } };
}

/** A scanner that names no kind of code is believed. */
function fits(question: CodeQuestion, { symbology, text }: CodeScan): string | undefined {
  const kinds: readonly Symbology[] | undefined = question.accepts;
  if (symbology !== null && kinds !== undefined && !kinds.includes(symbology)) return undefined;
  return findCodeText(text, question);
}
