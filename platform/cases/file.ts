/**
 * Files what an entry brought: a case, something that happens to one, or a record to keep. Runs in the
 * transaction that holds the entry, and cannot refuse it: what does not fit is kept unfiled, with an alarm
 * ("hold first, judge later").
 */

import { equalBytes, toHex } from '../../base/bytes.ts';
import { findDateStartMs, isoDate } from '../../base/calendar.ts';
import { isLowOrder } from '../../base/crypto/low-order.ts';
import type { Matter } from '../../catalog/schema.ts';
import type { Place } from '../../sync/contents.ts';
import { fileAgentWork } from '../agents/file-work.ts';
import type { AuthorityTrouble } from '../authorities/judge.ts';
import { isForAbsent, noteAuthorityAct, takeAuthority, takeAuthorityEnd } from '../authorities/take.ts';
import { returnCash } from '../cash/cash.ts';
import { voidCertificates } from '../certificates/register.ts';
import { oweReceipt } from '../connector/duties.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import { oweMessage } from '../messages/owe.ts';
import { markCase, markConsent } from '../misuse/mark-filed.ts';
import { isRated, lookIntoBy } from '../ratings/ratings.ts';
import type { NewMisuseMark } from '../store/misuse-tables.ts';
import type { NewRows } from '../store/new-rows.ts';
import type { Db } from '../store/store.ts';
import { actOnCase, answerBy } from './act.ts';
import { isAskedAnew } from './asks.ts';
import { firstDesk, isForCountyAlone, type StaffedDesks } from './desks.ts';
import { findStrangerTrouble } from './from-elsewhere.ts';
import type { KnownCases } from './known-cases.ts';
import { insteadOf } from './machine.ts';
import type { CaseFacts, FreezeFacts, Reading } from './reading.ts';
import { cardsOf } from './same-card.ts';
import { followCase } from './what-follows.ts';

/** An entry just held, its body opened and read. */
export interface HeldEntry {
  readonly entryId: Uint8Array;
  readonly terminalId: Uint8Array;
  /** Where its terminal stands, by its enrolment. */
  readonly place: Place;
  readonly reading: Reading;
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
      /** It was filed for somebody who was not there, and what it rests on does not bear it. */
      readonly authorityTrouble?: AuthorityTrouble | undefined;
    }
  | { readonly filing: 'waiting'; readonly kind: string; readonly caseId: Uint8Array }
  | { readonly filing: 'unfiled'; readonly kind: string | null; readonly oddity: string };

/** The transaction that files, and what it gathers. */
export interface FilingScope {
  readonly tx: Db;
  readonly context: Pick<
    PlatformContext,
    | 'clock'
    | 'crypto'
    | 'book'
    | 'county'
    | 'calendar'
    | 'centreMatters'
    | 'keys'
    | 'tellsPeople'
    | 'cashCapFen'
  >;
  readonly outbox: Outbox;
  readonly rows: NewRows;
  readonly cases: KnownCases;
  readonly staffed: StaffedDesks;
  /** What the cases filed in it are compared by. */
  readonly marks: NewMisuseMark[];
}

/** Files one entry; whoever's card it was made with is told, once it took effect. */
export async function fileEntry(scope: FilingScope, entry: HeldEntry): Promise<Filing> {
  const filing = await fileByKind(scope, entry);
  if (filing.filing === 'filed') oweMessage(scope.rows, scope.context, entry);
  return filing;
}

async function fileByKind(scope: FilingScope, entry: HeldEntry): Promise<Filing> {
  const { reading } = entry;
  switch (reading.as) {
    case 'case':
      return fileCase(scope, entry, reading.kind, reading.facts);
    case 'freeze':
      return fileFreeze(scope, entry, reading.kind, reading.facts);
    case 'act':
      return happen(scope, entry, reading);
    case 'withdrawal':
      return withdrawConsent(scope, entry, reading);
    case 'voided':
      await voidCertificates(scope.tx, {
        ...{ terminalId: entry.terminalId, numbers: reading.numbers, reason: reading.reason },
        atMs: scope.context.clock.wallMs(),
      });
      return keep(reading.kind);
    case 'cash-returned':
      return fileCashReturn(scope, entry, reading);
    case 'authority':
      await scope.rows.flush();
      return (await takeAuthority(scope.tx, scope.context, entry, reading.facts))
        ? keep(reading.kind)
        : { filing: 'unfiled', kind: reading.kind, oddity: 'authority id already there' };
    case 'authority-end':
      await scope.rows.flush();
      await takeAuthorityEnd(scope.tx, scope.context, entry, reading.facts, scope.outbox);
      return keep(reading.kind);
    case 'rating':
      return takeRating(scope, entry, reading);
    case 'notice-reply':
      return takeReply(scope, entry, reading);
    case 'call-back':
    case 'repair':
      return fileAgentWork(scope, entry, reading);
    case 'healed':
    case 'record':
      if (reading.as === 'record' && reading.consent) markConsent(scope, entry, reading.consent);
      return keep(reading.kind);
    case 'misfit':
      return { filing: 'unfiled', kind: reading.kind, oddity: reading.oddity };
  }
}

