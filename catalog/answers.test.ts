import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerContext, checkAnswer } from './answers.ts';
import { idCheckCharacter } from './id-number.ts';
import { type Question, questionSchema } from './schema.ts';
import { arbitraryAnswer, wrongAnswers } from './testing/arbitrary-answers.ts';
import { arbitraryIdNumber } from './testing/arbitrary-id-number.ts';
import { SAMPLE_CHOICES, sampleQuestion } from './testing/sample-matter.ts';

const OWN = 'a'.repeat(32);
const ELDER = 'b'.repeat(32);
const CONTEXT: AnswerContext = {
  todayIso: '2026-06-12',
  knownCards: new Map([
    [OWN, { birth: '1970-01-01', own: true }],
    [ELDER, { birth: '1944-02-29', own: false }],
  ]),
  knownPhotos: new Set(['c'.repeat(32)]),
  knownRecordings: new Map([['d'.repeat(32), { seconds: 12 }]]),
  knownSlots: new Map([['slot-1', { service: 'sample-service', day: '2026-07-01', from: '09:30' }]]),
};

const EXTRA: Partial<Record<Question['type'], Record<string, unknown>>> = {
  'one-of': { choices: SAMPLE_CHOICES },
  'several-of': { choices: SAMPLE_CHOICES },
  quantity: { min: -2, max: 40, unit: { zh: '桌', en: 'tables', enOne: 'table' } },
  date: { minDays: -30, maxDays: 60 },
  text: { maxLength: 20 },
  photo: { of: 'scene' },
  amount: { minFen: 100, maxFen: 5_000_000 },
  month: { minMonths: -12, maxMonths: 3 },
  members: { min: 2, max: 4, relations: SAMPLE_CHOICES },
  slot: { service: 'sample-service', daysAhead: 14, wish: true },
  code: { pattern: [{ exactly: 'YZ' }, { of: 'digits', min: 6, max: 8 }], maxLength: 10 },
};
const TYPES = questionSchema.options.map((option) => option.shape.type.value);
const questionOf = (type: Question['type']) =>
  questionSchema.parse(sampleQuestion('it', type, EXTRA[type] ?? {}));
const settled = (type: Question['type'], value: unknown) => {
  const checked = checkAnswer(questionOf(type), value, CONTEXT);
  return checked.ok ? checked.value : checked.error.code;
};

describe.each(TYPES)('a question of type %s', (type) => {
  it('takes every right answer, and as it is', () => {
    fc.assert(
      fc.property(arbitraryAnswer(questionOf(type), CONTEXT), (answer) => {
        expect(checkAnswer(questionOf(type), answer, CONTEXT)).toEqual({ ok: true, value: answer });
      }),
    );
  });

  it('refuses wrong answers, each with its code and words in both languages', () => {
    for (const [value, code] of wrongAnswers(questionOf(type), CONTEXT)) {
      const checked = checkAnswer(questionOf(type), value, CONTEXT);
      if (checked.ok) throw new Error(`${type} took ${String(value)}`);
      expect([String(value), checked.error.code]).toEqual([String(value), code]);
      expect(checked.error.words.zh).toMatch(/\p{Script=Han}/u);
      expect(checked.error.words.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('never throws, whatever the screen sends', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const checked = checkAnswer(questionOf(type), value, CONTEXT);
        expect(typeof checked.ok).toBe('boolean');
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['138 0000-0000', '13800000000'],
    ['+86 13800000000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['86120000', '057586120000'],
    ['0575-86120000', '057586120000'],
    ['（0571）8612000', '05718612000'],
    ['021 6200 0000', '02162000000'],
  ])('reads the phone %s as %s', (typed, digits) => {
    expect(settled('phone', typed)).toBe(digits);
  });

  it('reads the specimen number, in small letters and with spaces too', () => {
    expect(settled('id-number', '110105 19491231 002x')).toBe('11010519491231002X');
  });

  it('finds every single wrong digit of an ID number', () => {
    fc.assert(
      fc.property(arbitraryIdNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digit = String((Number(number[at]) + shift) % 10);
        const other = number.slice(0, at) + digit + number.slice(at + 1);
        expect(settled('id-number', other)).toBe('no-id-number');
      }),
    );
  });

  it('refuses the number of someone born tomorrow', () => {
    const bornOn = (day: string) => `330699${day}001${idCheckCharacter(`330699${day}001`)}`;
    expect(settled('id-number', bornOn('20260612'))).toBe(bornOn('20260612'));
    expect(settled('id-number', bornOn('20260613'))).toBe('no-id-number');
  });
});

describe('names', () => {
  it.each([
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    [' 迪丽热巴．迪力木拉提 ', '迪丽热巴·迪力木拉提'],
    ['欧阳\u{E1A2}', '欧阳\u{E1A2}'],
    ['𠮷野\u{2A6D7}', '𠮷野\u{2A6D7}'],
    ['〇一', '〇一'],
    ['Anne-Marie O’Neil', 'Anne-Marie O’Neil'],
    ['古丽'.repeat(30), '古丽'.repeat(30)],
  ])('keeps %s as %s', (typed, name) => {
    expect(settled('name', typed)).toBe(name);
  });

  it('keeps a rare character that a normal form would exchange for another', () => {
    expect(settled('name', '陈\uFA11')).toBe('陈\uFA11');
  });
});

describe('dates', () => {
  it('names the first and the last day that can be chosen', () => {
    const checked = checkAnswer(questionOf('date'), '2026-08-12', CONTEXT);
    expect(checked).toEqual({
      ok: false,
      error: { code: 'too-late', words: { zh: '最晚 2026年8月11日', en: '11 August 2026 at the latest' } },
    });
  });

  it('knows 29 February', () => {
    const free = questionSchema.parse(sampleQuestion('it', 'date'));
    expect(checkAnswer(free, '2024-02-29', CONTEXT).ok).toBe(true);
    expect(checkAnswer(free, '2023-02-29', CONTEXT).ok).toBe(false);
  });
});

describe('cards and choices', () => {
  it('does not take the submitter’s own card for another person’s', () => {
    expect(settled('person-card', OWN)).toBe('own-card');
    expect(settled('person-card', ELDER)).toBe(ELDER);
  });

  it('puts choices in the order of the question', () => {
    expect(settled('several-of', ['blue', 'red'])).toEqual(['red', 'blue']);
  });

  it('takes script in words as mere words', () => {
    expect(settled('text', '<script>1</script>')).toBe('<script>1</script>');
  });
});
