import { describe, expect, it } from 'vitest';
import { LONGEST_PLAIN_ZH, OFFICE_WORDS, plainIsPlain } from './plain-words.ts';
import { sampleMatter } from './testing/sample-matter.ts';

const problemsOf = (zh: string, en = 'You get money each month') =>
  plainIsPlain(sampleMatter({ plain: [{ zh, en }] })).map(({ words }) => words);

describe('the plain words of a matter', () => {
  it('pass when a neighbour would say them so', () => {
    expect(problemsOf('老人满八十岁，每月有一笔钱。打到卡上。')).toEqual([]);
  });

  it('are refused when a sentence is too long to be heard once', () => {
    const longest = '老'.repeat(LONGEST_PLAIN_ZH);
    expect(problemsOf(longest)).toEqual([]);
    expect(problemsOf(`${longest}人`)).toEqual([expect.stringContaining('at once')]);
    expect(problemsOf(`${longest}。${longest}`)).toEqual([]);
  });

  it.each(Object.keys(OFFICE_WORDS))('are refused with the office word %s', (office) => {
    expect(problemsOf(`老人${office}钱`)).toContainEqual(expect.stringContaining(office));
  });

  it('may say what people say, and name another matter', () => {
    expect(problemsOf('应该来得及，来不及就先办“死亡登记”')).toEqual([]);
  });

  it('are refused in English when a sentence is long or of an office', () => {
    expect(problemsOf('每月有一笔钱', 'The applicant gets money')).toEqual(['applicant is an office word']);
    expect(problemsOf('每月有一笔钱', `${'word '.repeat(15)}.`)).toEqual([
      expect.stringContaining('15 words'),
    ]);
  });
});
