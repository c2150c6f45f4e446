/**
 * The last thing that a matter asks is mostly that what was said is true. It is asked where all of it is looked at once
 * more, and one touch declares it and hands the matter in.
 */
import { findAnswer, visibleQuestions } from '../../catalog/conditions.ts';
import { isFiled } from '../../catalog/kind-rules.ts';
import type { Matter, Question } from '../../catalog/schema.ts';
import type { Filling } from './visit.ts';

type Declaration = Extract<Question, { type: 'declaration' }>;

/** The declaration that is made on the check page; none where the matter ends with none, or it was made already. */
export function findLastDeclaration({
  matter,
  basis,
  answers,
}: Pick<Filling, 'matter' | 'basis' | 'answers'>): Declaration | undefined {
  if (!hasCheckPage(matter)) return undefined;
  const last = visibleQuestions(matter, basis, answers).at(-1);
  // One that depends on something is about that: whoever it concerns agrees, say. It has its own page.
  if (last?.type !== 'declaration' || last.optional || last.when !== undefined) return undefined;
  return findAnswer(answers, last.id) === undefined ? last : undefined;
}

/** A matter in hand as it is once that declaration is made. */
export function asDeclared(filling: Filling): Filling {
  const declaration = findLastDeclaration(filling);
  if (declaration === undefined) return filling;
  return { ...filling, answers: { ...filling.answers, [declaration.id]: true } };
}

/** What is paid is checked on its bill, and what is read or printed is not filed. */
function hasCheckPage(matter: Matter): boolean {
  return isFiled(matter) && matter.kind !== 'pay';
}
