/**
 * Files what an entry brought: a case, something that happens to one, or a record to keep. Runs in the
 * transaction that holds the entry, and cannot refuse it: what does not fit is kept unfiled, with an alarm
 * ("hold first, judge later").
 */

import { toHex } from '../../base/bytes.ts';
import { findDateStartMs, isoDate } from '../../base/calendar.ts';
import { isLowOrder } from '../../base/crypto/low-order.ts';
import type { Result } from '../../base/result.ts';
import type { Matter } from '../../catalog/schema.ts';
import {
  type CaseContent,
  type ContentTrouble,
  caseContentSchema,
  decodeContent,
  type FreezeContent,
  freezeContentSchema,
  journalOpenedContentSchema,
  type Place,
  ratingContentSchema,
  readContent,
  supplementContentSchema,
  withdrawalContentSchema,
} from '../../sync/contents.ts';
import { oweReceipt } from '../connector/duties.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';
import { actOnCase, answerBy } from './act.ts';
import { firstDesk } from './matters.ts';

/** An entry just held, its body opened. */
export interface HeldEntry {
  readonly entryId: Uint8Array;
  readonly terminalId: Uint8Array;
  /** Where its terminal stands, by its enrolment. */
  readonly place: Place;
  readonly content: Uint8Array;
  /** The terminal's wall clock at keeping, put right by what it knew of the platform's. */
  readonly submittedMs: number;
}

/** What became of it. `waiting`: it speaks of a case that has not arrived yet. */
export type Filing =
  | {
      readonly filing: 'filed';
      readonly kind: string;
      readonly arrivedCaseId: Uint8Array | null;
      /** Its reply key is one that anyone can open: the case is filed, and nothing is written to the key. */
      readonly unfitReplyKey: boolean;
    }
  | { readonly filing: 'waiting'; readonly kind: string; readonly caseId: Uint8Array }
  | { readonly filing: 'unfiled'; readonly kind: string | null; readonly oddity: string };

type Context = Pick<PlatformContext, 'clock' | 'crypto' | 'book' | 'county' | 'centreMatters'>;

/** Files one entry. */
export async function fileEntry(tx: Db, context: Context, entry: HeldEntry, outbox: Outbox): Promise<Filing> {
  const kind = findKind(entry.content);
  switch (kind) {
    case undefined:
      return { filing: 'unfiled', kind: null, oddity: 'no kind' };
    case 'case.submitted':
      return whenFits(kind, readContent(caseContentSchema, entry.content), (content) =>
        fileCase(tx, context, entry, content),
      );
    case 'case.frozen':
      return whenFits(kind, readContent(freezeContentSchema, entry.content), (content) =>
        fileFreeze(tx, context, entry, content, outbox),
      );
    case 'case.supplemented':
      return whenFits(kind, readContent(supplementContentSchema, entry.content), ({ caseId }) =>
        happen(tx, context, entry, { kind, caseId, action: 'supplement' }, outbox),
      );
    case 'case.withdrawn':
      return whenFits(kind, readContent(withdrawalContentSchema, entry.content), ({ caseId }) =>
        happen(tx, context, entry, { kind, caseId, action: 'withdraw' }, outbox),
      );
    case 'rating':
      return whenFits(kind, readContent(ratingContentSchema, entry.content), () => keep(kind));
    case 'journal.opened':
      return whenFits(kind, readContent(journalOpenedContentSchema, entry.content), () => keep(kind));
    default:
      if (kind === 'consent' || kind.startsWith('audit.')) return keep(kind);
      return { filing: 'unfiled', kind, oddity: 'unknown kind' };
  }
}

/** The `kind` of a content, when it has one that can be written down. */
export function findKind(content: Uint8Array): string | undefined {
  const plain = decodeContent(content);
  const kind = plain.ok ? (plain.value as { kind?: unknown } | null)?.kind : undefined;
  return typeof kind === 'string' && kind.length <= 64 && !kind.includes('\0') ? kind : undefined;
}

async function whenFits<T>(
  kind: string,
  read: Result<T, ContentTrouble>,
  file: (content: T) => Promise<Filing> | Filing,
): Promise<Filing> {
  if (!read.ok) return { filing: 'unfiled', kind, oddity: read.error.detail.slice(0, 500) };
  return file(read.value);
}

function keep(kind: string): Filing {
  return { filing: 'filed', kind, arrivedCaseId: null, unfitReplyKey: false };
}

async function fileCase(tx: Db, context: Context, entry: HeldEntry, content: CaseContent): Promise<Filing> {
  const [matterId, version] = content.matter;
  const matter = context.book.find(matterId);
  const nowMs = context.clock.wallMs();
  const made = await insertCase(tx, context, entry, {
    kind: 'case',
    caseId: content.caseId,
    matterId,
    matterVersion: String(version),
    localNumber: content.localNumber,
    deskCode: firstDesk(matter, entry.place),
    replyKey: content.caseReplyKey,
    dueDate: earliest(answerBy(matter, nowMs), findDeadline(matter, content)),
  });
  if (!made) return { filing: 'unfiled', kind: content.kind, oddity: 'case id already there' };
  await oweReceipt(tx, context, { caseId: content.caseId, matter });
  return filedWith(content);
}

