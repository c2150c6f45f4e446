/** The terminal trusts no screen: whatever a matter does not take is refused, also when it is sent past the page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Basis, basisSchema, type Matter, type Question } from '../../catalog/schema.ts';
import { wrongAnswers } from '../../catalog/testing/arbitrary-answers.ts';
import { type Action, actionSchema } from '../../terminal/api.ts';
import { checkCase } from '../../terminal/cases/check.ts';
import { crypto } from '../../terminal/testing/keeper-world.ts';
import type { Bench } from '../../terminal/visit/testing/bench.ts';
import { readOf, SPECIMEN } from '../../terminal/visit/testing/people.ts';
import { START_MS } from '../../terminal/visit/testing/site.ts';
import { basesOf, drawHolder } from './draw.ts';
import { contextOf, type Draw, fillIn } from './fill-in.ts';
import { arbitraryHolder } from './people.ts';
import { CATALOG, openMatter, openStation, TODAY } from './station.ts';

let seed = 11;
const draw: Draw = (arbitrary) => {
  seed += 1;
  const [value] = fc.sample(arbitrary, { numRuns: 1, seed });
  return value as never;
};

const MATTERS = CATALOG.matters.map((matter) => [matter.id, matter] as const);
/** Those that are begun from a page of their own, where a basis is chosen. */
const STARTED = MATTERS.filter(([, { source }]) => source !== 'guides' && source !== 'own-cases');

function standing(matter: Matter): Bench {
  const bench = openStation();
  openMatter(bench, matter, drawHolder(matter, draw));
  return bench;
}

/** Sends every answer the schema excludes to the question shown; each is refused, and the page stays. */
function sendsWrong(bench: Bench, question: Question): void {
  for (const [value] of wrongAnswers(question, contextOf(bench))) {
    const sent = actionSchema.safeParse({ type: 'answer', questionId: question.id, value });
    if (!sent.success || isLeftEmpty(question, value)) continue;
    const said = [question.id, value, bench.act(sent.data as Action)];
    expect(said).toMatchObject([question.id, value, { ok: false, error: { code: 'bad-answer' } }]);
    expect(bench.page()).toMatchObject({ kind: 'question', question: { id: question.id } });
  }
  bench.act({ type: 'typing', questionId: question.id, value: null });
}

/** A question that may be left empty takes nothing at all for an answer. */
function isLeftEmpty({ optional }: Question, value: unknown): boolean {
  return optional && (value === null || value === '' || (Array.isArray(value) && value.length === 0));
}

describe('past the screen', () => {
  it.each(STARTED)('%s takes no answer that it excludes', async (_id, matter) => {
    for (const basis of basesOf(matter)) {
      const bench = standing(matter);
      bench.act({ type: 'start', basis });
      await fillIn({
        ...{ bench, matter, basis, draw, agrees: false, records: [] },
        onQuestion: ({ question }) => sendsWrong(bench, question),
      });
    }
  });

  it.each(STARTED)('%s is begun on no basis and handed in at no page that is not its own', (_id, matter) => {
    const others = basisSchema.options.filter((basis) => !matter.bases.some((one) => one.basis === basis));
    const bench = standing(matter);
    const refused = { ok: false, error: { code: 'basis-not-allowed' } };
    for (const basis of others) expect(bench.act({ type: 'start', basis })).toMatchObject(refused);
    for (const action of [
      { type: 'submit' },
      { type: 'consent', agree: true },
      ...matter.questions.map(({ id }) => ({ type: 'answer' as const, questionId: id, value: null })),
    ] as const)
      expect(bench.act(action)).toMatchObject({ ok: false });
    expect(bench.keeper.contents()).toEqual([]);
  });
});

/** A case as it would be filed past every page. */
function caseOf(matter: Matter, basis: Basis, change: object) {
  const wish = {
    ...{ matter, basis, answers: {}, proof: null, cards: [], files: [], slots: new Map(), shared: [] },
    submitter: readOf(SPECIMEN, draw(arbitraryHolder(matter, TODAY))),
    ...change,
  };
  const time = { nowMs: () => START_MS, trusted: () => true, floorMs: () => START_MS };
  return checkCase(wish, { crypto, time, online: true });
}

describe('assurance', () => {
  const withCard = STARTED.filter(([, { assurance }]) => assurance !== 'open');
  const withProof = STARTED.filter(([, { assurance }]) => assurance === 'card+proof');

  it.each(withCard)('%s needs a card: without one it does not begin, and nothing is filed', (_id, matter) => {
    const bench = openStation();
    openMatter(bench, matter, null);
    expect(bench.page()).toMatchObject({ kind: 'matter', blocked: { code: 'needs-card' } });
    for (const { basis } of matter.bases) {
      expect(bench.act({ type: 'start', basis })).toMatchObject({ ok: false });
      expect(caseOf(matter, basis, { submitter: null })).toMatchObject({ ok: false });
    }
    expect(caseOf(matter, 'open', {})).toMatchObject({ ok: false });
  });

  it.each(withProof)(
    '%s needs proof of the person: no answer is taken and nothing filed before',
    (_id, matter) => {
      const [basis = 'self'] = basesOf(matter);
      const bench = standing(matter);
      expect(bench.act({ type: 'start', basis })).toEqual({ ok: true });
      expect(bench.page().kind).toBe('prove-person');
      for (const { id } of matter.questions)
        expect(bench.act({ type: 'answer', questionId: id, value: '1' })).toMatchObject({ ok: false });
      expect(bench.act({ type: 'submit' })).toMatchObject({ ok: false });
      expect(caseOf(matter, basis, { proof: null })).toMatchObject({
        ok: false,
        error: { code: 'needs-proof' },
      });
      bench.act({ type: 'leave' });

      const unfitted = openStation();
      unfitted.world.devices = { ...unfitted.world.devices, proofMethods: [] };
      openMatter(unfitted, matter, drawHolder(matter, draw));
      expect(unfitted.act({ type: 'start', basis })).toMatchObject({
        ok: false,
        error: { code: 'matter-not-available' },
      });
    },
  );
});
