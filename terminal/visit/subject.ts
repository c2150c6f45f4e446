/** Whom a matter in hand is for. */
import { findSubjectReadId, findTypedSubject } from '../../catalog/form.ts';
import type { IdentityRead } from '../../drivers/api.ts';
import type { Filling, Visit } from './visit.ts';

/** The card of the one a matter in hand is for, once it was laid; nobody's where the matter is open. */
export function findSubjectCard(visit: Visit, filling: Filling): IdentityRead | undefined {
  if (filling.basis === 'open' || filling.supplement !== null || filling.collects !== null) return undefined;
  if (filling.basis === 'self') return visit.person?.card;
  if (filling.basis === 'agent') return visit.absent?.person.card;
  const readId = findSubjectReadId(filling.matter, filling.basis, filling.answers);
  return filling.cards.find((card) => card.readId === readId);
}

/** The name of the one a matter in hand is for, as soon as a card or an answer tells it; null where nobody is known. */
export function findSubjectName(visit: Visit, filling: Filling): string | null {
  const typed = findTypedSubject(filling.matter, filling.basis, filling.answers);
  return findSubjectCard(visit, filling)?.name ?? typed?.name ?? null;
}
