import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedFieldTypeSchema } from '../../catalog/data-field.ts';
import { type FieldType, fieldTypeSchema } from '../../sync/contents.ts';
import { takeParameters, takeRecords } from './data-sets.ts';
import { DATA_SETS, SAMPLE_PEOPLE } from './testing/broker-bench.ts';

/** A value that fits each type, and some that do not. */
const VALUES: Readonly<Record<FieldType, { readonly good: unknown; readonly bad: readonly unknown[] }>> = {
  text: { good: '董村 12 号', bad: ['', '一行\n两行', '长'.repeat(201), 5, {}, ['a']] },
  date: { good: '2024-02-29', bad: ['2023-02-29', '2024-2-9', '20240229', 20_240_229] },
  month: { good: '2026-12', bad: ['2026-13', '2026-00', '2026-1', '2026-01-01'] },
  fen: { good: -1_200, bad: [1.5, '1200', Number.MAX_VALUE, Number.NaN] },
  count: { good: 0, bad: [-1, 0.5, '3'] },
  'yes-no': { good: false, bad: [0, 'no', 'true'] },
  tail: { good: '041X', bad: ['0417 ', '6228480400000417', '417', 417] },
};

const setOf = (type: FieldType) => ({
  maxRecords: 2,
  fields: [{ id: 'value', label: { zh: '值', en: 'Value' }, type }],
});

describe('a data set', () => {
  it.each(fieldTypeSchema.options)('takes of a source what is of the type %s, and nothing else', (type) => {
    const { good, bad } = VALUES[type];
    for (const value of [good, null, undefined]) {
      const taken = takeRecords(setOf(type), [{ value }]);
      expect(taken).toEqual({ ok: true, value: [{ value: value ?? null }] });
    }
    for (const value of bad) {
      expect(takeRecords(setOf(type), [{ value: good }, { value }])).toEqual({
        ok: false,
        error: { code: 'misfit', at: 'value' },
      });
    }
  });

  it('lets no field go on that it does not declare', () => {
    const others = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(others, (other) => {
        const taken = takeRecords(setOf('text'), [{ ...other, value: '值' }]);
        expect(taken).toEqual({ ok: true, value: [{ value: '值' }] });
      }),
    );
  });

  it('has no more records than one person can', () => {
    const record = { value: '值' };
    expect(takeRecords(setOf('text'), [record, record]).ok).toBe(true);
    expect(takeRecords(setOf('text'), [record, record, record]).ok).toBe(false);
  });

  it('takes its own parameters, whole and once', () => {
    const dataSet = { parameters: { year: '\\d{4}' } };
    const takes = (...given: [string, string][]) =>
      takeParameters(
        dataSet,
        given.map(([name, value]) => ({ name, value })),
      ).ok;
    expect([takes(), takes(['year', '2026'])]).toEqual([true, true]);
    expect([takes(['year', '2026;']), takes(['year', '2026\n']), takes(['toString', '2026'])]).toEqual([
      false,
      false,
      false,
    ]);
    expect(takes(['year', '2026'], ['year', '2025'])).toBe(false);
  });
});

describe('the types of fields', () => {
  it('are those that an answer can carry', () => {
    expect(sharedFieldTypeSchema.options).toEqual(fieldTypeSchema.options);
  });
});

describe('the sample people', () => {
  it('have data that their data sets take', () => {
    for (const { data } of SAMPLE_PEOPLE) {
      for (const [id, records] of Object.entries(data)) {
        const dataSet = DATA_SETS.find((one) => one.id === id)!;
        expect(takeRecords(dataSet, records)).toMatchObject({ ok: true });
        expect(
          records.flatMap(Object.keys).every((key) => dataSet.fields.some((one) => one.id === key)),
        ).toBe(true);
      }
    }
  });
});
