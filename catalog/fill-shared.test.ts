import { describe, expect, it } from 'vitest';
import { findSharedAnswer } from './fill-shared.ts';
import { TOWNS } from './places.ts';
import { questionSchema } from './schema.ts';
import { sampleQuestion } from './testing/sample-matter.ts';

const ask = (...how: Parameters<typeof sampleQuestion>) => questionSchema.parse(sampleQuestion(...how));

const CHOICES = [
  { value: 'rice', label: { zh: '水稻', en: 'Rice' } },
  { value: 'tea', label: { zh: '茶叶', en: 'Tea' } },
];

describe('what a record answers', () => {
  it.each([
    ['水稻', ['rice']],
    ['水稻、茶叶', ['rice', 'tea']],
    ['rice, tea', ['rice', 'tea']],
    ['水稻、咖啡', undefined],
    [null, undefined],
  ])('of several, %s is %j: all of them must be known', (value, answer) => {
    const question = ask('crops', 'several-of', { choices: CHOICES });
    expect(findSharedAnswer(question, 'field', { field: value })).toEqual(answer);
  });

  it('of one, its value or its words, and nothing near them', () => {
    const question = ask('crop', 'one-of', { choices: CHOICES });
    expect(findSharedAnswer(question, 'field', { field: '茶叶' })).toBe('tea');
    expect(findSharedAnswer(question, 'field', { field: 'tea' })).toBe('tea');
    expect(findSharedAnswer(question, 'field', { field: '茶' })).toBeUndefined();
  });

  it('a village, by its code or as people say it', () => {
    const question = ask('where', 'village');
    for (const { name, villages } of TOWNS)
      for (const village of villages.slice(0, 2))
        for (const value of [village.code, `${name.zh}${village.name.zh}`])
          expect(findSharedAnswer(question, 'field', { field: value })).toBe(village.code);
    expect(findSharedAnswer(question, 'field', { field: '别县别村' })).toBeUndefined();
  });
});
