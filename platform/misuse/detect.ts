/**
 * Raises flags in the transaction that holds the entries. Intake is one after another, on however many gateways (the
 * lock of its counter), so that no two cases overlook each other; a mark is there once an entry, so that none is counted
 * twice; and what is flagged depends on which marks there are alone (`judge.ts`), so that it is the same in any order.
 */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { NewMisuseMark } from '../store/misuse-tables.ts';
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
  const { tx, context, rows } = scope;
  rows.misuseMarks.push(...marks);
  await rows.flush();
  const counted = await tx
    .selectFrom('misuseMarks')
    .select((column) => ['pattern', 'about', column.fn.count<number>('other').distinct().as('others')])
    .where(
      context.store.many.isOneOf(
        'about',
        marks.map(({ about }) => about),
      ),
    )
    .groupBy(['pattern', 'about'])
    .execute();
  for (const { pattern, about, others } of counted) {
    // What was flagged can be too few only where what is usual counts.
    if (Number(others) <= patternOf(pattern).most) continue;
    const name = toHex(about);
    const times = marks.filter((mark) => toHex(mark.about) === name).map(({ atMs }) => atMs);
    await judgeAbout(scope, { pattern, about, fromMs: Math.min(...times), toMs: Math.max(...times) });
  }
}

/** One thing compared, and the time its new marks span. */
interface About extends NewSpan {
  readonly pattern: PatternName;
  readonly about: Uint8Array;
}

/** A mark, and its case as the database has it. */
interface CaseMark extends Mark {
  readonly ofCase: Uint8Array;
}

async function judgeAbout(scope: Scope, what: About): Promise<void> {
  const pattern = patternOf(what.pattern);
  const rows = await scope.tx
    .selectFrom('misuseMarks')
    .innerJoin('cases', 'cases.caseId', 'misuseMarks.caseId')
    .select(['other', 'misuseMarks.caseId', 'atMs', 'countyOnly'])
    .where('about', '=', what.about)
    .where('atMs', '>=', what.fromMs - reachMs(pattern))
    .where('atMs', '<=', what.toMs + reachMs(pattern))
    .execute();
  const all = rows.map((row) => ({
    ...{ other: toHex(row.other), caseId: toHex(row.caseId), ofCase: row.caseId },
    ...{ atMs: row.atMs, countyOnly: row.countyOnly },
  }));
  const inCounty = judgeMarks(pattern, all, what);
  // A town is told what would be flagged without the cases it must not know of.
  const ofTowns = all.filter(({ countyOnly }) => countyOnly === 0);
  const inTowns = judgeMarks(pattern, ofTowns, what);
  for (const mark of all) {
    const { caseId } = mark;
    if (inCounty.flagged.has(caseId)) {
      await putFlag(scope, what, mark);
      if (inTowns.flagged.has(caseId)) await tellTown(scope, what, mark, 1);
      else if (inTowns.cleared.has(caseId)) await tellTown(scope, what, mark, 0);
    } else if (inCounty.cleared.has(caseId)) await takeFlag(scope, what, mark);
  }
}

function flagIdOf({ context }: Scope, { pattern, about }: About, { atMs }: Mark): Uint8Array {
  const { crypto, keys } = context;
  const parts = ['flag', pattern, toHex(about), periodOf(patternOf(pattern), atMs)];
  return misuseDigest(crypto, keys.misuseKey(), parts);
}

async function putFlag(scope: Scope, what: About, mark: CaseMark): Promise<void> {
  const { tx, context } = scope;
  const flagId = flagIdOf(scope, what, mark);
  await tx
    .insertInto('misuseFlags')
    .values({ flagId, pattern: what.pattern, madeMs: context.clock.wallMs() })
    .onConflict((on) => on.column('flagId').doNothing())
    .execute();
  await tx
    .insertInto('misuseFlagCases')
    .values({ flagId, caseId: mark.ofCase, forTown: 0, endId: null })
    .onConflict((on) => on.columns(['flagId', 'caseId']).doNothing())
    .execute();
}

async function tellTown(scope: Scope, what: About, mark: CaseMark, forTown: 0 | 1): Promise<void> {
  await scope.tx
    .updateTable('misuseFlagCases')
    .set({ forTown })
    .where('flagId', '=', flagIdOf(scope, what, mark))
    .where('caseId', '=', mark.ofCase)
    .execute();
}

/** Unless somebody has looked into it: that stays on record. */
async function takeFlag(scope: Scope, what: About, mark: CaseMark): Promise<void> {
  await scope.tx
    .deleteFrom('misuseFlagCases')
    .where('flagId', '=', flagIdOf(scope, what, mark))
    .where('caseId', '=', mark.ofCase)
    .where('endId', 'is', null)
    .execute();
}