function keep(kind: string): Filing {
  return { filing: 'filed', kind, arrivedCaseId: null, unfitReplyKey: false };
}

/** Counts for a consent of the same terminal alone, arrived or not: that is whose word it was given on. */
async function withdrawConsent(
  { tx, context, rows }: FilingScope,
  { entryId, terminalId }: HeldEntry,
  { kind, consentId }: Extract<Reading, { as: 'withdrawal' }>,
): Promise<Filing> {
  await rows.flush();
  await tx
    .insertInto('consentWithdrawals')
    .values({ consentId, terminalId, entryId, atMs: context.clock.wallMs() })
    .onConflict((conflict) => conflict.columns(['consentId', 'terminalId']).doNothing())
    .execute();
  return keep(kind);
}

/** It waits for the case that took it; another agent's word on it is nobody's to believe. */
async function fileCashReturn(
  scope: FilingScope,
  entry: HeldEntry,
  { kind, caseId, actors }: Extract<Reading, { as: 'cash-returned' }>,
): Promise<Filing> {
  const came = await returnCash(scope, entry, { caseId, actors });
  if (came === 'not-here') return { filing: 'waiting', kind, caseId };
  return came === 'taken' ? keep(kind) : { filing: 'unfiled', kind, oddity: 'cash of another agent' };
}

/**
 * A grade counts once, in the month in which it came; a bad one is somebody's to look into. The first one of a case is its
 * rating: whatever comes after it is kept, and counts nowhere.
 */
async function takeRating(
  { tx, context, rows }: FilingScope,
  { entryId, place }: HeldEntry,
  { kind, caseId, grade }: Extract<Reading, { as: 'rating' }>,
): Promise<Filing> {
  await rows.flush();
  // Transactions of intake take turns: nobody else rates it in between.
  if (caseId !== null && (await isRated(tx, caseId))) return keep(kind);
  const atMs = context.clock.wallMs();
  const dueDate = lookIntoBy(context.calendar, grade, atMs);
  await tx
    .insertInto('ratings')
    .values({ entryId, villageCode: place.village.code, caseId, grade, atMs, dueDate })
    .execute();
  return keep(kind);
}

/** When a village said what; what came twice is the same entry and never gets here. */
async function takeReply(
  { tx, context, rows }: FilingScope,
  { entryId, terminalId, place, submittedMs }: HeldEntry,
  { kind, noticeId, said }: Extract<Reading, { as: 'notice-reply' }>,
): Promise<Filing> {
  await rows.flush();
  await tx
    .insertInto('noticeReplies')
    .values({
      ...{ entryId, noticeId, terminalId, villageCode: place.village.code, kind: said },
      ...{ saidMs: submittedMs, atMs: context.clock.wallMs() },
    })
    .execute();
  return keep(kind);
}

async function fileCase(
  scope: FilingScope,
  entry: HeldEntry,
  kind: string,
  facts: CaseFacts,
): Promise<Filing> {
  const { context, rows } = scope;
  const [matterId, version] = facts.matter;
  const matter = context.book.find(matterId);
  // What the person was told counts as much as what the matter says today.
  const countyOnly = [matter, context.book.findMade(facts.matter[2])].some(
    (one) => one !== undefined && isForCountyAlone(one, facts),
  );
  const nowMs = context.clock.wallMs();
  const made = await addCase(scope, entry, {
    kind: 'case',
    caseId: facts.caseId,
    matterId,
    matterVersion: String(version),
    localNumber: facts.localNumber,
    deskCode: firstDesk(matter, { place: entry.place, countyOnly }, scope.staffed),
    countyOnly: countyOnly ? 1 : 0,
    replyKey: facts.caseReplyKey,
    dueDate: earliest(answerBy(matter, nowMs), findDeadline(matter, facts)),
  });
  if (!made) return { filing: 'unfiled', kind, oddity: 'case id already there' };
  oweReceipt(rows, context, { caseId: facts.caseId, matter });
  rows.caseCards.push(...cardsOf(context, facts));
  markCase(scope, entry, { facts, countyOnly });
  const authorityTrouble = isForAbsent(facts) ? await noteForAbsent(scope, entry, facts) : undefined;
  await followCase(scope, entry, matter, facts);
  return { ...filedWith(kind, facts), authorityTrouble };
}

/** What speaks against a case for somebody who was not there; a key that is still on its way is nothing to ring for. */
async function noteForAbsent(
  { tx, context, rows }: FilingScope,
  entry: HeldEntry,
  facts: CaseFacts,
): Promise<AuthorityTrouble | undefined> {
  await rows.flush();
  const trouble = await noteAuthorityAct(tx, context.crypto, entry, facts);
  return trouble === 'no-key-yet' ? undefined : trouble;
}

