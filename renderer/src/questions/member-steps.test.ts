import { describe, expect, it } from 'vitest';
import { questionSchema } from '../../../catalog/schema.ts';
import {
  editingAtFirst,
  findOpenStep,
  memberName,
  stepsOf,
  withMember,
  withoutEmpty,
  withPart,
} from './member-steps.ts';
import type { QuestionOf } from './question-of.ts';

const TODAY = '2026-06-12';
const words = { zh: '问', en: 'Ask' };
const relations = [
  { value: 'son', label: { zh: '儿子', en: 'Son' } },
  { value: 'wife', label: { zh: '妻子', en: 'Wife' } },
];
const question = (numbers: 'needed' | 'wanted' | 'no') =>
  questionSchema.parse({
    ...{ type: 'members', id: 'family', ask: words, label: words, min: 1, max: 3, relations, numbers },
  }) as QuestionOf<'members'>;
const SON = { relation: 'son', name: '张小明', number: '11010519491231002X' };

describe('entering a person', () => {
  it('goes on at the first page that is not right', () => {
    const open = (member: object) => findOpenStep(question('needed'), { ...member }, TODAY)?.step;
    expect(open({})).toBe('relation');
    expect(open({ relation: 'son' })).toBe('name');
    expect(open({ relation: 'son', name: '张小明' })).toBe('number');
    expect(open({ ...SON, number: '110105194912310021' })).toBe('number');
    expect(open(SON)).toBeUndefined();
  });

  it('needs no number where none is needed', () => {
    const { number: _number, ...rest } = SON;
    expect(findOpenStep(question('wanted'), rest, TODAY)).toBeUndefined();
    expect(stepsOf(question('no'))).toEqual(['relation', 'name']);
  });

  it('goes on with the person who was not complete when the page comes back', () => {
    expect(editingAtFirst(question('needed'), [SON, { relation: 'wife' }], TODAY)).toEqual({
      index: 1,
      step: 'name',
    });
    expect(editingAtFirst(question('needed'), [SON], TODAY)).toBeNull();
  });
});

describe('the list', () => {
  it('changes one person and no other, and drops a part that was emptied', () => {
    expect(withPart([SON, SON], 1, 'name', '张大明')).toEqual([SON, { ...SON, name: '张大明' }]);
    expect(withPart([SON], 0, 'number', '')).toEqual([{ relation: 'son', name: '张小明' }]);
  });

  it('puts a person back where they were', () => {
    const [a, b] = [SON, { ...SON, relation: 'wife' }];
    expect(withMember([b], 0, a)).toEqual([a, b]);
    expect(withMember([a], 1, b)).toEqual([a, b]);
    expect(withoutEmpty([a, {}])).toEqual([a]);
  });

  it('calls people by relation and name', () => {
    expect(memberName(question('no'), SON)).toEqual({ zh: '儿子 张小明', en: 'Son 张小明' });
    expect(memberName(question('no'), { relation: 'son' })).toEqual({ zh: '儿子', en: 'Son' });
  });
});
