import { ageInYears } from '../base/calendar.ts';
import type { Matter, Text } from './schema.ts';

/** The person a case concerns, as far as rules look at them. `birth` is ISO; null when not known. */
export interface Subject {
  readonly birth: string | null;
}

/**
 * The plain reason why a matter is not for this person today, or `undefined` when nothing speaks against it.
 * Where no birth date is known nothing is refused: whoever handles the case decides.
 */
export function findIneligibility(matter: Matter, subject: Subject, todayIso: string): Text | undefined {
  const { birth } = subject;
  if (birth === null) return undefined;
  return matter.eligibility.find((ages) => !isOfAge(birth, todayIso, ages))?.otherwise;
}

/** Whether someone born on `birth` is within the limits today, both ends included. */
export function isOfAge(
  birth: string,
  todayIso: string,
  ages: { readonly minAgeYears?: number | undefined; readonly maxAgeYears?: number | undefined },
): boolean {
  const years = ageInYears(birth, todayIso);
  return years >= (ages.minAgeYears ?? 0) && years <= (ages.maxAgeYears ?? Number.POSITIVE_INFINITY);
}
