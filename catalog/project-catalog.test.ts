import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectCatalog, projectMatter } from '../test/project-catalog.ts';
import { visibleQuestions } from './conditions.ts';
import { sureDay } from './eligibility.ts';
import { checkAnswers, type FormContext } from './form.ts';
import { matterJsonSchema } from './json-schema.ts';
import matterSchemaFile from './matter.schema.json' with { type: 'json' };
import type { Basis, Matter } from './schema.ts';
import { arbitraryForm, wrongAnswers } from './testing/arbitrary-answers.ts';

const catalog = projectCatalog();
const ELDER = 'e'.repeat(32);
/** As many as the county's list has rows. */
const MATTERS_OF_THE_LIST = 217;
/** What this software brings of its own: somebody is to be called, with a card and without. */
const BESIDE_THE_LIST = [901, 902];
/** The rows of it whose column 私密 says yes. */
const PRIVATE_ON_THE_LIST = [
  29, 30, 35, 38, 43, 44, 45, 51, 52, 55, 56, 58, 79, 80, 81, 84, 88, 89, 90, 91, 92, 93, 94, 95, 96, 98, 100,
  101, 102, 104, 105, 106, 107, 108, 109, 110, 111, 112, 139, 173, 179, 180, 181, 184, 185, 186, 187, 188,
  211, 214,
];
const FORMS = catalog.matters.flatMap((matter) => matter.bases.map(({ basis }) => ({ matter, basis })));

/** People of an age that the matter is for, and a time of each service that it books. */
function contextOf({ eligibility, questions }: Matter): FormContext {
  const oldest = Math.min(86, ...eligibility.map(({ maxAgeYears }) => maxAgeYears ?? 120));
  const birth = `${2026 - oldest}-05-01`;
  const services = questions.flatMap((question) => (question.type === 'slot' ? [question.service] : []));
  return {
    todayIso: '2026-06-12',
    day: sureDay('2026-06-12'),
    submitterBirth: birth,
    knownCards: new Map([[ELDER, { birth, own: false }]]),
    knownPhotos: new Set(['c'.repeat(32)]),
    knownRecordings: new Map([['d'.repeat(32), { seconds: 12 }]]),
    knownSlots: new Map(
      services.map((service, at) => [`slot-${at}`, { service, day: '2026-07-01', from: '09:30' }]),
    ),
  };
}

