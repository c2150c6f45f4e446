/** Answers of several parts: an address, a bank account, the members of a family, an appointment, words that were said. */
import { addDays, findDateStartMs } from '../base/calendar.ts';
import { ok } from '../base/result.ts';
import { AGAIN, CHOOSE, type Check, type Checked, checkWords, wrong } from './answer-check.ts';
import { BANKS, findBankNumber } from './bank-account.ts';
import { findIdNumber } from './id-number.ts';
import { findPersonName } from './person-name.ts';
import { findVillage } from './places.ts';
import { RECORDING_SLACK_SECONDS } from './recording.ts';
import type { AnswerParts, Question, Text } from './schema.ts';
import { findSpeechLimit } from './spoken.ts';

/** In characters. */
export const ADDRESS_DETAIL_LENGTH = 60;

const WORDS = {
  village: { zh: '请选一个村', en: 'Please choose a village' },
  detail: { zh: '请写清楚在哪里', en: 'Please say where exactly' },
  bank: { zh: '请选开户银行', en: 'Please choose the bank' },
  bankNumber: { zh: '卡号不对，请再看看卡面', en: 'That is no card number. Please look at the card again' },
  name: { zh: '名字不对，请再看看', en: 'That is no full name. Please look again' },
  number: { zh: '身份证号不对，请再看看', en: 'That is no ID number. Please look again' },
  twice: { zh: '这个人已经填过了', en: 'This person is already there' },
  slot: { zh: '这个时间没有了，请再选', en: 'That time is gone. Please choose again' },
  day: { zh: '请选一天', en: 'Please choose a day' },
  recording: { zh: '请再说一次', en: 'Please say it again' },
  written: { zh: '这里要写字，说的收不了', en: 'This has to be written; spoken words are not taken' },
} as const satisfies Record<string, Text>;

