/** Matters and answers in words: for the check page, the slip and the desk. */
import { unreachable } from '../base/result.ts';
import { maskedCode } from './code-text.ts';
import { describeParts } from './describe-parts.ts';
import { maskedNumber } from './mask.ts';
import { phoneText } from './phone.ts';
import { findVillageText } from './places.ts';
import type { AnswerValue, Choice, Matter, Question, Text } from './schema.ts';
import { findSpoken, spokenText } from './spoken.ts';
import { dateText, same, yearMonthText, yuanText } from './text.ts';

/** Who reads: at a `screen` or on a slip others may look on, so ID numbers and codes are masked; a `desk` handles it. */
export type Reader = 'screen' | 'desk';

/** What a matter is called. In lists, on slips and in messages a private one is only `neutral`. */
export function displayName(matter: Matter, { inLists }: { readonly inLists: boolean }): Text {
  return inLists && matter.private && matter.neutral !== undefined ? matter.neutral : matter.name.short;
}

/**
 * An answer as people read it. The answer must be one {@link checkAnswer} gave; a value that has become
 * unknown since (a village renamed, a choice gone) is shown as it is. A person's card is only said to have
 * been laid: who it was is the visit's to know.
 */
export function describeAnswer(question: Question, value: AnswerValue, reader: Reader = 'screen'): Text {
  switch (question.type) {
    case 'one-of':
      return choiceText(question.choices, String(value));
    case 'several-of': {
      const chosen = [value].flat().map((one) => choiceText(question.choices, String(one)));
      return { zh: chosen.map(({ zh }) => zh).join('、'), en: chosen.map(({ en }) => en).join('; ') };
    }
    case 'yes-no':
      return value === true ? { zh: '是', en: 'Yes' } : { zh: '不是', en: 'No' };
    case 'quantity':
      return {
        zh: `${value} ${question.unit.zh}`,
        en: `${value} ${value === 1 ? question.unit.enOne : question.unit.en}`,
      };
    case 'date':
      return dateText(String(value));
    case 'phone':
      return same(phoneText(String(value)));
    case 'id-number':
      return same(reader === 'desk' ? String(value) : maskedNumber(String(value)));
    case 'name':
      return same(String(value));
    case 'text': {
      const spoken = findSpoken(value);
      return spoken === undefined ? same(String(value)) : spokenText(spoken);
    }
    case 'village':
      return findVillageText(String(value)) ?? same(String(value));
    case 'person-card':
      return { zh: '身份证已读', en: 'ID card read' };
    case 'code':
      return same(reader === 'desk' ? String(value) : maskedCode(String(value)));
    case 'photo':
      return { zh: '1 张照片', en: '1 photograph' };
    case 'voice':
      return { zh: '1 段录音', en: '1 recording' };
    case 'signature':
      return { zh: '已签名', en: 'Signed' };
    case 'amount':
      return yuanText(Number(value));
    case 'month':
      return yearMonthText(String(value));
    case 'address':
    case 'bank-account':
    case 'members':
    case 'slot':
      return describeParts(question, value, reader);
    case 'declaration':
      return { zh: '已确认', en: 'Confirmed' };
    default:
      return unreachable(question);
  }
}

function choiceText(choices: readonly Choice[], value: string): Text {
  return choices.find((choice) => choice.value === value)?.label ?? same(value);
}
