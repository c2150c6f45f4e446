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

  describe('that say after how many days without news one asks', () => {
    const saidFor = (hearWithinDays: number | null, zh: string, en: string) =>
      plainIsPlain(
        sampleMatter({
          plain: [{ zh, en }],
          time: hearWithinDays === null ? undefined : { workingDays: 3, hearWithinDays },
        }),
      ).map(({ path }) => path);
    const SEVEN = [
      '不收钱。7 天没消息，打电话。',
      'No news in 7 days? Call the number on the slip.',
    ] as const;

    it('pass with the very number that the slip counts by', () => {
      expect(saidFor(7, ...SEVEN)).toEqual([]);
    });

    it.each([8, 70, 17])('are refused where the slip says %i', (days) => {
      expect(saidFor(days, ...SEVEN)).toEqual(['plain[0].zh', 'plain[0].en']);
    });

    it('are refused where no slip says a day', () => {
      expect(saidFor(null, ...SEVEN)).toEqual(['plain[0].zh', 'plain[0].en']);
    });

    it('are refused where the number stands in words, which nobody compares with a slip', () => {
      expect(saidFor(7, '七天没有消息，打电话。', 'No news in seven days? Call.')).toEqual([
        'plain[0].zh',
        'plain[0].en',
      ]);
    });

    it('pass with days of something else', () => {
      expect(saidFor(7, '住进去 3 天里来。', 'Come within 3 days of moving in.')).toEqual([]);
    });
  });
});
