/**
 * Whether answers are right, for every type of question and for a whole form. The screen uses it to help, the
 * terminal and the platform because they trust no screen.
 */
import { addDays, findDateStartMs } from '../base/calendar.ts';
import { err, ok, type Result } from '../base/result.ts';
import { findCodeText } from './code-text.ts';
import { findIdNumber } from './id-number.ts';
import { findPersonName } from './person-name.ts';
import { findPhone } from './phone.ts';
import { findVillage } from './places.ts';
import type { AnswerValue, Question, Text } from './schema.ts';
import { dateText } from './text.ts';

/** What is wrong with one answer. */
export type AnswerProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'no-such-choice'
  | 'chosen-twice'
  | 'out-of-range'
  | 'no-date'
  | 'too-early'
  | 'too-late'
  | 'no-phone'
  | 'no-id-number'
  | 'no-name'
  | 'too-long'
  | 'strange-characters'
  | 'no-village'
  | 'unknown-card'
  | 'own-card'
  | 'unknown-photo'
  | 'no-code'
  | 'not-declared';

/** What is wrong with one answer, and the words that tell the person. */
export interface AnswerProblem {
  readonly code: AnswerProblemCode;
  readonly words: Text;
}

/** A card laid in this visit for a `person-card` question. */
export interface KnownCard {
  /** ISO date, or null when the card told none. */
  readonly birth: string | null;
  /** It has the submitter's own number: it cannot stand for another person. */
  readonly own: boolean;
}

/** What an answer is judged against. */
export interface AnswerContext {
  /** Today in China, ISO. */
  readonly todayIso: string;
  /** By `readId`. */
  readonly knownCards: ReadonlyMap<string, KnownCard>;
  /** What photographs taken in this visit are known by. */
  readonly knownPhotos: ReadonlySet<string>;
}

type Checked = Result<AnswerValue, AnswerProblem>;
type Check<Type extends Question['type']> = (
  question: Extract<Question, { type: Type }>,
  value: NonNullable<unknown>,
  context: AnswerContext,
) => Checked;

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

function wrong(code: AnswerProblemCode, words: Text): Checked {
  return err({ code, words });
}

const AGAIN: Text = { zh: '请再填一次', en: 'Please answer again' };
const CHOOSE: Text = { zh: '请选一个', en: 'Please choose one' };

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
  text: ({ maxLength }, value) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    const text = value.replaceAll(/\r\n?/g, '\n').trim();
    if ([...text].length > maxLength)
      return wrong('too-long', {
        zh: `太长了，最多 ${maxLength} 个字`,
        en: `Too long: at most ${maxLength} characters`,
      });
    if (STRANGE.test(text)) return wrong('strange-characters', AGAIN);
    return ok(text);
  },
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
  photo: (_question, value, context) => {
    if (typeof value !== 'string') return wrong('wrong-type', AGAIN);
    return context.knownPhotos.has(value)
      ? ok(value)
      : wrong('unknown-photo', { zh: '请再拍一张', en: 'Please take the photograph again' });
  },
  declaration: (_question, value) => (value === true ? ok(true) : wrong('not-declared', MISSING.declaration)),
};

/** Control characters but for the end of a line, invisible or direction-changing ones, broken surrogates. */
const STRANGE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

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
