/** Answers made from a matter's own questions, right ones and wrong ones, for property tests. */
import fc from 'fast-check';
import { addDays, addMonths } from '../../base/calendar.ts';
import type { AnswerContext, AnswerProblemCode } from '../answers.ts';
import { answersInView } from '../conditions.ts';
import { TOWNS } from '../places.ts';
import type { Answers, AnswerValue, Basis, Matter, Question } from '../schema.ts';
import { findSpeechLimit } from '../spoken.ts';
import { arbitraryIdNumber } from './arbitrary-id-number.ts';
import { arbitraryParts, wrongParts } from './arbitrary-parts.ts';

const VILLAGE_CODES = TOWNS.flatMap(({ villages }) => villages.map(({ code }) => code));
/** A date question without limits is tried this far round today. */
const FREE_DAYS = 20_000;
const FREE_MONTHS = 600;

type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>;

/** Any right answer to a question, already in its settled form. */
export function arbitraryAnswer(question: Question, context: AnswerContext): fc.Arbitrary<AnswerValue> {
  switch (question.type) {
    case 'one-of':
      return fc.constantFrom(...question.choices.map(({ value }) => value));
    case 'several-of':
      return fc.subarray(
        question.choices.map(({ value }) => value),
        { minLength: 1 },
      );
    case 'yes-no':
      return fc.boolean();
    case 'quantity':
      return fc.integer({ min: question.min, max: question.max });
    case 'date':
      return fc
        .integer({ min: question.minDays ?? -FREE_DAYS, max: question.maxDays ?? FREE_DAYS })
        .map((days) => addDays(context.todayIso, days));
    case 'phone':
      return fc.oneof(
        fc.nat(999_999_999).map((rest) => `13${String(rest).padStart(9, '0')}`),
        fc.nat(9_999_999).map((rest) => `05758${String(rest).padStart(7, '0')}`),
      );
    case 'id-number':
      return arbitraryIdNumber.filter((number) => isBornBy(number, context.todayIso));
    case 'name':
      return fc.constantFrom('陈小初', '欧阳文', '阿卜杜拉·买买提', '㐆𠀀', 'Maria del Carmen');
    case 'text': {
      const written = fc
        .array(fc.constantFrom('桥', '边', '，', 'a', '7', '<', '\n', '𠮷'), {
          maxLength: question.maxLength,
        })
        .map((characters) => characters.join('').trim())
        .filter((text) => text !== '');
      const said = [...context.knownRecordings].map(([spoken, { seconds }]) => ({ spoken, seconds }));
      const mayBeSaid = findSpeechLimit(question) !== undefined && said.length > 0;
      return mayBeSaid ? fc.oneof(written, fc.constantFrom(...said)) : written;
    }
    case 'village':
      return fc.constantFrom(...VILLAGE_CODES);
    case 'person-card': {
      const others = [...context.knownCards].filter(([, { own }]) => !own);
      return fc.constantFrom(...others.map(([readId]) => readId));
    }
    case 'code':
      return fc.constantFrom(codeThatFits(question));
    case 'photo':
    case 'signature':
      return fc.constantFrom(...context.knownPhotos);
    case 'voice':
      return fc.constantFrom(...context.knownRecordings.keys());
    case 'amount':
      return fc.integer({ min: question.minFen, max: question.maxFen });
    case 'month':
      return fc
        .integer({ min: question.minMonths ?? -FREE_MONTHS, max: question.maxMonths ?? FREE_MONTHS })
        .map((months) => addMonths(context.todayIso, months));
    case 'address':
    case 'bank-account':
    case 'members':
    case 'slot':
      return arbitraryParts(question, context);
    case 'declaration':
      return fc.constant(true);
  }
}

/** Any complete form: right answers to every question that is asked on those answers. */
export function arbitraryForm(matter: Matter, basis: Basis, context: AnswerContext): fc.Arbitrary<Answers> {
  const all = matter.questions.map(({ id, ...rest }) => [
    id,
    arbitraryAnswer({ id, ...rest } as Question, context),
  ]);
  return fc
    .record(Object.fromEntries(all) as Record<string, fc.Arbitrary<AnswerValue>>)
    .map((answers) => answersInView(matter, basis, answers));
}

/** Answers that are wrong for this question, each with the code it must be refused with. */
export function wrongAnswers(
  question: Question,
  { todayIso }: AnswerContext,
): readonly (readonly [unknown, AnswerProblemCode])[] {
  const nothing = [[null, 'missing'] as const, [undefined, 'missing'] as const];
  const strangers = [{ zh: 'x' }, Number.NaN, 0.5, Number.POSITIVE_INFINITY, () => 1, 1n]
    .map((value) => [value, 'wrong-type'] as const)
    .filter(() => question.type !== 'declaration');
  return [...nothing, ...strangers, ...wrongByType(question, todayIso)];
}

