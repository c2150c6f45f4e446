import { isOfAge, type Subject } from './eligibility.ts';
import type { Matter } from './schema.ts';

/**
 * The matters home shows first for a card holder, by each file's `likely`: at most `limit`, lowest order
 * first. Where the age is not known, those that depend on it are left out.
 */
export function likelyMatters(
  matters: readonly Matter[],
  holder: Subject,
  todayIso: string,
  limit = 4,
): readonly Matter[] {
  return matters
    .flatMap((matter) => (matter.likely ? [{ matter, likely: matter.likely }] : []))
    .filter(({ likely }) => {
      const { minAgeYears, maxAgeYears } = likely;
      if (minAgeYears === undefined && maxAgeYears === undefined) return true;
      return holder.birth !== null && isOfAge(holder.birth, todayIso, likely);
    })
    .sort((a, b) => a.likely.order - b.likely.order || a.matter.no - b.matter.no)
    .slice(0, limit)
    .map(({ matter }) => matter);
}
