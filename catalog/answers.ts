/**
 * Whether answers are right, for every type of question and for a whole form. The screen uses it to help, the
 * terminal and the platform because they trust no screen.
 */
import { addDays, addMonths, findDateStartMs } from '../base/calendar.ts';
import { ok } from '../base/result.ts';
import {
  AGAIN,
  type AnswerContext,
  type AnswerProblemCode,
  CHOOSE,
  type Check,
  type Checked,
  checkWords,
  wrong,
} from './answer-check.ts';
import { checkAddress, checkBankAccount, checkMembers, checkSlot, checkSpoken } from './answer-parts.ts';
import { findCodeText } from './code-text.ts';
import { findIdNumber } from './id-number.ts';
import { findPersonName } from './person-name.ts';
import { findPhone } from './phone.ts';
import { findVillage } from './places.ts';
import type { Question, Text } from './schema.ts';
import { dateText, yearMonthText, yuanText } from './text.ts';

export type {
  AnswerContext,
  AnswerProblem,
  AnswerProblemCode,
  KnownCard,
  KnownRecording,
  KnownSlot,
} from './answer-check.ts';

/**
 * The answer in its settled form (a phone as digits, a name with its dot), or what is wrong with it. Nothing
 * at all (`null`, empty words, no choice) is `missing`, for an optional question too: leaving that empty means
 * having no answer.
 */
export function checkAnswer(question: Question, value: unknown, context: AnswerContext): Checked {
  if (value === null || value === undefined || isEmpty(value))
    return wrong('missing', MISSING[question.type]);
  const check = CHECKS[question.type] as Check<Question['type']>;
  return check(question, value, context);
}

function isEmpty(value: NonNullable<unknown>): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === 'string' && value.trim() === '';
}

/** A code that is not the one asked for. */
export const WRONG_CODE: Text = { zh: '这个码不对', en: 'This is not the right code' };

const MISSING: Readonly<Record<Question['type'], Text>> = {
  'one-of': CHOOSE,
  'several-of': { zh: '请至少选一个', en: 'Please choose at least one' },
  'yes-no': CHOOSE,
  quantity: { zh: '请填个数', en: 'Please enter a number' },
  date: { zh: '请选一天', en: 'Please choose a day' },
  phone: { zh: '请填电话号码', en: 'Please enter a phone number' },
  'id-number': { zh: '请填身份证号', en: 'Please enter the ID number' },
  name: { zh: '请填名字', en: 'Please enter the name' },
  text: { zh: '请写一两句', en: 'Please write a few words' },
  village: { zh: '请选一个村', en: 'Please choose a village' },
  'person-card': { zh: '请放身份证', en: 'Please lay the ID card' },
  photo: { zh: '请拍一张', en: 'Please take a photograph' },
  code: { zh: '请扫码', en: 'Please scan the code' },
  voice: { zh: '请说几句', en: 'Please say a few words' },
  signature: { zh: '请签名', en: 'Please sign' },
  amount: { zh: '请填多少钱', en: 'Please enter how much' },
  month: { zh: '请选一个月', en: 'Please choose a month' },
  address: { zh: '请填地址', en: 'Please enter the address' },
  'bank-account': { zh: '请填银行卡', en: 'Please enter the bank card' },
  members: { zh: '请填家里人', en: 'Please enter the members of the family' },
  slot: { zh: '请选时间', en: 'Please choose a time' },
  declaration: { zh: '同意了才能往下办', en: 'This has to be agreed to go on' },
};

/** A check of words: wrong type, else what `settle` finds, else the problem. */
function wordsCheck(
  settle: (typed: string, context: AnswerContext) => string | undefined,
  code: AnswerProblemCode,
  words: Text,
): (question: Question, value: NonNullable<unknown>, context: AnswerContext) => Checked {
  return (_question, value, context) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    const settled = settle(value, context);
    return settled === undefined ? wrong(code, words) : ok(settled);
  };
}

/** A check of an answer that names what the visit holds. */
function heldCheck(
  held: 'knownPhotos' | 'knownRecordings',
  code: AnswerProblemCode,
  words: Text,
): (question: Question, value: NonNullable<unknown>, context: AnswerContext) => Checked {
  return (_question, value, context) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    return context[held].has(value) ? ok(value) : wrong(code, words);
  };
}

