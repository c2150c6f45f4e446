import type { AnswerValue, Question, Text } from '../../../catalog/schema.ts';
import type { WordKey } from '../words/table.ts';
import { wordsOf } from '../words/words.ts';

/** Whether nothing that counts as an answer was given yet. */
export function isUnanswered(question: Question, value: AnswerValue | null): boolean {
  if (value === null || value === '') return true;
  if (question.type === 'declaration') return value !== true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const MISSING: Readonly<Record<Question['type'], WordKey>> = {
  'one-of': 'question.choose',
  'several-of': 'question.chooseSome',
  'yes-no': 'question.choose',
  quantity: 'question.number',
  date: 'question.date',
  phone: 'question.fill',
  'id-number': 'question.fill',
  name: 'question.fill',
  text: 'question.fill',
  village: 'question.choose',
  'person-card': 'question.card',
  code: 'question.code',
  photo: 'photo.first',
  voice: 'voice.first',
  signature: 'signature.first',
  amount: 'question.number',
  month: 'question.month',
  address: 'question.fill',
  'bank-account': 'question.fill',
  members: 'members.first',
  slot: 'slot.first',
  declaration: 'question.declare',
};

/** What to say, in both languages, when the next page is asked for and nothing was answered. */
export function missingWord(question: Question): Text {
  const key = MISSING[question.type];
  return { zh: wordsOf('zh').t(key), en: wordsOf('en').t(key) };
}
