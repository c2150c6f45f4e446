/** Answers of several parts, right ones and wrong ones, for property tests. */
import fc from 'fast-check';
import { addDays } from '../../base/calendar.ts';
import type { AnswerContext, AnswerProblemCode } from '../answers.ts';
import { BANKS, bankCheckDigit } from '../bank-account.ts';
import { TOWNS } from '../places.ts';
import type { AnswerValue, Question } from '../schema.ts';
import { arbitraryIdNumber } from './arbitrary-id-number.ts';

type OfParts = Extract<Question, { type: 'address' | 'bank-account' | 'members' | 'slot' }>;

const VILLAGE_CODES = TOWNS.flatMap(({ villages }) => villages.map(({ code }) => code));

/** The longest name there is, one of a minority with its dots, rare characters, one in Latin letters. */
export const NAMES = [
  '陈小初',
  '欧阳文',
  '阿卜杜拉·买买提',
  '㐆𠀀',
  'Maria del Carmen',
  `${'买'.repeat(29)}·${'提'.repeat(30)}`,
] as const;

/** Any card number whose check digit is right. */
const arbitraryBankNumber: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(15, 18), fc.nat(999_999_999))
  .map(([length, seed]) => {
    const digits = `62${String(seed).padStart(9, '0')}${'7'.repeat(9)}`.slice(0, length);
    return `${digits}${bankCheckDigit(digits)}`;
  });

/** Any right answer of parts, in its settled form. */
export function arbitraryParts(
  question: OfParts,
  { todayIso, knownSlots }: AnswerContext,
): fc.Arbitrary<AnswerValue> {
  switch (question.type) {
    case 'address': {
      const detail = fc.constantFrom('桥头 3 号', '12 号', '𠮷家岙老祠堂旁边');
      const inside = fc.record({ village: fc.constantFrom(...VILLAGE_CODES), detail });
      return question.outside ? fc.oneof(inside, fc.record({ detail })) : inside;
    }
    case 'bank-account':
      return fc.record({
        bank: fc.constantFrom(...BANKS.map(({ id }) => id)),
        number: arbitraryBankNumber,
      });
    case 'members':
      return fc.uniqueArray(arbitraryMember(question, todayIso), {
        minLength: question.min,
        maxLength: question.max,
        selector: (member) => ('number' in member ? member.number : JSON.stringify(member)),
      });
    case 'slot': {
      const real = [...knownSlots].filter(([, { service }]) => service === question.service);
      const wish = fc.record({
        wish: fc.constant(true),
        day: fc.integer({ min: 1, max: question.daysAhead }).map((days) => addDays(todayIso, days)),
        part: fc.constantFrom('morning', 'afternoon'),
      });
      const slots = real.map(([slot, { day, from }]) => fc.constant({ slot, day, from }));
      return question.wish ? fc.oneof(wish, ...slots) : fc.oneof(...slots);
    }
  }
}

function arbitraryMember(
  { relations, numbers }: Extract<Question, { type: 'members' }>,
  todayIso: string,
): fc.Arbitrary<Record<string, string>> {
  const known = {
    relation: fc.constantFrom(...relations.map(({ value }) => value)),
    name: fc.constantFrom(...NAMES),
  };
  if (numbers === 'no') return fc.record(known);
  const born = arbitraryIdNumber.filter((number) => number.slice(6, 14) <= todayIso.replaceAll('-', ''));
  const numbered = fc.record({ ...known, number: born });
  return numbers === 'needed' ? numbered : fc.oneof(fc.record(known), numbered);
}

/** Answers of parts that are wrong, each with the code it must be refused with. */
export function wrongParts(
  question: OfParts,
  todayIso: string,
): readonly (readonly [unknown, AnswerProblemCode])[] {
  const [village = ''] = VILLAGE_CODES;
  switch (question.type) {
    case 'address':
      return [
        ['桥头 3 号', 'wrong-type'],
        [{ village }, 'missing'],
        [{ village, detail: '  ' }, 'missing'],
        [{ village: '330624108999', detail: '桥头' }, 'no-village'],
        [{ village, detail: '长'.repeat(61) }, 'too-long'],
        [{ village, detail: '桥\u001b头' }, 'strange-characters'],
        [{ village, detail: '桥头', more: 'x' }, 'wrong-type'],
        ...(question.outside ? [] : [[{ detail: '桥头' }, 'no-village'] as const]),
      ];
    case 'bank-account': {
      const digits = '622848001234567';
      const check = bankCheckDigit(digits);
      return [
        ['6228480012345670', 'wrong-type'],
        [{ bank: 'no-such-bank', number: `${digits}${check}` }, 'no-such-choice'],
        [{ bank: 'agricultural', number: `${digits}${(Number(check) + 1) % 10}` }, 'no-bank-number'],
        [{ bank: 'agricultural', number: '12345' }, 'no-bank-number'],
        [{ bank: 'agricultural' }, 'wrong-type'],
      ];
    }
    case 'members':
      return wrongMembers(question);
    case 'slot':
      return [
        ['tomorrow', 'wrong-type'],
        [{ slot: 'made-up' }, 'unknown-slot'],
        [{ wish: true, day: todayIso, part: 'morning' }, question.wish ? 'too-early' : 'unknown-slot'],
        ...(question.wish
          ? ([
              [{ wish: true, day: addDays(todayIso, question.daysAhead + 1), part: 'morning' }, 'too-late'],
              [{ wish: true, day: addDays(todayIso, 1), part: 'night' }, 'no-such-choice'],
              [{ wish: true, day: '2026-02-30', part: 'morning' }, 'no-date'],
            ] as const)
          : []),
      ];
  }
}

function wrongMembers({
  relations,
  min,
  max,
  numbers,
}: Extract<Question, { type: 'members' }>): readonly (readonly [unknown, AnswerProblemCode])[] {
  const relation = relations[0]?.value;
  const right = { relation, name: '陈小初', ...(numbers === 'no' ? {} : { number: '11010519491231002X' }) };
  const filled = (one: unknown) => [one, ...Array.from({ length: Math.max(0, min - 1) }, () => right)];
  return [
    ['陈小初', 'wrong-type'],
    [Array.from({ length: max + 1 }, () => right), 'too-many'],
    [filled({ ...right, relation: 'no-such-relation' }), 'no-such-choice'],
    [filled({ ...right, name: '陈3' }), 'no-name'],
    [filled({ ...right, more: 'x' }), 'wrong-type'],
    ...(numbers === 'no'
      ? []
      : [[filled({ ...right, number: '110105194912310021' }), 'no-id-number'] as const]),
    ...(numbers !== 'no' && max >= 2
      ? [[[right, right, ...filled(right).slice(2)], 'twice-the-same'] as const]
      : []),
    ...(min > 1 ? [[[right], 'too-few'] as const] : []),
  ];
}
