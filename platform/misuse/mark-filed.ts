/** Marks what is filed, in the transaction that files it (`marks.ts` has what of it). */
import { isCountys } from '../../catalog/route.ts';
import { readContent } from '../../sync/content-coding.ts';
import { caseContentSchema } from '../../sync/contents.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import type { FilingScope, HeldEntry } from '../cases/file.ts';
import type { CaseFacts, ConsentFacts, Reading } from '../cases/reading.ts';
import type { PlatformContext } from '../context.ts';
import { readBody } from '../intake/read-body.ts';
import type { Db } from '../store/store.ts';
import { marksOf, marksOfAct, marksOfConsent } from './marks.ts';

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

/**
 * Something was done to a case that is there. Whose card it takes is read from the case itself, which is opened for it: an
 * act names nobody.
 */
export async function markAct(
  scope: Scope & { readonly tx: Db; readonly context: Pick<PlatformContext, 'openingKeys'> },
  entry: HeldEntry,
  { caseId, actors, answers }: Extract<Reading, { as: 'act' }>,
): Promise<void> {
  const { tx, context, marks } = scope;
  const row = await tx
    .selectFrom('cases')
    .innerJoin('bodies', 'bodies.entryId', 'cases.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .select(['cases.countyOnly', 'bodies.body', 'headers.header'])
    .where('cases.caseId', '=', caseId)
    .executeTakeFirst();
  const header = row && parseHeader(row.header);
  if (row === undefined || !header?.ok) return;
  const filed = readContent(caseContentSchema, readBody(context, header.value, row.body));
  if (!filed.ok) return;
  const facts = filed.value;
  const matter = context.book.findMade(facts.matter[2]) ?? context.book.find(facts.matter[0]);
  const countyOnly = row.countyOnly === 1;
  const what = { ...entry, nowMs: context.clock.wallMs(), facts, matter, countyOnly, actors, answers };
  marks.push(...marksOfAct(context.crypto, context.keys.misuseKey(), what));
}
