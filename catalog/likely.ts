import { isOfAge, type Subject } from './eligibility.ts';
import type { Matter } from './schema.ts';

/** When and where the terminal stands, as far as likelihood looks at it. */
export interface Here {
  /** ISO. */
  readonly todayIso: string;
  /** The statistics codes of its town and village. */
  readonly places: readonly string[];
}

/**
 * The matters home shows first for a card holder, by each file's `likely`: at most `limit`, lowest order
 * first. Where the age is not known, those that depend on it are left out.
 */
export function likelyMatters(
  matters: readonly Matter[],
  holder: Subject,
  { todayIso, places }: Here,
  limit = 4,
): readonly Matter[] {
  const month = Number(todayIso.slice(5, 7));
  return matters
    .flatMap((matter) => (matter.likely ? [{ matter, likely: matter.likely }] : []))
    .filter(({ likely }) => {
      const { minAgeYears, maxAgeYears } = likely;
      if (likely.months?.includes(month) === false) return false;
      if (likely.places?.some((code) => places.includes(code)) === false) return false;
      if (minAgeYears === undefined && maxAgeYears === undefined) return true;
      return holder.birth !== null && isOfAge(holder.birth, todayIso, likely);
    })
    .sort((a, b) => a.likely.order - b.likely.order || a.matter.no - b.matter.no)
    .slice(0, limit)
    .map(({ matter }) => matter);
}