/** Parts by name when `value` is such and has no other than these. */
function findParts(
  value: unknown,
  allowed: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    return undefined;
  return Object.keys(value).every((key) => allowed.includes(key))
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** An {@link AnswerParts} with a village of the county, or without where that is allowed, and words. */
export const checkAddress: Check<'address'> = ({ outside }, value) => {
  const parts = findParts(value, ['village', 'detail']);
  if (parts === undefined) return wrong('wrong-type', AGAIN);
  const { village, detail } = parts;
  if (village === undefined ? !outside : typeof village !== 'string' || !findVillage(village))
    return wrong('no-village', WORDS.village);
  if (detail === undefined) return wrong('missing', WORDS.detail);
  if (typeof detail !== 'string') return wrong('wrong-type', AGAIN);
  if (detail.trim() === '') return wrong('missing', WORDS.detail);
  const words = checkWords(detail, ADDRESS_DETAIL_LENGTH);
  if (!words.ok) return words;
  const settled = { detail: String(words.value) };
  return ok(typeof village === 'string' ? { village, ...settled } : settled);
};

/** A known bank, and a number whose check digit is right. */
export const checkBankAccount: Check<'bank-account'> = (_question, value) => {
  const parts = findParts(value, ['bank', 'number']);
  if (parts === undefined) return wrong('wrong-type', AGAIN);
  const { bank, number } = parts;
  if (typeof bank !== 'string' || !BANKS.some(({ id }) => id === bank))
    return wrong('no-such-choice', WORDS.bank);
  if (typeof number !== 'string') return wrong('wrong-type', AGAIN);
  const digits = findBankNumber(number);
  return digits === undefined ? wrong('no-bank-number', WORDS.bankNumber) : ok({ bank, number: digits });
};

/** As many as asked for, each of a known relation, with a name and the number that is asked for; nobody twice. */
export const checkMembers: Check<'members'> = (question, value, { todayIso }) => {
  if (!Array.isArray(value)) return wrong('wrong-type', AGAIN);
  const { min, max } = question;
  if (value.length < min)
    return wrong('too-few', { zh: `至少要填 ${min} 个人`, en: `Please enter at least ${min}` });
  if (value.length > max) return wrong('too-many', { zh: `最多填 ${max} 个人`, en: `At most ${max} people` });
  const settled: AnswerParts[] = [];
  for (const one of value) {
    const member = checkMember(question, one, todayIso);
    if (!member.ok) return member;
    const parts = member.value as AnswerParts;
    if (settled.some((other) => isSamePerson(other, parts))) return wrong('twice-the-same', WORDS.twice);
    settled.push(parts);
  }
  return ok(settled);
};

/** One member of a family, as {@link checkMembers} takes each of them. */
export function checkMember(
  { relations, numbers }: Extract<Question, { type: 'members' }>,
  value: unknown,
  todayIso: string,
): Checked {
  const parts = findParts(value, numbers === 'no' ? ['relation', 'name'] : ['relation', 'name', 'number']);
  if (parts === undefined) return wrong('wrong-type', AGAIN);
  const { relation, name, number } = parts;
  if (typeof relation !== 'string' || !relations.some((known) => known.value === relation))
    return wrong('no-such-choice', CHOOSE);
  const fullName = typeof name === 'string' ? findPersonName(name) : undefined;
  if (fullName === undefined) return wrong('no-name', WORDS.name);
  if (numbers === 'no' || (numbers === 'wanted' && number === undefined))
    return ok({ relation, name: fullName });
  const idNumber = typeof number === 'string' ? findIdNumber(number, todayIso) : undefined;
  return idNumber === undefined
    ? wrong('no-id-number', WORDS.number)
    : ok({ relation, name: fullName, number: idNumber });
}

function isSamePerson(a: AnswerParts, b: AnswerParts): boolean {
  return a.number === undefined || b.number === undefined ? false : a.number === b.number;
}

/** Words said instead of written: a recording of this visit, no longer than the question takes. */
export const checkSpoken: Check<'text'> = (question, value, { knownRecordings }) => {
  const parts = findParts(value, ['spoken', 'seconds']);
  if (typeof parts?.spoken !== 'string') return wrong('wrong-type', AGAIN);
  const maxSeconds = findSpeechLimit(question);
  if (maxSeconds === undefined) return wrong('must-be-written', WORDS.written);
  const known = knownRecordings.get(parts.spoken);
  if (known === undefined) return wrong('unknown-recording', WORDS.recording);
  // How long it is, is told by the recording, whatever the screen says.
  return known.seconds > maxSeconds + RECORDING_SLACK_SECONDS
    ? wrong('too-long', {
        zh: `太长了，最长 ${maxSeconds} 秒`,
        en: `Too long: at most ${maxSeconds} seconds`,
      })
    : ok({ spoken: parts.spoken, seconds: known.seconds });
};

/** A time the platform offered in this visit, or, where the question takes one, a wish for a day and half of it. */
export const checkSlot: Check<'slot'> = (question, value, { todayIso, knownSlots }) => {
  const parts = findParts(value, ['slot', 'day', 'from', 'wish', 'part']);
  if (parts === undefined) return wrong('wrong-type', AGAIN);
  if (parts.wish === true) return checkWish(question, parts, todayIso);
  const known = typeof parts.slot === 'string' ? knownSlots.get(parts.slot) : undefined;
  if (typeof parts.slot !== 'string' || known === undefined || known.service !== question.service)
    return wrong('unknown-slot', WORDS.slot);
  return ok({ slot: parts.slot, day: known.day, from: known.from });
};

function checkWish(
  { wish, daysAhead }: Extract<Question, { type: 'slot' }>,
  { day, part }: Readonly<Record<string, unknown>>,
  todayIso: string,
): Checked {
  if (!wish) return wrong('unknown-slot', WORDS.slot);
  if (typeof day !== 'string' || findDateStartMs(day) === undefined) return wrong('no-date', WORDS.day);
  if (day <= todayIso) return wrong('too-early', { zh: '最早明天', en: 'Tomorrow at the earliest' });
  if (day > addDays(todayIso, daysAhead))
    return wrong('too-late', { zh: `最多 ${daysAhead} 天以后`, en: `At most ${daysAhead} days ahead` });
  if (part !== 'morning' && part !== 'afternoon') return wrong('no-such-choice', CHOOSE);
  return ok({ wish: true, day, part });
}