function wrongByType(
  question: Question,
  todayIso: string,
): readonly (readonly [unknown, AnswerProblemCode])[] {
  switch (question.type) {
    case 'one-of':
      return [
        ['no-such-choice-here', 'no-such-choice'],
        [true, 'wrong-type'],
      ];
    case 'several-of': {
      const [first] = question.choices;
      return [
        [[], 'missing'],
        [first?.value, 'wrong-type'],
        [[first?.value, 'no-such-choice-here'], 'no-such-choice'],
        [[first?.value, first?.value], 'chosen-twice'],
        [[1], 'wrong-type'],
      ];
    }
    case 'yes-no':
      return [['true', 'wrong-type']];
    case 'quantity':
      return [
        [question.min - 1, 'out-of-range'],
        [question.max + 1, 'out-of-range'],
        [String(question.min), 'wrong-type'],
      ];
    case 'date': {
      const early =
        question.minDays === undefined ? [] : [[addDays(todayIso, question.minDays - 1), 'too-early']];
      const late =
        question.maxDays === undefined ? [] : [[addDays(todayIso, question.maxDays + 1), 'too-late']];
      return [
        ['2025-02-29', 'no-date'],
        ['2025-6-1', 'no-date'],
        ...([...early, ...late] as [string, AnswerProblemCode][]),
      ];
    }
    case 'phone':
      return ['12345678901', '1380657123', '010861200001', '0108612000', '96110x', '+1 202 555 0100'].map(
        (typed) => [typed, 'no-phone'] as const,
      );
    case 'id-number':
      return ['110105194912310021', '11010519490231002X', '110105491231002', 'PAK310080010103'].map(
        (typed) => [typed, 'no-id-number'] as const,
      );
    case 'name':
      return ['陈', '陈3', '·陈小初', '陈·', '陈··初', '陈<b>', 'x'.repeat(61)].map(
        (typed) => [typed, 'no-name'] as const,
      );
    case 'text':
      return [
        ['  \n ', 'missing'],
        ['长'.repeat(question.maxLength + 1), 'too-long'],
        ['\u001b@', 'strange-characters'],
        ['a\u202eb', 'strange-characters'],
        ['\ud800', 'strange-characters'],
        [
          { spoken: '0'.repeat(32), seconds: 3 },
          findSpeechLimit(question) === undefined ? 'must-be-written' : 'unknown-recording',
        ],
        [{ spoken: 0, seconds: 3 }, 'wrong-type'],
      ];
    case 'village':
      return [
        ['330624108999', 'no-village'],
        ['沙溪镇董村', 'no-village'],
      ];
    case 'person-card':
      return [['0'.repeat(32), 'unknown-card']];
    case 'photo':
    case 'signature':
      return [
        ['0'.repeat(32), 'unknown-photo'],
        [true, 'wrong-type'],
      ];
    case 'voice':
      return [
        ['0'.repeat(32), 'unknown-recording'],
        [true, 'wrong-type'],
      ];
    case 'amount':
      return [
        [question.minFen - 1, 'out-of-range'],
        [question.maxFen + 1, 'out-of-range'],
        ['100', 'wrong-type'],
      ];
    case 'month': {
      const { minMonths, maxMonths } = question;
      return [
        ['2026-13', 'no-date'],
        ['2026-6', 'no-date'],
        ...(minMonths === undefined ? [] : [[addMonths(todayIso, minMonths - 1), 'too-early'] as const]),
        ...(maxMonths === undefined ? [] : [[addMonths(todayIso, maxMonths + 1), 'too-late'] as const]),
      ];
    }
    case 'address':
    case 'bank-account':
    case 'members':
    case 'slot':
      return wrongParts(question, todayIso);
    case 'code':
      return [
        ['   ', 'missing'],
        [`${codeThatFits(question)}\u001b`, 'no-code'],
        [`a\nb`, 'no-code'],
        ['0'.repeat(question.maxLength + 1), 'no-code'],
      ];
    case 'declaration':
      return [
        [false, 'not-declared'],
        ['true', 'not-declared'],
      ];
  }
}

/** The shortest code that follows the pattern. */
function codeThatFits({ pattern = [{ of: 'digits', min: 1, max: 1 }] }: QuestionOf<'code'>): string {
  const sample = { digits: '7', capitals: 'Y', letters: 'z', 'letters-digits': '3', any: '.' };
  return pattern
    .map((part) => ('exactly' in part ? part.exactly : sample[part.of].repeat(part.min)))
    .join('');
}

function isBornBy(number: string, todayIso: string): boolean {
  return number.slice(6, 14) <= todayIso.replaceAll('-', '');
}
