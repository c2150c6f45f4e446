import { describe, expect, it } from 'vitest';
import { projectMatter } from '../test/project-catalog.ts';
import { describeAnswer, displayName } from './describe.ts';
import { canonicalBytes } from './matter-bytes.ts';
import { findVillage, findVillageText, TOWNS } from './places.ts';
import { type Matter, matterSchema, type Question, questionSchema } from './schema.ts';
import { SAMPLE_CHOICES, sampleMatter, sampleMatterData, sampleQuestion } from './testing/sample-matter.ts';

function questionOf(type: Question['type'], extra = {}): Question {
  return questionSchema.parse(sampleQuestion('it', type, extra));
}
const tables = questionOf('quantity', { min: 1, max: 9, unit: { zh: '桌', en: 'tables', enOne: 'table' } });

describe('an answer in words', () => {
  it.each([
    [questionOf('one-of', { choices: SAMPLE_CHOICES }), 'red', '红', 'Red'],
    [questionOf('several-of', { choices: SAMPLE_CHOICES }), ['red', 'blue'], '红、蓝', 'Red; Blue'],
    [questionOf('one-of', { choices: SAMPLE_CHOICES }), 'gone', 'gone', 'gone'],
    [questionOf('yes-no'), true, '是', 'Yes'],
    [questionOf('yes-no'), false, '不是', 'No'],
    [tables, 1, '1 桌', '1 table'],
    [tables, 2, '2 桌', '2 tables'],
    [questionOf('date'), '2026-06-20', '2026年6月20日', '20 June 2026'],
    [questionOf('phone'), '13800000000', '138 0000 0000', '138 0000 0000'],
    [questionOf('phone'), '057586120000', '0575 8612 0000', '0575 8612 0000'],
    [questionOf('phone'), '05718612000', '0571 861 2000', '0571 861 2000'],
    [questionOf('name'), '阿卜杜拉·买买提', '阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    [questionOf('village'), '330624999999', '330624999999', '330624999999'],
    [questionOf('person-card'), 'f'.repeat(32), '身份证已读', 'ID card read'],
    [questionOf('declaration'), true, '已确认', 'Confirmed'],
  ] as const)('%#', (question, value, zh, en) => {
    expect(describeAnswer(question, typeof value === 'object' ? [...value] : value)).toEqual({ zh, en });
  });

  it('shows an ID number whole to the desk alone', () => {
    const question = questionOf('id-number');
    expect(describeAnswer(question, '11010519491231002X').zh).toBe('1****************X');
    expect(describeAnswer(question, '11010519491231002X', 'desk').zh).toBe('11010519491231002X');
  });
});

it('a code is shown whole to the desk alone', () => {
  const question = questionOf('code', { maxLength: 40 });
  expect(describeAnswer(question, '330624260000123')).toEqual({ zh: '*0123', en: '*0123' });
  expect(describeAnswer(question, '330624260000123', 'desk').zh).toBe('330624260000123');
});

describe('the name of a private matter', () => {
  it('stands on its own page, never in lists', () => {
    const relief = projectMatter('temporary-assistance');
    expect(displayName(relief, { inLists: true })).toEqual({ zh: '一件事项', en: 'One matter' });
    expect(displayName(relief, { inLists: false }).zh).toBe('临时救助');
    expect(displayName(projectMatter('village-banquet'), { inLists: true }).zh).toBe('办酒备案');
  });
});

describe('places', () => {
  it('are the 12 towns and 292 villages of the county', () => {
    const villages = TOWNS.flatMap((town) => town.villages.map(({ code }) => [town.code, code] as const));
    expect([TOWNS.length, villages.length]).toEqual([12, 292]);
    expect(new Set(villages.map(([, code]) => code)).size).toBe(292);
    for (const [town, code] of villages) expect(code).toMatch(new RegExp(`^${town}\\d{3}$`));
  });

  it('have a name of their own within the town, in both languages', () => {
    for (const { name, villages } of TOWNS) {
      expect([name.zh, new Set(villages.map((village) => village.name.zh)).size]).toEqual([
        name.zh,
        villages.length,
      ]);
      for (const village of villages) expect(village.name.en).toMatch(/^[A-Z][A-Za-zü’ ]+$/);
    }
  });

  it('are said as people say them', () => {
    const dongcun = TOWNS.flatMap(({ villages }) => villages).find(({ name }) => name.zh === '董村');
    expect(dongcun && findVillageText(dongcun.code)).toEqual({ zh: '沙溪镇董村', en: 'Dongcun, Shaxi' });
    expect(findVillage('330624108')).toBeUndefined();
  });
});

describe('the bytes a matter is hashed by', () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, part]) => [key, reversed(part)]),
          )
        : value;

  it('do not depend on the order of its fields', () => {
    for (const id of ['village-banquet', 'temporary-assistance']) {
      const matter = projectMatter(id);
      expect(canonicalBytes(reversed(matter) as Matter)).toEqual(canonicalBytes(matter));
    }
  });

  it('are those of the matter as written, defaults included', () => {
    const written = sampleMatter();
    const spelled = matterSchema.parse({ ...sampleMatterData(), guide: [], eligibility: [] });
    expect(canonicalBytes(spelled)).toEqual(canonicalBytes(written));
    expect(new TextDecoder().decode(canonicalBytes(written))).toMatch(/^\{"assurance":"card","bases":\[\{/);
  });

  it('change with any word', () => {
    const changed = sampleMatter({ gets: { zh: '有人来修。', en: 'Someone comes to mend it' } });
    expect(canonicalBytes(changed)).not.toEqual(canonicalBytes(sampleMatter()));
  });
});
