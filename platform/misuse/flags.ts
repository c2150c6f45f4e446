/**
 * Flags as a desk may know them. A town knows those of its own place, without what is the county's alone; the county
 * knows all. A case of a flag is open until somebody wrote down what they found, for the county also after a town sent
 * it on.
 */
import { toHex } from '../../base/bytes.ts';
import type { PlatformContext } from '../context.ts';
import type { MessageRow } from '../store/message-tables.ts';
import type { MisuseEndsTable } from '../store/misuse-tables.ts';
import type { Db } from '../store/store.ts';
import { takeNumbers } from '../store/store.ts';
import { type PatternName, patternOf } from './patterns.ts';

/** Whose flags: a town's by its code, or all. */
export type Viewer = { readonly townCode: string } | 'county';

/** One act of a flag; the first three are null where it made no case. */
export interface FlaggedAct {
  readonly entryId: Uint8Array;
  readonly caseId: Uint8Array | null;
  readonly localNumber: string | null;
  readonly townCode: string;
  readonly villageName: string;
  readonly deskCode: string | null;
  readonly atMs: number;
  readonly isOpen: boolean;
  /** What became of the message to the person: null while it is owed, `undefined` where none is. */
  readonly told: MessageRow['outcome'] | undefined;
  readonly toldMs: number | null;
}

/** One flag, with the cases this viewer may know of, in time. */
export interface Flag {
  readonly flagId: Uint8Array;
  readonly pattern: PatternName;
  /** Since when the oldest of its cases waits. */
  readonly madeMs: number;
  readonly acts: readonly FlaggedAct[];
}

export type EndChoice = MisuseEndsTable['choice'];

const ROWS = 5_000;

function actsFor(db: Db, viewer: Viewer) {
  return db
    .selectFrom('misuseFlagEntries')
    .innerJoin('misuseFlags', 'misuseFlags.flagId', 'misuseFlagEntries.flagId')
    .leftJoin('cases', 'cases.caseId', 'misuseFlagEntries.caseId')
    .leftJoin('misuseEnds', 'misuseEnds.endId', 'misuseFlagEntries.endId')
    .select([
      'misuseFlags.flagId',
      'pattern',
      'misuseFlagEntries.madeMs',
      'misuseFlagEntries.entryId',
      'misuseFlagEntries.caseId',
      'localNumber',
      'misuseFlagEntries.townCode',
    ])
    .leftJoin('messages', 'messages.entryId', 'misuseFlagEntries.entryId')
    .select(['misuseFlagEntries.villageName', 'cases.deskCode', 'misuseFlagEntries.atMs'])
    .select('misuseEnds.choice')
    .select(['messages.entryId as messageId', 'messages.outcome', 'messages.doneMs as toldMs'])
    .$if(viewer !== 'county', (query) =>
      query
        .where('forTown', '=', 1)
        .where('misuseFlagEntries.countyOnly', '=', 0)
        .where('misuseFlagEntries.townCode', '=', viewer === 'county' ? '' : viewer.townCode),
    )
    .orderBy('misuseFlagEntries.atMs')
    .limit(ROWS);
}

type Row = Awaited<ReturnType<ReturnType<typeof actsFor>['executeTakeFirstOrThrow']>>;

function flagsOf(rows: readonly Row[], viewer: Viewer): readonly Flag[] {
  return [...Map.groupBy(rows, ({ flagId }) => toHex(flagId)).values()].map((ofFlag) => {
    const { flagId, pattern } = ofFlag[0]!;
    const acts = ofFlag.map((row) => ({
      ...row,
      isOpen: isOpen(row.choice, viewer),
      told: row.messageId === null ? undefined : row.outcome,
    }));
    const madeMs = Math.min(...ofFlag.map((row) => row.madeMs));
    return { flagId, pattern, madeMs, acts };
  });
}

function isOpen(choice: EndChoice | null, viewer: Viewer): boolean {
  return choice === null || (viewer === 'county' && choice === 'to-county');
}

/** Those with a case that nobody has looked into, oldest first. */
export async function openFlags(db: Db, viewer: Viewer): Promise<readonly Flag[]> {
  const rows = await actsFor(db, viewer)
    .where((where) =>
      where.or([
        where('misuseFlagEntries.endId', 'is', null),
        ...(viewer === 'county' ? [where('misuseEnds.choice', '=', 'to-county' as const)] : []),
      ]),
    )
    .execute();
  return [...flagsOf(rows, viewer)].sort((a, b) => a.madeMs - b.madeMs);
}

/** One flag, whole; `undefined` where this viewer may not know of it. */
export async function findFlag(db: Db, viewer: Viewer, flagId: Uint8Array): Promise<Flag | undefined> {
  const rows = await actsFor(db, viewer).where('misuseFlagEntries.flagId', '=', flagId).execute();
  return flagsOf(rows, viewer)[0];
}

/** What was written down of flags, newest first: a desk's own, to the county all; of one flag where it is given. */
export function endsOf(
  db: Db,
  of: { readonly deskCode: string | null; readonly flagId?: Uint8Array },
  limit: number,
) {
  const { deskCode, flagId } = of;
  return db
    .selectFrom('misuseEnds')
    .innerJoin('misuseFlags', 'misuseFlags.flagId', 'misuseEnds.flagId')
    .innerJoin('staff', 'staff.staffId', 'misuseEnds.staffId')
    .select(['misuseEnds.flagId', 'pattern', 'misuseEnds.deskCode', 'atMs', 'choice', 'words', 'staff.name'])
    .$if(deskCode !== null, (query) => query.where('misuseEnds.deskCode', '=', deskCode ?? ''))
    .$if(flagId !== undefined, (query) => query.where('misuseEnds.flagId', '=', flagId ?? new Uint8Array(0)))
    .orderBy('atMs', 'desc')
    .limit(limit)
    .execute();
}

/** What somebody found of the open cases of a flag. */
export interface FlagEnd {
  readonly flagId: Uint8Array;
  readonly deskCode: string;
  readonly staffId: number;
  readonly choice: EndChoice;
  readonly words: string;
  /** How many cases were open on the page they read. */
  readonly seen: number;
}

/** Writes it down; false where another case came, or somebody else was faster. */
export function endFlag(
  { store, clock, crypto }: Pick<PlatformContext, 'store' | 'clock' | 'crypto'>,
  viewer: Viewer,
  { seen, ...end }: FlagEnd,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    // The lock of intake: no case comes to the flag meanwhile, and nobody else ends it.
    await takeNumbers(tx, 'held', 0);
    const flag = await findFlag(tx, viewer, end.flagId);
    const open = flag?.acts.filter((one) => one.isOpen) ?? [];
    if (open.length === 0 || open.length !== seen) return false;
    const endId = crypto.randomBytes(16);
    await tx
      .insertInto('misuseEnds')
      .values({ ...end, endId, atMs: clock.wallMs() })
      .execute();
    await tx
      .updateTable('misuseFlagEntries')
      .set({ endId })
      .where('flagId', '=', end.flagId)
      .where(
        store.many.isOneOf(
          'entryId',
          open.map(({ entryId }) => entryId),
        ),
      )
      .execute();
    return true;
  });
}

/** What a flag is called. */
export function flagWords(pattern: PatternName): string {
  return patternOf(pattern).words;
}
