/**
 * Raises flags in the transaction that holds the entries. Intake is one after another, on however many gateways (the
 * lock of its counter), so that no two cases overlook each other; a mark is there once an entry, so that none is counted
 * twice; and what is flagged depends on which marks there are alone (`judge.ts`), so that it is the same in any order.
 */
import type { Selectable } from 'kysely';
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { MisuseTables, NewMisuseMark } from '../store/misuse-tables.ts';
import type { NewRows } from '../store/new-rows.ts';
import type { Db } from '../store/store.ts';
import { judgeMarks, type Mark, type NewSpan, periodOf, reachMs } from './judge.ts';
import { misuseDigest } from './marks.ts';
import { type PatternName, patternOf } from './patterns.ts';

type Context = Pick<PlatformContext, 'clock' | 'crypto' | 'keys' | 'store'>;

/** What the transaction works on. */
interface Scope {
  readonly tx: Db;
  readonly context: Context;
  readonly rows: NewRows;
}

/** Writes the marks of cases whose rows are there or gathered, and flags what they make with those before. */
export async function flagMisuse(scope: Scope, marks: readonly NewMisuseMark[]): Promise<void> {
  if (marks.length === 0) return;
  scope.rows.misuseMarks.push(...marks);
  await scope.rows.flush();
  for (const [pattern, ofPattern] of Map.groupBy(marks, (mark) => mark.pattern))
    for (const about of await findMany(scope, pattern, ofPattern))
      await judgeAbout(scope, { pattern, about, ...spanOf(ofPattern, about) });
}

/** Of what the new marks are about, that which may be too much; fewer cannot have been flagged either. */
async function findMany(
  { tx, context }: Scope,
  name: PatternName,
  marks: readonly NewMisuseMark[],
): Promise<readonly Uint8Array[]> {
  const pattern = patternOf(name);
  const { fromMs, toMs } = spanOf(marks);
  const rows = await tx
    .selectFrom('misuseMarks')
    .select('about')
    .where(
      context.store.many.isOneOf(
        'about',
        marks.map(({ about }) => about),
      ),
    )
    .where('atMs', '>=', fromMs - reachMs(pattern))
    .where('atMs', '<=', toMs + reachMs(pattern))
    .groupBy('about')
    .having(({ fn }) => fn.count('other').distinct(), '>', pattern.most)
    .execute();
  return rows.map(({ about }) => about);
}

/** The time that marks span: all of them, or those about one thing. */
function spanOf(marks: readonly NewMisuseMark[], about?: Uint8Array): NewSpan {
  const times = marks.flatMap((mark) => (!about || equalBytes(mark.about, about) ? [mark.atMs] : []));
  return { fromMs: Math.min(...times), toMs: Math.max(...times) };
}

/** One thing compared, and the time its new marks span. */
interface About extends NewSpan {
  readonly pattern: PatternName;
  readonly about: Uint8Array;
}

/** A mark, and its row. */
interface EntryMark extends Mark {
  readonly row: Selectable<MisuseTables['misuseMarks']>;
}

async function judgeAbout(scope: Scope, what: About): Promise<void> {
  const pattern = patternOf(what.pattern);
  const rows = await scope.tx
    .selectFrom('misuseMarks')
    .selectAll()
    .where('about', '=', what.about)
    .where('atMs', '>=', what.fromMs - reachMs(pattern))
    .where('atMs', '<=', what.toMs + reachMs(pattern))
    .execute();
  const all = rows.map((row) => ({
    ...{ other: toHex(row.other), entry: toHex(row.entryId), atMs: row.atMs, row },
  }));
  const inCounty = judgeMarks(pattern, all, what);
  // A town is told what would be flagged without the cases it must not know of.
  const ofTowns = all.filter(({ row }) => row.countyOnly === 0);
  const inTowns = judgeMarks(pattern, ofTowns, what);
  const judged = all.map((mark) => ({ ...mark, flagId: flagIdOf(scope, what, mark) }));
  const flagged = judged.filter(({ entry }) => inCounty.flagged.has(entry));
  await putFlags(scope, what.pattern, flagged, (entry) => (inTowns.flagged.has(entry) ? 1 : 0));
  if (inCounty.cleared.size > 0)
    await takeFlags(
      scope,
      judged.filter(({ entry }) => inCounty.cleared.has(entry)),
    );
}

function flagIdOf({ context }: Scope, { pattern, about }: About, { atMs }: Mark): Uint8Array {
  const { crypto, keys } = context;
  const parts = ['flag', pattern, toHex(about), periodOf(patternOf(pattern), atMs)];
  return misuseDigest(crypto, keys.misuseKey(), parts);
}

/** A mark, and the flag that it belongs to. */
interface FlaggedMark extends EntryMark {
  readonly flagId: Uint8Array;
}

/** Writes what is not there yet, so that one mark more costs no more than itself. */
async function putFlags(
  scope: Scope,
  pattern: PatternName,
  marks: readonly FlaggedMark[],
  forTown: (entry: string) => 0 | 1,
): Promise<void> {
  const { tx, context } = scope;
  if (marks.length === 0) return;
  const there = await entriesOf(scope, marks);
  const known = new Map(there.map((row) => [nameOf(row.flagId, row.entryId), row.forTown]));
  const madeMs = context.clock.wallMs();
  for (const { flagId, row, entry } of marks) {
    const { entryId, caseId, countyOnly, townCode, villageName, atMs } = row;
    const before = known.get(nameOf(flagId, entryId));
    const now = forTown(entry);
    if (before === now) continue;
    known.set(nameOf(flagId, entryId), now);
    if (before === undefined) {
      await tx
        .insertInto('misuseFlags')
        .values({ flagId, pattern })
        .onConflict((on) => on.column('flagId').doNothing())
        .execute();
      await tx
        .insertInto('misuseFlagEntries')
        .values({
          ...{ flagId, entryId, caseId, countyOnly, townCode, villageName, atMs, madeMs },
          ...{ forTown: now, endId: null },
        })
        .execute();
    } else
      await tx
        .updateTable('misuseFlagEntries')
        .set({ forTown: now })
        .where('flagId', '=', flagId)
        .where('entryId', '=', entryId)
        .execute();
  }
}

/** Takes away what turned out usual, unless somebody has looked into it: that stays on record. */
async function takeFlags(scope: Scope, marks: readonly FlaggedMark[]): Promise<void> {
  const there = await entriesOf(scope, marks);
  const cleared = new Set(marks.map(({ flagId, row }) => nameOf(flagId, row.entryId)));
  for (const { flagId, entryId, endId } of there) {
    if (endId !== null || !cleared.has(nameOf(flagId, entryId))) continue;
    await scope.tx
      .deleteFrom('misuseFlagEntries')
      .where('flagId', '=', flagId)
      .where('entryId', '=', entryId)
      .execute();
  }
}

/** What these flags hold already. */
function entriesOf({ tx, context }: Scope, marks: readonly FlaggedMark[]) {
  const flagIds = new Map(marks.map(({ flagId }) => [toHex(flagId), flagId]));
  return tx
    .selectFrom('misuseFlagEntries')
    .selectAll()
    .where(context.store.many.isOneOf('flagId', [...flagIds.values()]))
    .execute();
}

function nameOf(flagId: Uint8Array, entryId: Uint8Array): string {
  return `${toHex(flagId)}/${toHex(entryId)}`;
}
