/** Somebody young at the machine alone: what is theirs, what a parent does, and a terminal that judges it again. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import { sureDay } from '../../catalog/eligibility.ts';
import type { Basis } from '../../catalog/schema.ts';
import { GUARDIAN_WORDS, mayDoAlone, youngOf } from '../cases/children.ts';
import { createBench } from './testing/bench.ts';
import { ALLOWANCE, ASSISTANCE, answerAll, opened, REPORT } from './testing/fill-in.ts';
import { NEIGHBOUR, numberOf, type SamplePerson } from './testing/people.ts';
import { PROJECT_CATALOG, WHOLE_CATALOG } from './testing/site.ts';

const DAY = sureDay('2026-06-12');

const childOf = (birth: string): SamplePerson => ({
  name: '林小满',
  number: numberOf(birth.replaceAll('-', ''), '001'),
  sex: 'male',
  birth,
  validTo: '2030-01-01',
});
const CHILD = childOf('2016-05-01');
const PUPIL = childOf('2011-05-01');

test.each([
  ['2012-06-13', '2026-06-12', 'under-14'],
  ['2012-06-12', '2026-06-12', 'under-16'],
  ['2010-06-13', '2026-06-12', 'under-16'],
  ['2010-06-12', '2026-06-12', null],
  // Born on a leap day: a year older on 1 March where there is none.
  ['2012-02-29', '2026-02-28', 'under-14'],
  ['2012-02-29', '2026-03-01', 'under-16'],
  ['2012-02-29', '2028-02-28', 'under-16'],
  ['2012-02-29', '2028-02-29', null],
  ['2026-06-13', '2026-06-12', null],
] as const)('born %s, on %s: %s', (birth, today, young) => {
  expect(youngOf(birth, sureDay(today))).toBe(young);
});

test('nobody is a child whose birth, or whose day, is not sure', () => {
  expect(youngOf(null, DAY)).toBeNull();
  expect(youngOf('', DAY)).toBeNull();
  expect(youngOf('2016-02-30', DAY)).toBeNull();
  expect(youngOf('2016-05-01', { earliest: '2026-06-12', latest: null })).toBeNull();
});

test('alone they read guides, and report; of all matters nothing else', () => {
  for (const matter of WHOLE_CATALOG.matters) {
    const isRead =
      matter.kind === 'guide' || JSON.stringify(matter.source ?? '').match(/guides|local/) !== null;
    expect([matter.id, mayDoAlone('under-16', matter)]).toEqual([
      matter.id,
      isRead || matter.kind === 'report',
    ]);
    const isOpen = matter.kind === 'report' && matter.bases.some(({ basis }) => basis === 'open');
    expect([matter.id, mayDoAlone('under-14', matter)]).toEqual([matter.id, isRead || isOpen]);
    for (const { basis } of matter.bases) {
      if (matter.kind === 'report' && basis !== 'open')
        expect(mayDoAlone('under-14', matter, basis)).toBe(false);
      expect(mayDoAlone(null, matter, basis)).toBe(true);
    }
  }
});

describe.each([
  [CHILD, 'under-14', '小朋友'],
  [PUPIL, 'under-16', '林同学'],
] as const)('a child', (child, young, address) => {
  it(`${young}: is told kindly, sees what is theirs, and whom to ask for the rest before anything starts`, () => {
    const bench = createBench();
    bench.lay(child);
    const home = bench.page();
    expect(home).toMatchObject({ kind: 'home', young, greeting: { address: { zh: address } } });
    expect(home.kind === 'home' && home.likely.every(({ availability }) => availability === 'open')).toBe(
      true,
    );
    bench.act({ type: 'open-matter', matterId: 'village-banquet' });
    expect(bench.page()).toMatchObject({
      blocked: { code: 'needs-guardian', words: GUARDIAN_WORDS[young] },
    });
    expect(bench.act({ type: 'start', basis: 'self' })).toMatchObject({
      error: { code: 'matter-not-available', words: GUARDIAN_WORDS[young] },
    });
  });

  it(`${young}: reports a problem`, () => {
    const bench = createBench();
    bench.lay(child);
    opened(bench, 'problem-report', 'open');
    answerAll(bench, REPORT);
    expect(bench.act({ type: 'submit' })).toEqual({ ok: true });
    expect(bench.page()).toMatchObject({ kind: 'kept' });
  });
});

it('a clock set right in the middle of the visit is judged by before anything is kept', () => {
  const bench = createBench();
  bench.world.trustedTime = false;
  bench.lay(CHILD);
  expect(bench.page()).toMatchObject({ kind: 'home', young: null });
  expect(opened(bench, 'village-banquet', 'self')).toEqual({ ok: true });
  bench.act({ type: 'home' });
  bench.act({ type: 'open-category', categoryId: 'relief' });
  opened(bench, 'temporary-assistance', 'self');
  answerAll(bench, ASSISTANCE);
  expect(bench.page()).toMatchObject({ kind: 'check' });
  bench.world.trustedTime = true;
  bench.authority.refresh();
  expect(bench.act({ type: 'submit' })).toMatchObject({
    error: { code: 'matter-not-available', words: GUARDIAN_WORDS['under-14'] },
  });
  expect(bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted')).toEqual([]);
});

it('a parent lays their own card after the child’s, and is served as everybody', () => {
  const bench = createBench();
  bench.lay(CHILD);
  bench.lay(NEIGHBOUR);
  bench.act({ type: 'second-card', choice: 'next-person' });
  expect(bench.page()).toMatchObject({ kind: 'home', young: null });
  expect(opened(bench, 'village-banquet', 'self')).toEqual({ ok: true });
});

it('whatever a child touches, in whatever order, nothing but a report is ever kept', () => {
  const ids = PROJECT_CATALOG.matters.map(({ id }) => id);
  const basis = fc.constantFrom<Basis>('self', 'family', 'guardian', 'agent', 'open');
  const reporting = { do: 'start', id: 'problem-report', basis: 'open' } as const;
  const step = fc.oneof(
    fc.record({ do: fc.constant('start' as const), id: fc.constantFrom(...ids), basis }),
    fc.constant(reporting),
    fc.record({ do: fc.constant('fill' as const), as: fc.constantFrom(REPORT, ALLOWANCE) }),
    fc.record({ do: fc.constantFrom('home' as const, 'resume-draft' as const) }),
    fc.constant({ do: 'submit' as const }),
  );
  const births = fc
    .integer({
      min: (findDateStartMs('2010-06-13') ?? 0) / 1_000,
      max: (findDateStartMs('2026-06-12') ?? 0) / 1_000,
    })
    .map((seconds) => new Date(seconds * 1_000 + 8 * 3_600_000).toISOString().slice(0, 10));
  let reports = 0;
  fc.assert(
    fc.property(births, fc.array(step, { minLength: 10, maxLength: 40 }), (birth, steps) => {
      const bench = createBench();
      bench.lay(childOf(birth));
      for (const one of steps) {
        if (one.do === 'fill') answerWhatFits(bench, one.as);
        else if (one.do !== 'start') bench.act({ type: one.do });
        else {
          bench.act({ type: 'home' });
          opened(bench, one.id, one.basis);
        }
      }
      const kept = bench.keeper.contents().filter(({ kind }) => kind === 'case.submitted');
      reports += kept.length;
      for (const one of kept) expect(one).toMatchObject({ matter: ['problem-report', 3, expect.anything()] });
    }),
    { numRuns: 40 },
  );
  // They get that far: walks that keep nothing would prove nothing.
  expect(reports).toBeGreaterThan(0);
});

/** Gives the answers it has, and leaves a question it has none for. */
function answerWhatFits(
  bench: ReturnType<typeof createBench>,
  values: typeof ALLOWANCE | typeof REPORT,
): void {
  try {
    answerAll(bench, values);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