/** "Not me": a report of its own at the county, and every case it names is stopped. */
async function fileFreeze(
  tx: Db,
  context: Context,
  entry: HeldEntry,
  content: FreezeContent,
  outbox: Outbox,
): Promise<Filing> {
  const made = await insertCase(tx, context, entry, {
    kind: 'not-me',
    caseId: content.caseId,
    matterId: null,
    matterVersion: null,
    localNumber: content.localNumber,
    deskCode: context.county.code,
    replyKey: content.caseReplyKey,
    dueDate: isoDate(context.clock.wallMs()),
  });
  if (!made) return { filing: 'unfiled', kind: content.kind, oddity: 'case id already there' };
  const absent: Uint8Array[] = [];
  for (const caseId of content.frozenCaseIds) {
    const done = await actOnCase(tx, context, { ...entryAct(entry, caseId), action: 'freeze' }, outbox);
    if (!done.ok && done.error.code === 'no-case') absent.push(caseId);
  }
  // A case the report names can still be on its way: the first such is waited for, and all are tried then.
  const [waitFor] = absent;
  if (waitFor) return { filing: 'waiting', kind: content.kind, caseId: waitFor };
  return filedWith(content);
}

function filedWith({ kind, caseId, caseReplyKey }: CaseContent | FreezeContent): Filing {
  const unfitReplyKey = caseReplyKey !== null && isLowOrder(caseReplyKey);
  return { filing: 'filed', kind, arrivedCaseId: caseId, unfitReplyKey };
}

async function happen(
  tx: Db,
  context: Context,
  entry: HeldEntry,
  what: { readonly kind: string; readonly caseId: Uint8Array; readonly action: 'supplement' | 'withdraw' },
  outbox: Outbox,
): Promise<Filing> {
  const { kind, caseId, action } = what;
  const done = await actOnCase(tx, context, { ...entryAct(entry, caseId), action }, outbox);
  if (done.ok) return keep(kind);
  if (done.error.code === 'no-case') return { filing: 'waiting', kind, caseId };
  return { filing: 'unfiled', kind, oddity: `${action}: ${done.error.code}` };
}

function entryAct(entry: HeldEntry, caseId: Uint8Array) {
  return {
    caseId,
    actionKey: `entry/${toHex(entry.entryId)}/${toHex(caseId)}`,
    words: '',
    provinceNumber: null,
    staffId: null,
    entryId: entry.entryId,
    seenActionCount: null,
  };
}

async function insertCase(
  tx: Db,
  context: Context,
  entry: HeldEntry,
  what: {
    readonly kind: 'case' | 'not-me';
    readonly caseId: Uint8Array;
    readonly matterId: string | null;
    readonly matterVersion: string | null;
    readonly localNumber: string;
    readonly deskCode: string;
    readonly replyKey: Uint8Array | null;
    readonly dueDate: string | null;
  },
): Promise<boolean> {
  const nowMs = context.clock.wallMs();
  const made = await tx
    .insertInto('cases')
    .values({
      ...what,
      replyKey: what.replyKey && isLowOrder(what.replyKey) ? null : what.replyKey,
      entryId: entry.entryId,
      terminalId: entry.terminalId,
      townCode: entry.place.town.code,
      villageName: entry.place.village.name,
      status: 'received',
      frozen: 0,
      submittedMs: entry.submittedMs,
      receivedMs: nowMs,
      acceptedMs: null,
      provinceNumber: null,
      actionCount: 1,
    })
    .onConflict((conflict) => conflict.column('caseId').doNothing())
    .executeTakeFirstOrThrow();
  if (Number(made.numInsertedOrUpdatedRows) === 0) {
    // The same entry filed again, after what it waited for arrived, finds the case it made itself.
    const there = await tx
      .selectFrom('cases')
      .select('caseId')
      .where('caseId', '=', what.caseId)
      .where('entryId', '=', entry.entryId)
      .executeTakeFirst();
    return there !== undefined;
  }
  await tx
    .insertInto('caseActions')
    .values({
      caseId: what.caseId,
      no: 1,
      actionKey: `entry/${toHex(entry.entryId)}`,
      action: 'receive',
      statusAfter: 'received',
      atMs: nowMs,
      staffId: null,
      entryId: entry.entryId,
      words: '',
    })
    .execute();
  return true;
}

/** The last day on which handling still helps, from the date answered; null when the matter has none. */
function findDeadline(matter: Matter | undefined, content: CaseContent): string | null {
  const answered = matter?.deadline ? content.answers[matter.deadline.question] : undefined;
  const startMs = typeof answered === 'string' ? findDateStartMs(answered) : undefined;
  if (startMs === undefined || !matter?.deadline) return null;
  return isoDate(startMs - matter.deadline.leadHours * 3_600_000);
}

function earliest(...dates: readonly (string | null)[]): string | null {
  return dates.filter((date) => date !== null).sort()[0] ?? null;
}
