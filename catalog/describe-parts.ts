/** Answers of several parts in words. */
import { BANKS, bankNumberText } from './bank-account.ts';
import type { Reader } from './describe.ts';
import { maskedNumber } from './mask.ts';
import { findVillageText } from './places.ts';
import type { AnswerParts, AnswerValue, Question, Text } from './schema.ts';
import { dayText, same } from './text.ts';

type QuestionOfParts = Extract<Question, { type: 'address' | 'bank-account' | 'members' | 'slot' }>;

/** An answer of parts as people read it; numbers are whole for a desk alone. */
export function describeParts(question: QuestionOfParts, value: AnswerValue, reader: Reader): Text {
  const [first = {}, ...rest] = [value].flat().filter((one) => typeof one === 'object') as AnswerParts[];
  switch (question.type) {
    case 'address':
      return addressText(first);
    case 'bank-account':
      return bankText(first, reader);
    case 'members':
      return joined([first, ...rest].map((member) => memberText(question, member, reader)));
    case 'slot':
      return slotText(first);
  }
}

function addressText({ village, detail }: AnswerParts): Text {
  const where = village === undefined ? undefined : findVillageText(String(village));
  const words = String(detail ?? '');
  return where === undefined ? same(words) : { zh: `${where.zh}${words}`, en: `${words}, ${where.en}` };
}

function bankText({ bank, number }: AnswerParts, reader: Reader): Text {
  const name = BANKS.find(({ id }) => id === bank)?.name ?? same(String(bank ?? ''));
  const digits = String(number ?? '');
  const shown = reader === 'desk' ? bankNumberText(digits) : `尾号 ${digits.slice(-4)}`;
  return {
    zh: `${name.zh} ${shown}`,
    en: `${name.en} ${reader === 'desk' ? shown : `ending in ${digits.slice(-4)}`}`,
  };
}

function memberText(
  { relations }: Extract<Question, { type: 'members' }>,
  { relation, name, number }: AnswerParts,
  reader: Reader,
): Text {
  const known = relations.find(({ value }) => value === relation)?.label ?? same(String(relation ?? ''));
  const digits = number === undefined ? '' : ` ${reader === 'desk' ? number : maskedNumber(String(number))}`;
  return { zh: `${known.zh} ${name ?? ''}${digits}`, en: `${known.en} ${name ?? ''}${digits}` };
}

const HALF_DAYS: Readonly<Record<string, Text>> = {
  morning: { zh: '上午', en: 'morning' },
  afternoon: { zh: '下午', en: 'afternoon' },
};

function slotText({ day, from, part, wish }: AnswerParts): Text {
  const date = dayText(String(day ?? ''));
  if (wish !== true) return { zh: `${date.zh} ${from ?? ''}`, en: `${date.en}, ${from ?? ''}` };
  const half = HALF_DAYS[String(part)] ?? same('');
  return { zh: `想约 ${date.zh}${half.zh}`, en: `Wished for: ${date.en}, ${half.en}` };
}

function joined(texts: readonly Text[]): Text {
  return { zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') };
}
