/** What the villages of an area said to an emergency notice: which were told, which have it, how things stand there. */

import { toHex } from '../../base/bytes.ts';
import { findVillage } from '../../catalog/places.ts';
import type { Answers } from '../../catalog/schema.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type NoticeAnsweredContent, noticeAnsweredContentSchema } from '../../sync/notice-contents.ts';
import { type JudgedAct, judgeActs } from '../agents/acts.ts';
import type { PlatformContext } from '../context.ts';
import { terminalsIn } from '../feed/areas.ts';
import { getInside } from '../intake/read-body.ts';
import type { NoticeReplyRow } from '../store/community-tables.ts';
import type { NoticeRow } from '../store/tables.ts';

/** One village, as far as it has come with one notice. Times are the machine's own, put right. */
export interface VillageReply {
  readonly villageCode: string;
  /** Whether a machine stands there. */
  readonly hasMachine: boolean;
  readonly shownMs: number | null;
  readonly acknowledgedMs: number | null;
  /** What it said of how things stand, the last first. */
  readonly answers: readonly NoticeReplyRow[];
}

/** The area of a desk: the whole county where its code is the county's. */
function isOf(villageCode: string, deskCode: string): boolean {
  return villageCode.startsWith(deskCode);
}

/**
 * The villages that a notice went to and that `deskCode` (a village, a town or the county) looks after. First those that
 * asked for help, then those nothing was heard from, the rest after them.
 */
export async function villageReplies(
  context: Pick<PlatformContext, 'store'>,
  notice: Pick<NoticeRow, 'noticeId' | 'areaCode'>,
  deskCode: string,
): Promise<readonly VillageReply[]> {
  const { db } = context.store;
  const machines = await terminalsIn(db, notice.areaCode);
  const withMachine = new Set(machines.map(({ place }) => place.village.code));
  const rows = await db
    .selectFrom('noticeReplies')
    .selectAll()
    .where('noticeId', '=', notice.noticeId)
    .orderBy('saidMs')
    .execute();
  const byVillage = Map.groupBy(rows, ({ villageCode }) => villageCode);
  const codes = [...new Set([...withMachine, ...byVillage.keys()])].filter((code) => isOf(code, deskCode));
  return codes
    .map((villageCode) =>
      replyOf(villageCode, withMachine.has(villageCode), byVillage.get(villageCode) ?? []),
    )
    .sort((a, b) => rank(a) - rank(b) || a.villageCode.localeCompare(b.villageCode));
}

function replyOf(villageCode: string, hasMachine: boolean, rows: readonly NoticeReplyRow[]): VillageReply {
  const first = (kind: NoticeReplyRow['kind']) => rows.find((row) => row.kind === kind)?.saidMs ?? null;
  return {
    ...{ villageCode, hasMachine, shownMs: first('shown'), acknowledgedMs: first('acknowledged') },
    answers: rows.filter(({ kind }) => kind === 'answered').reverse(),
  };
}

/** Whoever said nothing is looked at first, whoever said how things stand last. */
function rank({ shownMs, acknowledgedMs, answers }: VillageReply): number {
  if (answers.length > 0) return 3;
  if (acknowledgedMs !== null) return 2;
  return shownMs === null ? 0 : 1;
}

/** One answer, opened for this look. */
export interface OpenedAnswer {
  readonly row: NoticeReplyRow;
  readonly content: NoticeAnsweredContent;
  /** The agents it names, and whether their own key says so. */
  readonly acts: readonly JudgedAct[];
}

/** Opens answers that came the last first; of one that was said twice, before and with its pictures, the later. */
export async function openAnswers(
  context: PlatformContext,
  rows: readonly NoticeReplyRow[],
): Promise<readonly OpenedAnswer[]> {
  const opened = new Map<string, OpenedAnswer>();
  for (const row of rows) {
    const answer = await openAnswer(context, row);
    const name = answer && toHex(answer.content.replyId);
    if (name !== undefined && !opened.has(name)) opened.set(name, answer!);
  }
  return [...opened.values()];
}

/** Opens one; nothing where it cannot be read. */
export async function openAnswer(
  context: PlatformContext,
  row: NoticeReplyRow,
): Promise<OpenedAnswer | undefined> {
  const { entryId, saidMs } = row;
  const { content, acts } = await getInside(context, entryId);
  const read = readContent(noticeAnsweredContentSchema, content);
  if (!read.ok) return undefined;
  const signed = { entryId, submittedMs: saidMs, actors: read.value.actors, signed: { content, acts } };
  return { row, content: read.value, acts: await judgeActs(context.store.db, context.crypto, signed) };
}

/** Whether a village asks for help, by what it said last. */
export function asksForHelp({ content }: OpenedAnswer): boolean {
  const { state, needs }: Partial<Answers> = content.answers as Answers;
  return state === 'harm' || (Array.isArray(needs) && needs.length > 0);
}

/** Whether a notice went to somewhere this desk looks after. */
export function concerns({ areaCode }: Pick<NoticeRow, 'areaCode'>, deskCode: string): boolean {
  return areaCode.startsWith(deskCode) || deskCode.startsWith(areaCode);
}

/** The village of one reply, in words. */
export function villageName(code: string): string {
  const found = findVillage(code);
  return found ? `${found.town.name.zh}${found.village.name.zh}` : code;
}
