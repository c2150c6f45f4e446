/** Matters that a resident may entrust to a village agent: which can be such, and what is asked of the agent then. */
import { visibleQuestions } from './conditions.ts';
import { type Rule, when } from './rule-problem.ts';
import type { Matter, Question } from './schema.ts';

/** What nobody can give for somebody else, or could turn to their own use. */
const NEVER_FOR_ANOTHER: ReadonlySet<Question['type']> = new Set([
  ...(['signature', 'person-card', 'bank-account'] as const),
]);

/**
 * Nothing that needs proof of the person, is private, goes to the county past village and town, is paid or printed, or
 * asks for what only the resident can give.
 */
export const entrustFits: Rule = (matter) => {
  if (matter.entrust === undefined) return [];
  const { kind, assurance, bases, countyWhen } = matter;
  const says = (wrong: boolean, what: string) => when(wrong, 'entrust', what);
  const asked = visibleQuestions(matter, 'agent', {});
  return [
    ...says(kind !== 'apply' && kind !== 'book', 'only an application or a booking can be entrusted'),
    ...says(assurance !== 'card', 'must need the card, and nothing more'),
    ...says(!bases.some(({ basis }) => basis === 'self'), 'must be one that people do for themselves'),
    ...says(matter.private, 'a private matter is nobody else’s'),
    ...says(countyWhen !== undefined, 'what may speak of the village is nobody’s to do for another'),
    ...asked.flatMap(({ id, type }) =>
      says(NEVER_FOR_ANOTHER.has(type), `asks ${id}, which only the resident can give`),
    ),
  ];
};

/** Whether a matter may be entrusted. */
export function isEntrustable(matter: Matter): matter is Matter & { entrust: object } {
  return matter.entrust !== undefined;
}

/**
 * A matter as an agent does it under an authority: on that basis alone. Nothing is fetched of somebody who cannot agree to
 * it here, and nothing else is opened with it.
 */
export function asEntrusted(matter: Matter): Matter {
  return {
    ...matter,
    bases: [{ basis: 'agent', label: { zh: '受委托代办', en: 'Entrusted to me' }, evidence: [] }],
    shared: [],
    bundle: [],
  };
}
