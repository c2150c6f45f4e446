import { describe, expect, it } from 'vitest';
import { questionSchema } from '../../../catalog/schema.ts';
import { isUnanswered, missingWord } from './missing.ts';

const words = { zh: '问', en: 'Ask' };
const question = (type: string, more: object = {}) =>
  questionSchema.parse({ type, id: 'it', ask: words, label: words, ...more });

describe('what counts as an answer', () => {
  it('is anything but nothing: zero and no are answers', () => {
    const unit = { ...words, enOne: 'one' };
    expect(isUnanswered(question('quantity', { min: 0, max: 9, unit }), 0)).toBe(false);
    expect(isUnanswered(question('yes-no'), false)).toBe(false);
    expect(isUnanswered(question('name'), '')).toBe(true);
    expect(isUnanswered(question('phone'), null)).toBe(true);
  });

  it('is at least one of several, and for a declaration only yes', () => {
    const choices = [
      { value: 'ab', label: words },
      { value: 'cd', label: words },
    ];
    expect(isUnanswered(question('several-of', { choices }), [])).toBe(true);
    expect(isUnanswered(question('several-of', { choices }), ['ab'])).toBe(false);
    expect(isUnanswered(question('declaration'), false)).toBe(true);
    expect(isUnanswered(question('declaration'), true)).toBe(false);
  });

  it('is asked for in both languages', () => {
    expect(missingWord(question('date'))).toEqual({ zh: '请先选好日子', en: 'Please choose a day first' });
  });
});
