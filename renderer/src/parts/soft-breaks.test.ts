import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moreSoftBreaks, softBreaks } from './soft-breaks.ts';

describe('where a line may break', () => {
  it('leaves a phrase that fits whole', () => {
    expect(softBreaks('养老金资格', 5)).toEqual(['养老金资格']);
    expect(softBreaks('养老金，资格认证', 5)).toEqual(['养老金，资格认证']);
  });

  it('lets one that is too long break between words', () => {
    expect(softBreaks('养老金资格认证', 5)).toEqual(['养老', '金', '资格', '认证']);
  });

  it('begins no line with what clings to the word before', () => {
    expect(softBreaks('查我的养老金发放记录', 5)).toEqual(['查我的', '养老', '金', '发放', '记录']);
  });

  it('leaves no character alone at an end', () => {
    for (const piece of [softBreaks('这台机器怎么用', 5).at(0), softBreaks('这台机器怎么用', 5).at(-1)])
      expect(piece?.length).toBeGreaterThan(1);
  });

  it('lets words part from the figures beside them where they are twice as large, and no number from itself', () => {
    const words = '或者打\u00a00575\u00a08612\u00a00000\u00a0问问';
    expect(softBreaks(words, 5)).toEqual([words]);
    expect(moreSoftBreaks(words, 5)).toEqual(['或者打\u00a0', '0575\u00a08612\u00a00000\u00a0', '问问']);
  });

  it('changes nothing of what is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(12), (text, fits) => {
        expect(softBreaks(text, fits).join('')).toBe(text);
        expect(moreSoftBreaks(text, fits).join('')).toBe(text);
      }),
    );
  });
});
