import { ageInYears } from '../base/calendar.ts';
import type { Matter, Text } from './schema.ts';

/** The person a case concerns, as far as rules look at them. `birth` is ISO; null when not known. */
export interface Subject {
  readonly birth: string | null;
}

/**
 * What is sure of today's date. An untrusted clock proves only that it is not before some day (design.md law 9):
 * then `latest` is null, and nobody is refused for being too young.
 */
export interface KnownDay {
  /** ISO; today is not before it. */
  readonly earliest: string;
  /** ISO; today is not after it. Null when that is not known. */
  readonly latest: string | null;
}

/** A day that is sure. */
export function sureDay(iso: string): KnownDay {
  return { earliest: iso, latest: iso };
}

/**
 * The plain reason why a matter is not for this person today, or `undefined` when nothing speaks against it.
 * Where no birth date is known, or the day is not, nothing is refused: whoever handles the case decides.
 */
export function findIneligibility(matter: Matter, subject: Subject, day: KnownDay): Text | undefined {
  const { birth } = subject;
  if (birth === null) return undefined;
  return matter.eligibility.find(
    ({ minAgeYears = 0, maxAgeYears = Number.POSITIVE_INFINITY }) =>
      (day.latest !== null && ageInYears(birth, day.latest) < minAgeYears) ||
      ageInYears(birth, day.earliest) > maxAgeYears,
  )?.otherwise;
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
