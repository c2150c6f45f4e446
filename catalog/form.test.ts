import { describe, expect, it } from 'vitest';
import { projectCatalog, projectMatter } from '../test/project-catalog.ts';
import { findIneligibility, sureDay } from './eligibility.ts';
import { checkAnswers, type FormContext, findSubjectReadId } from './form.ts';
import { likelyMatters } from './likely.ts';
import { TOWNS } from './places.ts';
import { sampleMatter, sampleQuestion } from './testing/sample-matter.ts';

const allowance = projectMatter('old-age-allowance');
const PARENT = 'b'.repeat(32);
const dongcun = TOWNS.flatMap(({ villages }) => villages).find(({ name }) => name.zh === '董村')?.code;
const OWN = 'a'.repeat(32);
const forParent = {
  'elder-card': PARENT,
  relation: 'parent',
  'pay-to': 'social-card',
  lives: 'as-on-card',
  phone: '138 0000 0000',
  'elder-agrees': true,
  'true-words': true,
};

function contextOf(parentBirth: string | null, todayIso = '2026-06-12'): FormContext {
  return {
    todayIso,
    day: sureDay(todayIso),
    submitterBirth: '1970-01-01',
    knownCards: new Map([
      [PARENT, { birth: parentBirth, own: false }],
      [OWN, { birth: '1970-01-01', own: true }],
    ]),
    knownPhotos: new Set(),
    knownRecordings: new Map([['d'.repeat(32), { seconds: 12 }]]),
    knownSlots: new Map([['slot-1', { service: 'sample-service', day: '2026-07-01', from: '09:30' }]]),
  };
}
const codeOf = (answers: Record<string, unknown>, context = contextOf('1940-01-01')) => {
  const checked = checkAnswers(allowance, 'family', answers, context);
  return checked.ok ? 'ok' : [checked.error.code, checked.error.questionId];
};

describe('the allowance for a parent', () => {
  it('is taken with the parent’s card, the relation and the declaration', () => {
    expect(checkAnswers(allowance, 'family', forParent, contextOf('1940-01-01'))).toEqual({
      ok: true,
      value: { ...forParent, phone: '13800000000' },
    });
    expect(findSubjectReadId(allowance, 'family', forParent)).toBe(PARENT);
    expect(findSubjectReadId(allowance, 'self', forParent)).toBeUndefined();
  });

  it.each(['elder-card', 'relation', 'elder-agrees'] as const)('wants the evidence %s', (id) => {
    const { [id]: _left, ...rest } = forParent;
    expect(codeOf(rest)).toEqual(['evidence-missing', id]);
  });

  it('is incomplete without another answer', () => {
    const { phone: _phone, ...rest } = forParent;
    expect(codeOf(rest)).toEqual(['incomplete', 'phone']);
  });

  it('is not complete by a name every object has', () => {
    const matter = sampleMatter({ questions: [sampleQuestion('constructor', 'yes-no')] });
    expect(checkAnswers(matter, 'self', {}, contextOf(null))).toMatchObject({
      error: { code: 'incomplete', questionId: 'constructor' },
    });
  });

  it('refuses an answer to a question that is not asked', () => {
    expect(codeOf({ ...forParent, village: dongcun })).toEqual(['unknown-question', 'village']);
    expect(codeOf({ ...forParent, lives: 'other-village', village: dongcun })).toBe('ok');
    expect(codeOf({ ...forParent, lives: 'other-village' })).toEqual(['incomplete', 'village']);
    const { 'elder-card': _card, relation: _relation, 'elder-agrees': _agrees, ...own } = forParent;
    const asSelf = checkAnswers(allowance, 'self', { ...own, relation: 'parent' }, contextOf(null));
    expect(asSelf).toMatchObject({ error: { code: 'unknown-question', questionId: 'relation' } });
  });

  it('does not take one’s own card for the parent’s', () => {
    expect(codeOf({ ...forParent, 'elder-card': OWN })).toEqual(['bad-answer', 'elder-card']);
  });

  it('looks at the parent’s age, not at the submitter’s', () => {
    expect(codeOf(forParent, contextOf('1946-06-13'))).toEqual(['not-eligible', null]);
    expect(codeOf(forParent, contextOf('1946-06-12'))).toBe('ok');
    const { 'elder-card': _card, relation: _relation, 'elder-agrees': _agrees, ...own } = forParent;
    expect(checkAnswers(allowance, 'self', own, contextOf('1940-01-01'))).toMatchObject({
      error: { code: 'not-eligible', words: { zh: expect.stringContaining('80') } },
    });
  });

  it('leaves it to whoever handles the case when the card tells no birthday', () => {
    expect(codeOf(forParent, contextOf(null))).toBe('ok');
  });
});

