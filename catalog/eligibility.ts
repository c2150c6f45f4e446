import { ageInYears } from '../base/calendar.ts';
import type { Matter, Text } from './schema.ts';

type CardKind = NonNullable<Matter['eligibility'][number]['cards']>[number];

/** The submitter's card, as far as rules look at it. */
export interface ShownCard {
  /** As printed; empty where that kind of card bears none. */
  readonly address: string;
  readonly kind: CardKind;
}

/** The person a case concerns, as far as rules look at them. */
export interface Subject {
  /** ISO; null when not known. */
  readonly birth: string | null;
  /** The card of whoever submits; left out or null when there is none. */
  readonly card?: ShownCard | null | undefined;
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
 * What is not known (a birth date, the day, a card, the address on it) refuses nobody: whoever handles the case decides.
 */
export function findIneligibility(matter: Matter, subject: Subject, day: KnownDay): Text | undefined {
  return matter.eligibility.find(
    (rule) =>
      !isAgeOpen(rule, subject.birth, day) ||
      !isHomeOpen(rule, subject.card) ||
      !isCardOpen(rule, subject.card),
  )?.otherwise;
}

type Rule = Matter['eligibility'][number];

function isAgeOpen({ minAgeYears = 0, maxAgeYears }: Rule, birth: string | null, day: KnownDay): boolean {
  if (birth === null) return true;
  const isTooYoung = day.latest !== null && ageInYears(birth, day.latest) < minAgeYears;
  return !isTooYoung && ageInYears(birth, day.earliest) <= (maxAgeYears ?? Number.POSITIVE_INFINITY);
}

function isHomeOpen({ residentOf }: Rule, card: Subject['card']): boolean {
  if (residentOf === undefined || card == null || card.address.trim() === '') return true;
  return residentOf.some((place) => card.address.includes(place));
}

function isCardOpen({ cards }: Rule, card: Subject['card']): boolean {
  return cards === undefined || card == null || cards.includes(card.kind);
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
