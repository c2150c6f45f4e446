import { describe, expect, it } from 'vitest';
import { projectMatter } from '../../test/project-catalog.ts';
import { nearWordsOf } from './near-words.ts';

describe('the words near a matter', () => {
  const matter = projectMatter('animal-quarantine');
  const texts = nearWordsOf(matter).map(({ text }) => text);

  it('are its name, its choices and what it is found by, each with its reading', () => {
    expect(nearWordsOf(matter)).toContainEqual({ text: '检疫申报', reading: 'jian yi shen bao' });
    for (const question of matter.questions) {
      if (question.type !== 'one-of') continue;
      for (const { label } of question.choices) {
        if (/^\p{Script=Han}{2,10}$/u.test(label.zh)) expect(texts).toContain(label.zh);
      }
    }
  });

  it('teach nobody a word that is misspelt so that a slip is understood', () => {
    const papers = { ...matter, find: ['检疫申报', '捡疫申报'] };
    const found = nearWordsOf(papers).map(({ text }) => text);
    expect(found).toContain('检疫申报');
    expect(found).not.toContain('捡疫申报');
  });

  it('have as many syllables as characters', () => {
    for (const { text, reading } of nearWordsOf(matter)) {
      expect(reading.split(' ')).toHaveLength([...text].length);
    }
  });
});
