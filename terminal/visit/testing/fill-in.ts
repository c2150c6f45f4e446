/** Ways through a matter that many tests take. */
import type { AnswerValue, Basis } from '../../../catalog/schema.ts';
import type { ActResult } from '../../api.ts';
import type { Bench } from './bench.ts';

/** The old-age allowance for oneself, in full. */
export const ALLOWANCE = {
  'pay-to': 'social-card',
  lives: 'as-on-card',
  phone: '13800138000',
  'true-words': true,
} as const;

/** Temporary assistance, a private matter, for oneself, in full. */
export const ASSISTANCE = {
  trouble: ['income'],
  since: '2026-06-01',
  people: 3,
  earning: false,
  'pay-to': 'later',
  phone: '13800138000',
  more: '',
  'may-check': true,
  'true-words': true,
} as const;

/** A problem report without a name, in full. */
export const REPORT = {
  what: 'lamp',
  village: '330624108201',
  place: '桥头',
  words: '路灯三天不亮',
  photo: '',
  'wants-answer': false,
} as const;

/** Opens a matter from a page of tiles and starts it. */
export function opened(bench: Bench, matterId: string, basis: Basis): ActResult {
  bench.act({ type: 'open-matter', matterId });
  return bench.act({ type: 'start', basis });
}

/** Answers each question shown with what `values` has for it; stops where it has nothing. */
export function answerAll(
  bench: Bench,
  values: Readonly<Record<string, AnswerValue | readonly string[]>>,
): void {
  for (let page = bench.page(); page.kind === 'question'; page = bench.page()) {
    const value = values[page.question.id];
    if (value === undefined) return;
    const given = structuredClone(value) as AnswerValue;
    const result = bench.act({ type: 'answer', questionId: page.question.id, value: given });
    if (!result.ok) throw new Error(`${page.question.id}: ${result.error.words.zh}`);
  }
  declare(bench, values);
}

/** Makes the declaration of the check page where `values` has it, so that it is handed in by a touch of its own. */
function declare(bench: Bench, values: Readonly<Record<string, unknown>>): void {
  const page = bench.page();
  const questionId = page.kind === 'check' ? page.declares?.questionId : undefined;
  if (questionId !== undefined && values[questionId] === true)
    bench.act({ type: 'answer', questionId, value: true });
}