describe('the project’s catalog', () => {
  it.each(catalog.matters.map((matter) => [matter.id, matter] as const))(
    'tells %s in plain words too',
    (_, { plain }) => {
      expect(plain.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('is sound', () => {
    expect(catalog.problems).toEqual([]);
  });

  it('holds the matters of the county’s list under its numbers', () => {
    const numbers = catalog.matters.map(({ no }) => no).sort((a, b) => a - b);
    const listed = Array.from({ length: MATTERS_OF_THE_LIST }, (_, at) => at + 1);
    expect(numbers).toEqual([...listed, ...BESIDE_THE_LIST]);
  });

  it('keeps private exactly those that the county’s list calls so', () => {
    const kept = catalog.matters.filter((matter) => matter.private).map(({ no }) => no);
    expect(kept.sort((a, b) => a - b)).toEqual(PRIVATE_ON_THE_LIST);
  });

  it('calls every matter a sample until a county officer confirms it', () => {
    expect(catalog.matters.every(({ status }) => status === 'sample')).toBe(true);
  });

  it('asks nothing that the card knows', () => {
    const asked = catalog.matters.flatMap(({ id, questions, bases }) =>
      bases.flatMap(({ basis }) =>
        questions
          .filter(({ type, when }) => when === undefined && (type === 'name' || type === 'id-number'))
          .map((question) => `${id} ${basis} ${question.id}`),
      ),
    );
    expect(asked).toEqual([]);
  });

  it('names the emergency numbers', () => {
    const phones = catalog.emergencyNumbers.map(({ phone }) => phone);
    expect(phones).toEqual(expect.arrayContaining(['110', '119', '120', '122', '12345']));
    expect(new Set(phones).size).toBe(phones.length);
  });

  it('has a guide for each matter, general ones first, and one for a lost card', () => {
    expect(catalog.guides[0]?.id).toBe('how-guides');
    expect(catalog.guides.map(({ id }) => id)).toContain('lost-id-card');
    for (const { id, guide } of catalog.matters) expect([id, guide.length > 0]).toEqual([id, true]);
  });

  it('keeps a form short', () => {
    for (const { matter, basis } of FORMS)
      expect([matter.id, visibleQuestions(matter, basis, {}).length <= 12]).toEqual([matter.id, true]);
  });

  it('opens no second matter whose questions the first one’s answers leave open', () => {
    const opened = catalog.matters.flatMap((matter) => matter.bundle.map((bundled) => ({ matter, bundled })));
    expect(opened.length).toBeGreaterThan(0);
    for (const { matter, bundled } of opened) {
      const other = projectMatter(bundled.matter);
      const bases = matter.bases.filter(({ basis }) => other.bases.some((one) => one.basis === basis));
      expect([matter.id, other.id, bases.length > 0]).toEqual([matter.id, other.id, true]);
      for (const { basis } of bases) {
        const needed = visibleQuestions(other, basis, {}).filter(({ optional }) => !optional);
        expect(Object.keys(bundled.answers)).toEqual(expect.arrayContaining(needed.map(({ id }) => id)));
      }
    }
  });

  it('has an up-to-date schema for editors (scripts/catalog-schema.ts writes it)', () => {
    expect(matterSchemaFile).toEqual(JSON.parse(JSON.stringify(matterJsonSchema())));
  });
});

describe.each(FORMS.map(({ matter, basis }) => [matter.id, basis, matter] as const))(
  'a form of %s on the basis %s',
  (_id, basis, matter) => {
    const context = contextOf(matter);

    it('passes with any right answers, and gives them back', () => {
      fc.assert(
        fc.property(arbitraryForm(matter, basis, context), (answers) => {
          expect(checkAnswers(matter, basis, answers, context)).toEqual({ ok: true, value: answers });
        }),
      );
    });

    it('fails with a typed code when anything is wrong with it', () => {
      fc.assert(
        fc.property(arbitraryForm(matter, basis, context), fc.nat(), (answers, at) => {
          const asked = visibleQuestions(matter, basis, answers).filter(({ optional }) => !optional);
          const question = asked[at % Math.max(1, asked.length)];
          if (question === undefined) return;
          for (const [value, code] of wrongAnswers(question, context))
            expect(checkAnswers(matter, basis, { ...answers, [question.id]: value }, context)).toMatchObject({
              ok: false,
              error: { code: 'bad-answer', questionId: question.id, answer: code },
            });
          const { [question.id]: _left, ...rest } = answers;
          const result = checkAnswers(matter, basis, rest, context);
          expect(result.ok).toBe(false);
          if (!result.ok)
            expect(['incomplete', 'evidence-missing', 'unknown-question']).toContain(result.error.code);
        }),
        { numRuns: 30 },
      );
    });

    it('refuses a field of another matter and a basis that is not its own', () => {
      fc.assert(
        fc.property(arbitraryForm(matter, basis, context), (answers) => {
          for (const stranger of ['seat-number', 'constructor', '__proto__'])
            expect(
              checkAnswers(
                matter,
                basis,
                Object.fromEntries([...Object.entries(answers), [stranger, 1]]),
                context,
              ),
            ).toMatchObject({ ok: false, error: { code: 'unknown-question', questionId: stranger } });
          const others = (['self', 'family', 'guardian', 'heir', 'agent', 'open'] satisfies Basis[]).filter(
            (other) => !matter.bases.some((allowed) => allowed.basis === other),
          );
          for (const other of others)
            expect(checkAnswers(matter, other, answers, context)).toMatchObject({
              ok: false,
              error: { code: 'basis-not-allowed', questionId: null },
            });
        }),
        { numRuns: 10 },
      );
    });
  },
);