describe('age', () => {
  it('of someone born on 29 February counts from 1 March in common years', () => {
    const leapling = { birth: '1944-02-29' };
    expect(findIneligibility(allowance, leapling, sureDay('2024-02-28'))).toBeDefined();
    expect(findIneligibility(allowance, leapling, sureDay('2024-02-29'))).toBeUndefined();
    const at81 = sampleMatter({
      eligibility: [{ minAgeYears: 81, otherwise: { zh: '不到年龄', en: 'Too young' } }],
    });
    expect(findIneligibility(at81, leapling, sureDay('2025-02-28'))).toEqual({
      zh: '不到年龄',
      en: 'Too young',
    });
    expect(findIneligibility(at81, leapling, sureDay('2025-03-01'))).toBeUndefined();
  });

  it('has an upper end that is included', () => {
    const young = sampleMatter({
      eligibility: [{ maxAgeYears: 17, otherwise: { zh: '过了年龄', en: 'Too old' } }],
    });
    expect(findIneligibility(young, { birth: '2008-06-13' }, sureDay('2026-06-12'))).toBeUndefined();
    expect(findIneligibility(young, { birth: '2008-06-12' }, sureDay('2026-06-12'))).toBeDefined();
  });

  it('refuses by an unsure day only what holds on every later one', () => {
    const since = { earliest: '2026-06-12', latest: null };
    expect(findIneligibility(allowance, { birth: '1970-01-01' }, since)).toBeUndefined();
    const young = sampleMatter({
      eligibility: [{ maxAgeYears: 17, otherwise: { zh: '过了年龄', en: 'Too old' } }],
    });
    expect(findIneligibility(young, { birth: '2000-01-01' }, since)).toBeDefined();
    expect(findIneligibility(young, { birth: '2015-01-01' }, since)).toBeUndefined();
  });
});

describe('what home shows first', () => {
  const { matters } = projectCatalog();
  const likely = (birth: string | null, limit?: number) =>
    likelyMatters(matters, { birth }, { todayIso: '2026-06-12', places: ['330624108'] }, limit).map(
      ({ id }) => id,
    );

  it('goes by age and by order', () => {
    const orderOf = (id: string) => matters.find((matter) => matter.id === id)?.likely?.order ?? 0;
    const shown = likely('1966-06-12');
    expect(shown).toHaveLength(4);
    expect(shown[0]).toBe('claim-resident-pension');
    expect(shown.map(orderOf)).toEqual(shown.map(orderOf).sort((a, b) => a - b));
    expect(likely('1966-06-12', 99)).toContain('money-arrived');
    expect(likely('1966-06-13', 99)).not.toContain('money-arrived');
    expect(likely('1967-06-12', 1)).toEqual(['claim-resident-pension']);
  });

  it('goes by the month and by where the terminal stands', () => {
    const seasonal = sampleMatter({ likely: { order: 1, months: [5, 6], places: ['330624108'] } });
    const shown = (todayIso: string, town: string) =>
      likelyMatters([seasonal], { birth: null }, { todayIso, places: [town] }).length;
    expect(shown('2026-06-12', '330624108')).toBe(1);
    expect(shown('2026-07-12', '330624108')).toBe(0);
    expect(shown('2026-06-12', '330624109')).toBe(0);
  });

  it('leaves out what depends on an age nobody knows, and never shows a private matter', () => {
    const shown = matters.filter(({ id }) => likely(null, 99).includes(id));
    expect(shown.map(({ id }) => id)).toEqual(expect.arrayContaining(['case-progress', 'policy-guide']));
    expect(shown.map((matter) => matter.likely?.minAgeYears ?? null)).toEqual(shown.map(() => null));
    expect(likely('1940-01-01', 99)).not.toContain('temporary-assistance');
  });
});
