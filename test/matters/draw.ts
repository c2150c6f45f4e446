/** How generated visits are drawn: few for each matter, the same every time, more where somebody asks for more. */
import fc from 'fast-check';
import type { SharedRecord } from '../../catalog/fill-shared.ts';
import { sharedAsks } from '../../catalog/fill-shared.ts';
import type { Basis, Matter, Question } from '../../catalog/schema.ts';
import { arbitraryAnswer } from '../../catalog/testing/arbitrary-answers.ts';
import { canBeAsked } from '../../terminal/visit/sharing.ts';
import type { Bench } from '../../terminal/visit/testing/bench.ts';
import { contextOf, type Draw } from './fill-in.ts';
import { arbitraryHolder, type Holder } from './people.ts';
import { CATALOG, TODAY } from './station.ts';

/** Visits drawn for each basis of each matter; `YIZHAN_MATTER_RUNS` asks for more. */
const RUNS = Number(process.env.YIZHAN_MATTER_RUNS ?? 2);
const SEED = 330_624;

/** Runs `visit` with values drawn anew each time; what fails is told with its seed. */
export async function drawn(visit: (draw: Draw) => Promise<void>, numRuns = RUNS): Promise<void> {
  const draws = fc.asyncProperty(fc.gen(), (gen) => visit((arbitrary) => gen(() => arbitrary)));
  await fc.assert(draws, { numRuns, seed: SEED, endOnFailure: true });
}

/** The bases on which a matter can be done: where it rests on shared data, whom it is about must have a card to lay. */
export function basesOf(matter: Matter): readonly Basis[] {
  return matter.bases.map(({ basis }) => basis).filter((basis) => canBeAsked(matter, basis));
}

/** Whoever stands there for this matter; nobody where it is open. */
export function drawHolder(matter: Matter, draw: Draw): Holder | null {
  return matter.assurance === 'open' ? null : draw(arbitraryHolder(matter, TODAY));
}

/** One record that says something in every field, and what a matter would have answered by it. */
export function drawRecord(matter: Matter, bench: Bench, draw: Draw): SharedRecord {
  const sets = new Set(sharedAsks(matter).map(({ dataSet }) => dataSet));
  const fields = CATALOG.dataSets.filter(({ id }) => sets.has(id)).flatMap((set) => set.fields);
  const plain = Object.fromEntries(fields.map(({ id }) => [id, '样例']));
  const filled = matter.shared.flatMap(({ fills }) =>
    Object.entries(fills).flatMap(([questionId, field]) => {
      const question = matter.questions.find(({ id }) => id === questionId);
      const value = question && drawScalar(question, bench, draw);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  return { ...plain, ...Object.fromEntries(filled) };
}

function drawScalar(question: Question, bench: Bench, draw: Draw): string | number | boolean | undefined {
  const value = draw(arbitraryAnswer(question, contextOf(bench)));
  return typeof value === 'object' ? undefined : value;
}