/** "Not me": a report of its own at the county, and every case it names is stopped. */
async function fileFreeze(
  scope: FilingScope,
  entry: HeldEntry,
  kind: string,
  facts: FreezeFacts,
): Promise<Filing> {
  const { tx, context, outbox, rows } = scope;
  const made = await addCase(scope, entry, {
    kind: 'not-me',
    caseId: facts.caseId,
    matterId: null,
    matterVersion: null,
    localNumber: facts.localNumber,
    deskCode: context.county.code,
    countyOnly: 1,
    replyKey: facts.caseReplyKey,
    dueDate: isoDate(context.clock.wallMs()),
  });
  if (!made) return { filing: 'unfiled', kind, oddity: 'case id already there' };
  await rows.flush();
  const absent: Uint8Array[] = [];
  for (const caseId of facts.frozenCaseIds) {
    const done = await actOnCase(tx, context, { ...entryAct(entry, caseId), action: 'freeze' }, outbox);
    if (!done.ok && done.error.code === 'no-case') absent.push(caseId);
  }
  // A case the report names can still be on its way: the first such is waited for, and all are tried then.
  const [waitFor] = absent;
  if (waitFor) return { filing: 'waiting', kind, caseId: waitFor };
  return filedWith(kind, facts);
}

function filedWith(kind: string, { caseId, caseReplyKey }: CaseFacts | FreezeFacts) {
  const unfitReplyKey = caseReplyKey !== null && isLowOrder(caseReplyKey);
  return { filing: 'filed', kind, arrivedCaseId: caseId, unfitReplyKey } as const;
}

async function happen(
  { tx, context, outbox, rows }: FilingScope,
  entry: HeldEntry,
  act: Extract<Reading, { as: 'act' }>,
): Promise<Filing> {
  const { kind, caseId, action: said, askedMs } = act;
  await rows.flush();
  const trouble = await findStrangerTrouble(tx, context, entry, act);
  if (trouble) return { filing: 'unfiled', kind, oddity: `${said} from elsewhere: ${trouble}` };
  // What answers an ask that stands no more was not asked for now.
  const isOld = askedMs !== null && (await isAskedAnew(tx, caseId, askedMs));
  const action = isOld ? 'extra-supplement' : said;
  const done = await actOnCase(tx, context, { ...entryAct(entry, caseId), action }, outbox);
  if (done.ok) return keep(kind);
  if (done.error.code === 'no-case') return { filing: 'waiting', kind, caseId };
  const instead = done.error.code === 'not-now' ? insteadOf(said, done.error.status) : undefined;
  const noted =
    instead && (await actOnCase(tx, context, { ...entryAct(entry, caseId), action: instead }, outbox));
  if (noted?.ok) return keep(kind);
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

async function addCase(
  { context, rows, cases }: FilingScope,
  entry: HeldEntry,
  what: {
    readonly kind: 'case' | 'not-me';
    readonly caseId: Uint8Array;
    readonly matterId: string | null;
    readonly matterVersion: string | null;
    readonly localNumber: string;
    readonly deskCode: string;
    readonly countyOnly: 0 | 1;
    readonly replyKey: Uint8Array | null;
    readonly dueDate: string | null;
  },
): Promise<boolean> {
  const { caseId } = what;
  const { entryId, terminalId, place, submittedMs } = entry;
  const madeBy = await cases.findEntry(caseId);
  // The same entry filed again, after what it waited for arrived, finds the case it made itself.
  if (madeBy) return equalBytes(madeBy, entryId);
  cases.add(caseId, entryId);
  const nowMs = context.clock.wallMs();
  rows.cases.push({
    ...what,
    replyKey: what.replyKey && isLowOrder(what.replyKey) ? null : what.replyKey,
    entryId,
    terminalId,
    townCode: place.town.code,
    villageName: place.village.name,
    status: 'received',
    frozen: 0,
    submittedMs,
    receivedMs: nowMs,
    acceptedMs: null,
    provinceNumber: null,
    actionCount: 1,
  });
  rows.caseActions.push({
    caseId,
    no: 1,
    actionKey: `entry/${toHex(entryId)}`,
    action: 'receive',
    statusAfter: 'received',
    atMs: nowMs,
    staffId: null,
    entryId,
    words: '',
  });
  return true;
}

/** The last day on which handling still helps, from the date answered; null when the matter has none. */
function findDeadline(matter: Matter | undefined, { answers }: CaseFacts): string | null {
  const answered = matter?.deadline ? answers[matter.deadline.question] : undefined;
  const startMs = typeof answered === 'string' ? findDateStartMs(answered) : undefined;
  if (startMs === undefined || !matter?.deadline) return null;
  return isoDate(startMs - matter.deadline.leadHours * 3_600_000);
}

function earliest(...dates: readonly (string | null)[]): string | null {
  return dates.filter((date) => date !== null).sort()[0] ?? null;
}