const CHECKS: { readonly [Type in Question['type']]: Check<Type> } = {
  'one-of': (question, value) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    const known = question.choices.some((choice) => choice.value === value);
    return known ? ok(value) : wrong('no-such-choice', CHOOSE);
  },
  'several-of': (question, value) => {
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
      return wrong('wrong-type', AGAIN);
    const known = question.choices.map((choice) => choice.value);
    if (!value.every((one) => known.includes(one))) return wrong('no-such-choice', AGAIN);
    if (new Set(value).size !== value.length) return wrong('chosen-twice', AGAIN);
    return ok(known.filter((choice) => value.includes(choice)));
  },
  'yes-no': (_question, value) => (typeof value === 'boolean' ? ok(value) : wrong('wrong-type', AGAIN)),
  quantity: ({ min, max, unit }, value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong('wrong-type', AGAIN);
    if (value >= min && value <= max) return ok(value === 0 ? 0 : value);
    return wrong('out-of-range', {
      zh: `请填 ${min} 到 ${max} ${unit.zh}`,
      en: `Please enter ${min} to ${max} ${unit.en}`,
    });
  },
  date: (question, value, context) => checkDate(question, value, context.todayIso),
  phone: wordsCheck(findPhone, 'no-phone', {
    zh: '号码不对，请再看看。手机是 11 位',
    en: 'That is no phone number. A mobile has 11 digits',
  }),
  'id-number': wordsCheck((typed, { todayIso }) => findIdNumber(typed, todayIso), 'no-id-number', {
    zh: '身份证号不对，请再看看',
    en: 'That is no ID number. Please look again',
  }),
  name: wordsCheck(findPersonName, 'no-name', {
    zh: '名字不对，请再看看',
    en: 'That is no full name. Please look again',
  }),
  text: (question, value, context) =>
    typeof value === 'string' ? checkWords(value, question.maxLength) : checkSpoken(question, value, context),
  village: wordsCheck((code) => findVillage(code)?.village.code, 'no-village', MISSING.village),
  'person-card': (_question, value, context) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    const card = context.knownCards.get(value);
    if (card === undefined)
      return wrong('unknown-card', { zh: '请再放一次身份证', en: 'Please lay the ID card again' });
    if (card.own)
      return wrong('own-card', {
        zh: '这是您自己的身份证，请放另一位的',
        en: 'This is your own ID card. Please lay the other person’s',
      });
    return ok(value);
  },
  code: (question, value) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    const text = findCodeText(value, question);
    return text === undefined ? wrong('no-code', WRONG_CODE) : ok(text);
  },
  photo: heldCheck('knownPhotos', 'unknown-photo', {
    zh: '请再拍一张',
    en: 'Please take the photograph again',
  }),
  signature: heldCheck('knownPhotos', 'unknown-photo', { zh: '请再签一次', en: 'Please sign again' }),
  voice: heldCheck('knownRecordings', 'unknown-recording', { zh: '请再说一次', en: 'Please say it again' }),
  amount: ({ minFen, maxFen }, value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong('wrong-type', AGAIN);
    if (value >= minFen && value <= maxFen) return ok(value === 0 ? 0 : value);
    const [least, most] = [yuanText(minFen), yuanText(maxFen)];
    return wrong('out-of-range', {
      zh: `请填 ${least.zh} 到 ${most.zh}`,
      en: `Please enter ${least.en} to ${most.en}`,
    });
  },
  month: (question, value, context) => checkMonth(question, value, context.todayIso),
  address: checkAddress,
  'bank-account': checkBankAccount,
  members: checkMembers,
  slot: checkSlot,
  declaration: (_question, value) => (value === true ? ok(true) : wrong('not-declared', MISSING.declaration)),
};

function checkDate(
  { minDays, maxDays }: Extract<Question, { type: 'date' }>,
  value: NonNullable<unknown>,
  todayIso: string,
): Checked {
  if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
  if (findDateStartMs(value) === undefined)
    return wrong('no-date', { zh: '没有这一天，请再选', en: 'There is no such day. Please choose again' });
  const first = minDays === undefined ? undefined : addDays(todayIso, minDays);
  const last = maxDays === undefined ? undefined : addDays(todayIso, maxDays);
  if (first !== undefined && value < first) {
    const day = dateText(first);
    return wrong('too-early', { zh: `最早 ${day.zh}`, en: `${day.en} at the earliest` });
  }
  if (last !== undefined && value > last) {
    const day = dateText(last);
    return wrong('too-late', { zh: `最晚 ${day.zh}`, en: `${day.en} at the latest` });
  }
  return ok(value);
}

function checkMonth(
  { minMonths, maxMonths }: Extract<Question, { type: 'month' }>,
  value: NonNullable<unknown>,
  todayIso: string,
): Checked {
  if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
  if (!/^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(value)) return wrong('no-date', MISSING.month);
  const first = minMonths === undefined ? undefined : addMonths(todayIso, minMonths);
  const last = maxMonths === undefined ? undefined : addMonths(todayIso, maxMonths);
  if (first !== undefined && value < first) {
    const month = yearMonthText(first);
    return wrong('too-early', { zh: `最早 ${month.zh}`, en: `${month.en} at the earliest` });
  }
  if (last !== undefined && value > last) {
    const month = yearMonthText(last);
    return wrong('too-late', { zh: `最晚 ${month.zh}`, en: `${month.en} at the latest` });
  }
  return ok(value);
}
