/** Whatever is touched, laid and answered, in whatever order and however late: nobody sees what was fetched for another. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { err } from '../../base/result.ts';
import type { AnswerValue } from '../../catalog/schema.ts';
import { projectCatalog } from '../../test/project-catalog.ts';
import { type Action, viewSchema } from '../api.ts';
import { type Bench, createBench } from './testing/bench.ts';
import { foundAnswer, settle } from './testing/fake-queries.ts';
import { ELDER, NEIGHBOUR, readOf, type SamplePerson } from './testing/people.ts';
import { TIMEOUTS } from './timeouts.ts';

const CATALOG = projectCatalog();
const PEOPLE = [ELDER, NEIGHBOUR] as const;
const MATTERS = ['pension-received', 'unemployment-registration', 'medical-account'];
const WATCHED = { ...CATALOG, matters: CATALOG.matters.filter(({ id }) => MATTERS.includes(id)) };

/** What the state keeps of one person, and of nobody else. */
const secretOf = ({ birth }: SamplePerson) => `只有${birth}的资料`;

const action = fc.constantFrom<Action>(
  ...MATTERS.map((matterId): Action => ({ type: 'open-matter', matterId })),
  { type: 'start', basis: 'self' },
  { type: 'start', basis: 'self' },
  { type: 'consent', agree: true },
  { type: 'consent', agree: true },
  { type: 'consent', agree: false },
  { type: 'go-on', choice: null },
  { type: 'go-on', choice: 0 },
  { type: 'ask-again' },
  { type: 'turn-page', page: 1 },
  { type: 'answer', questionId: 'why-left', value: 'ended' },
  { type: 'dispute', questionId: 'employer' },
  { type: 'submit' },
  { type: 'go', to: 'find' },
  { type: 'go', to: 'kept-of-me' },
  { type: 'withdraw-consent', fetchId: 1 },
  { type: 'back' },
  { type: 'home' },
  { type: 'resume-draft' },
  { type: 'leave' },
  { type: 'second-card', choice: 'next-person' },
  { type: 'second-card', choice: 'still-me' },
);
const ANSWERS: Readonly<Record<string, AnswerValue>> = {
  ...{ 'why-left': 'ended', wants: 'any', train: false },
  ...{ 'ended-on': '2026-05-31', phone: '13800138000', 'true-words': true },
};

type Move =
  | { readonly act: Action }
  /** The most natural next step on the page shown. */
  | { readonly pick: number }
  | { readonly lay: SamplePerson }
  | { readonly answer: 'found' | 'offline' }
  | 'deliver'
  | { readonly waitMs: number };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(7).map((pick): Move => ({ pick })) },
  { weight: 5, arbitrary: action.map((act): Move => ({ act })) },
  { weight: 4, arbitrary: fc.constant<Move>('deliver') },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('found' as const, 'found' as const, 'offline' as const)
      .map((answer) => ({ answer })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...PEOPLE).map((lay): Move => ({ lay })) },
  { weight: 1, arbitrary: fc.constantFrom(1_000, 30_000, 70_000).map((waitMs): Move => ({ waitMs })) },
);

function natural(bench: Bench, pick: number): Action {
  const page = bench.page();
  switch (page.kind) {
    case 'home':
      return { type: 'open-matter', matterId: MATTERS[pick % MATTERS.length] ?? '' };
    case 'matter':
      return { type: 'start', basis: 'self' };
    case 'consent':
      return { type: 'consent', agree: pick > 0 };
    case 'fetched':
      return page.state === 'asking' && pick < 6 ? { type: 'touch' } : { type: 'go-on', choice: null };
    case 'question':
      return { type: 'answer', questionId: page.question.id, value: ANSWERS[page.question.id] ?? '示例' };
    default:
      return { type: 'touch' };
  }
}

/** Answers the oldest open question with what is kept of the person it was asked about. */
async function answerFor(bench: Bench, answered: number, how: 'found' | 'offline'): Promise<void> {
  const number = bench.queries.asked[answered]?.query.about?.number;
  const person = PEOPLE.find((one) => one.number === number);
  const employer = person ? secretOf(person) : '';
  await bench.queries.answer(
    how === 'found' ? foundAnswer([{ employer, endedOn: '2026-05-31' }]) : err('offline'),
  );
}

/** From home through the matter of this place to what was fetched, and on. */
function wayTo(pick: number): Move[] {
  const on: Move = { pick: 1 };
  return [{ pick }, on, on, 'deliver', { answer: 'found' }, on, { act: { type: 'go', to: 'kept-of-me' } }];
}

it('never shows one person what is kept of another, and leaves nothing behind', async () => {
  const seen = new Set<string>();
  const shown = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 20, maxLength: 60 }),
      fc.constantFrom(...PEOPLE),
      async (moves, first) => {
        const bench = createBench();
        bench.world.catalog = WATCHED;
        bench.authority.readerSaid({ type: 'identity', read: readOf(first) });
        let answered = 0;
        for (const step of moves) {
          if (step === 'deliver') bench.keeper.deliverAll();
          else if ('act' in step) bench.act(step.act);
          else if ('pick' in step) bench.act(natural(bench, step.pick));
          else if ('lay' in step) bench.authority.readerSaid({ type: 'identity', read: readOf(step.lay) });
          else if ('waitMs' in step) bench.clock.advance(step.waitMs);
          else if (answered < bench.queries.asked.length) {
            await answerFor(bench, answered, step.answer);
            answered += 1;
          }
          await settle();
          const view = viewSchema.parse(bench.view());
          seen.add(view.page.kind);
          for (const person of PEOPLE) {
            if (!JSON.stringify(view).includes(secretOf(person))) continue;
            shown.add(view.page.kind);
            expect(view.holder).toBe(`${person === ELDER ? '欧阳' : '俞'}*`);
          }
        }
        bench.act({ type: 'leave' });
        bench.clock.advance(TIMEOUTS.goodbyeMs + TIMEOUTS.goodbyeExtraMs);
        await settle();
        for (const { signal } of bench.queries.asked.slice(answered)) expect(signal.aborted).toBe(true);
        while (answered < bench.queries.asked.length) {
          await answerFor(bench, answered, 'found');
          answered += 1;
        }
        for (const person of PEOPLE) expect(JSON.stringify(bench.view())).not.toContain(secretOf(person));
        expect(JSON.stringify(bench.logged)).not.toMatch(/只有|\d{6}/);
      },
    ),
    // Two ways there, so that what must be reached is, whatever chance brings besides.
    {
      numRuns: 100,
      examples: [
        [wayTo(1), NEIGHBOUR],
        [wayTo(0), ELDER],
      ],
    },
  );
  for (const kind of ['consent', 'records', 'fetched', 'kept-of-me', 'question'])
    expect([...seen]).toContain(kind);
  for (const kind of ['records', 'question']) expect([...shown]).toContain(kind);
});
