/** Marks what is filed, in the transaction that files it (`marks.ts` has what of it). */
import { isCountys } from '../../catalog/route.ts';
import type { FilingScope, HeldEntry } from '../cases/file.ts';
import type { CaseFacts, ConsentFacts } from '../cases/reading.ts';
import { marksOf, marksOfConsent } from './marks.ts';

type Scope = Pick<FilingScope, 'context' | 'marks'>;

/** A case was filed. */
export function markCase(
  { context, marks }: Scope,
  entry: HeldEntry,
  { facts, countyOnly }: { readonly facts: CaseFacts; readonly countyOnly: boolean },
): void {
  // As it was on the screen, or else as it is today.
  const matter = context.book.findMade(facts.matter[2]) ?? context.book.find(facts.matter[0]);
  const what = { ...entry, nowMs: context.clock.wallMs(), facts, matter, countyOnly };
  marks.push(...marksOf(context.crypto, context.keys.misuseKey(), what));
}

/** Somebody agreed to something being looked up; for a matter that the county may have alone, only the county hears. */
export function markConsent({ context, marks }: Scope, entry: HeldEntry, facts: ConsentFacts): void {
  const matter = facts.matter && context.book.find(facts.matter[0]);
  const countyOnly = Boolean(matter && (isCountys(matter) || matter.countyWhen !== undefined));
  const what = { ...entry, nowMs: context.clock.wallMs(), facts, countyOnly };
  marks.push(...marksOfConsent(context.crypto, context.keys.misuseKey(), what));
}
