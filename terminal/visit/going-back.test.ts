/** Back and forth through a matter, in whatever order: what was answered stands there again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnswerValue } from '../../catalog/schema.ts';
import { createBench } from './testing/bench.ts';
import { ALLOWANCE, opened, REPORT } from './testing/fill-in.ts';
import { ELDER } from './testing/people.ts';

const WAYS = [
  { matterId: 'old-age-allowance', basis: 'self', values: ALLOWANCE },
  { matterId: 'problem-report', basis: 'open', values: REPORT },
] as const;

it('going back never loses an answer', () => {
  let returned = 0;
  const move = fc.constantFrom('answer', 'answer', 'answer', 'back', 'help', 'wait', 'home' as const);
  fc.assert(
    fc.property(fc.constantFrom(...WAYS), fc.array(move, { minLength: 10, maxLength: 40 }), (way, moves) => {
      const bench = createBench();
      bench.lay(ELDER);
      opened(bench, way.matterId, way.basis);
      const values: Readonly<Record<string, AnswerValue>> = way.values;
      const given = new Map<string, AnswerValue>();
      for (const one of moves) {
        const page = bench.page();
        if (page.kind === 'question' && given.has(page.question.id)) {
          returned += 1;
          expect([page.question.id, page.value]).toEqual([page.question.id, given.get(page.question.id)]);
        }
        if (page.kind === 'home') bench.act({ type: 'resume-draft' });
        else if (page.kind === 'matter') bench.act({ type: 'start', basis: way.basis });
        else if (one === 'back') bench.act({ type: 'back' });
        else if (one === 'home') bench.act({ type: 'home' });
        else if (one === 'wait') bench.clock.advance(20_000);
        else if (one === 'help') {
          bench.act({ type: 'go', to: 'agent' });
          bench.act({ type: 'back' });
        } else if (page.kind === 'question') {
          const value = values[page.question.id];
          if (value === undefined) break;
          const result = bench.act({ type: 'answer', questionId: page.question.id, value });
          if (result.ok && value !== '') given.set(page.question.id, value);
        }
        if (bench.page().kind === 'still-there') bench.act({ type: 'touch' });
      }
    }),
    { numRuns: 40 },
  );
  // The walks do come back to what was answered.
  expect(returned).toBeGreaterThan(20);
});
