/** Does one thing to a case: judged, logged, applied and told, all in the caller's transaction. */
import { addDays, isoDate } from '../../base/calendar.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Matter } from '../../catalog/schema.ts';
import type { ProgressStatus } from '../../sync/contents.ts';
import type { ProgressParts } from '../../sync/progress-parts.ts';
import { dropCallWish } from '../agents/call-backs.ts';
import { wantListsOf } from '../agents/wanted.ts';
import { findAuthorityAct } from '../authorities/judge.ts';
import { freeSeat } from '../bookings/seats.ts';
import { dutiesOf, oweDecision, registersByHand } from '../connector/duties.ts';
import type { PlatformContext } from '../context.ts';
import type { Outbox } from '../feed/outbox.ts';
import type { Db } from '../store/store.ts';
import type { CaseRow } from '../store/tables.ts';
import { placeOf } from '../terminals/terminals.ts';
import { isCardInDoubt, partsToLog } from './card-doubt.ts';
import { type CasePlace, deskAbove, deskBelow, officeWords, staffedDesks } from './desks.ts';
import { deskDueDate } from './level-days.ts';
import { type CaseAction, type CaseStatus, type CaseTrouble, isClosed, MOVES, move } from './machine.ts';
import { progressItem } from './progress.ts';
import { EXTRA_WORDS, lateWords, standingWords } from './words.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { type Pause, pausesOf, workingDaysAfter } from './working-days.ts';

/** What is to be done, by whom. Either `staffId` or `entryId` names who. */
export interface Act {
  readonly caseId: Uint8Array;
  readonly action: Exclude<CaseAction, 'receive'>;
  /** The same key again does nothing and succeeds. */
  readonly actionKey: string;
  /** For staff: what the villager will read, or the reason. May be empty where the table allows. */
  readonly words: string;
  readonly provinceNumber: string | null;
  /** Whether whoever submitted is wanted at the counter from here on, or was seen there; left out where nothing changes. */
  readonly atCounter?: boolean | undefined;
  /** What is told beside the words; it stands in the case's log too. */
  readonly parts?: ProgressParts | undefined;
  /** What came of it, photographed: kept sealed beside the log, and told with the words. */
  readonly picture?: Uint8Array | undefined;
  readonly staffId: number | null;
  readonly entryId: Uint8Array | null;
  /** The case as the page was drawn from; `null` for an entry, which acts on whatever is there. */
  readonly seenActionCount: number | null;
}

/** Besides the table's own refusals: no such case, or someone else acted on it meanwhile. */
export type ActTrouble = CaseTrouble | { readonly code: 'no-case' | 'changed' | 'authority-in-doubt' };

type Context = Pick<PlatformContext, 'clock' | 'crypto' | 'book' | 'county' | 'calendar' | 'centreMatters'>;

/** Does it; on trouble nothing is written. */
export async function actOnCase(
  tx: Db,
  context: Context,
  act: Act,
  outbox: Outbox,
): Promise<Result<CaseStatus, ActTrouble>> {
  const row = await tx.selectFrom('cases').selectAll().where('caseId', '=', act.caseId).executeTakeFirst();
  if (!row) return err({ code: 'no-case' });
  if (await isDone(tx, act.actionKey)) return ok(row.status as CaseStatus);
  if (act.seenActionCount !== null && (await hasChanged(tx, row, act.seenActionCount))) {
    return err({ code: 'changed' });
  }

  const matter = context.book.find(row.matterId);
  const toDesk = await findNextDesk(tx, row, matter, act.action);
  const trouble = findTrouble(act, toDesk);
  if (trouble) return err(trouble);
  if (act.action === 'register' && !registersByHand(await dutiesOf(tx, act.caseId))) {
    return err({ code: 'centre-registers' });
  }
  if (act.action === 'finish' && act.atCounter !== false) {
    if (await isCardInDoubt(tx, act.caseId)) return err({ code: 'card-in-doubt' });
    if ((await findAuthorityAct(tx, act.caseId))?.trouble) return err({ code: 'authority-in-doubt' });
  }
  const moved = move({ status: row.status as CaseStatus, frozen: row.frozen === 1 }, act.action, act.words);
  if (!moved.ok) return moved;

  const nowMs = context.clock.wallMs();
  const pauses = await findPauses(tx, row, nowMs);
  const { calendar, county } = context;
  const after = changeOf(row, act, moved.value, {
    ...{ matter, nowMs, calendar, pauses, toDesk, countyCode: county.code },
  });
  const updated = await tx
    .updateTable('cases')
    .set({ ...after, actionCount: row.actionCount + 1 })
    .where('caseId', '=', act.caseId)
    .where('actionCount', '=', row.actionCount)
    .executeTakeFirstOrThrow();
  if (Number(updated.numUpdatedRows) === 0) {
    // Another transaction was faster: what it did is looked at first.
    return actOnCase(tx, context, act, outbox);
  }

  const told = toldOf(act.action, moved.value);
  const words = wordsOf(act, told, { ...row, ...after });
  await tx
    .insertInto('caseActions')
    .values({
      caseId: act.caseId,
      no: row.actionCount + 1,
      actionKey: act.actionKey,
      action: act.action,
      statusAfter: moved.value,
      atMs: nowMs,
      staffId: act.staffId,
      entryId: act.entryId,
      words,
      parts: partsToLog(act.parts, act.atCounter),
    })
    .execute();
  const { caseId, action } = act;
  await wantListsOf(tx, caseId);
  if (isClosed(moved.value)) await dropCallWish(tx, caseId, nowMs);
  if (action === 'withdraw' || action === 'refuse') await freeSeat(tx, caseId, nowMs);
  const wasAccepted = row.acceptedMs !== null;
  await oweDecision(tx, context, { caseId, action, actionNo: row.actionCount + 1, wasAccepted });
  if (told && row.replyKey) {
    const to = { terminalId: row.terminalId, caseReplyKey: row.replyKey };
    const provinceNumber = after.provinceNumber ?? row.provinceNumber;
    outbox.push(
      progressItem(context.crypto, to, {
        caseId: row.caseId,
        status: told,
        atMs: nowMs,
        words,
        provinceNumber,
        ...(act.atCounter === undefined ? {} : { atCounter: act.atCounter }),
        ...act.parts,
        ...(act.picture && { picture: new Uint8Array(act.picture) }),
      }),
    );
  }
  return moved;
}

/** The date by which a case just received, or given back, should be looked at; null when nobody promised one. */
export function answerBy(matter: Matter | undefined, nowMs: number): string | null {
  return matter?.time ? addDays(isoDate(nowMs), matter.time.hearWithinDays) : null;
}

/** Whether something happened since a page was drawn that whoever read it must know. A number that came is not. */
async function hasChanged(tx: Db, row: CaseRow, seenActionCount: number): Promise<boolean> {
  if (row.actionCount === seenActionCount) return false;
  if (!Number.isSafeInteger(seenActionCount)) return true;
  const since = await tx
    .selectFrom('caseActions')
    .select('action')
    .where('caseId', '=', row.caseId)
    .where('no', '>', seenActionCount)
    .execute();
  return since.length === 0 || since.some(({ action }) => action !== 'take-number');
}

async function isDone(tx: Db, actionKey: string): Promise<boolean> {
  const done = await tx
    .selectFrom('caseActions')
    .select('no')
    .where('actionKey', '=', actionKey)
    .executeTakeFirst();
  return done !== undefined;
}

/** The desk that handing it up, or down, would bring it to. */
async function findNextDesk(
  tx: Db,
  row: CaseRow,
  matter: Matter | undefined,
  action: CaseAction,
): Promise<string | undefined> {
  if (action !== 'forward' && action !== 'send-back') return undefined;
  const { up, down } = await nextDesks(tx, row, matter);
  return action === 'forward' ? up : down;
}

/** The desks above and below the one that has a case, along its matter's route. */
export async function nextDesks(
  db: Db,
  row: Pick<CaseRow, 'terminalId' | 'deskCode' | 'countyOnly'>,
  matter: Matter | undefined,
): Promise<{ readonly up: string | undefined; readonly down: string | undefined }> {
  const terminal = await db
    .selectFrom('terminals')
    .select('place')
    .where('terminalId', '=', row.terminalId)
    .executeTakeFirstOrThrow();
  const place: CasePlace = placeOf(terminal);
  const staffed = await staffedDesks(db);
  const { deskCode } = row;
  return {
    up: deskAbove(matter, place, deskCode, staffed),
    down: deskBelow(matter, { place, deskCode, countyOnly: row.countyOnly === 1 }, staffed),
  };
}

/** When the resident had to act since the case was accepted; what this act ends is ended now. */
async function findPauses(tx: Db, row: CaseRow, nowMs: number): Promise<readonly Pause[]> {
  if (row.acceptedMs === null) return [];
  const acts = await tx
    .selectFrom('caseActions')
    .select(['statusAfter', 'atMs'])
    .where('caseId', '=', row.caseId)
    .orderBy('no')
    .execute();
  return pausesOf(acts).map(({ fromMs, untilMs }) => ({ fromMs, untilMs: untilMs ?? nowMs }));
}

function findTrouble(act: Act, toDesk: string | undefined): ActTrouble | undefined {
  if (act.action === 'register' && !act.provinceNumber?.trim()) return { code: 'number-missing' };
  if (act.action === 'forward' && toDesk === undefined) return { code: 'no-higher-desk' };
  if (act.action === 'send-back' && toDesk === undefined) return { code: 'no-lower-desk' };
  const isStaffs = act.action === 'refuse' && act.staffId !== null;
  if (isStaffs && !act.parts?.remedy?.words.trim()) return { code: 'remedy-missing' };
  return undefined;
}

const NOTHING_DUE = { dueDate: null, deskDueDate: null, askBy: null };

type Change = Partial<
  Pick<
    CaseRow,
    | 'status'
    | 'frozen'
    | 'deskCode'
    | 'acceptedMs'
    | 'dueDate'
    | 'deskDueDate'
    | 'askBy'
    | 'provinceNumber'
    | 'decidedMs'
    | 'decidedLate'
  >
>;

function changeOf(
  row: CaseRow,
  act: Act,
  status: CaseStatus,
  facts: {
    readonly matter: Matter | undefined;
    readonly nowMs: number;
    readonly calendar: WorkingCalendar;
    readonly pauses: readonly Pause[];
    readonly toDesk: string | undefined;
    readonly countyCode: string;
  },
): Change {
  const { matter, nowMs, calendar, pauses } = facts;
  // The days run from the first acceptance: asking for more stops them, and does not give them anew.
  const dueFrom = (acceptedMs: number) =>
    matter?.time ? workingDaysAfter(calendar, acceptedMs, matter.time.workingDays, pauses) : null;
  const deskDue = (deskCode: string, acceptedMs: number | null) =>
    deskDueDate(matter, deskCode, { calendar, acceptedMs, pauses });
  switch (act.action) {
    case 'accept':
    case 'meet': {
      const acceptedMs = row.acceptedMs ?? nowMs;
      return {
        status,
        acceptedMs,
        dueDate: dueFrom(acceptedMs),
        deskDueDate: deskDue(row.deskCode, acceptedMs),
      };
    }
    case 'supplement':
      return {
        ...{ status, askBy: null, deskDueDate: deskDue(row.deskCode, row.acceptedMs) },
        dueDate: row.acceptedMs === null ? answerBy(matter, nowMs) : dueFrom(row.acceptedMs),
      };
    case 'finish':
    case 'refuse': {
      const decidedLate = row.dueDate === null ? null : Number(isoDate(nowMs) > row.dueDate);
      return { status, ...NOTHING_DUE, decidedMs: nowMs, decidedLate };
    }
    case 'ask-supplement':
      return { status, ...NOTHING_DUE, askBy: act.parts?.ask?.by ?? null };
    case 'withdraw':
      return { status, ...NOTHING_DUE };
    case 'register':
    case 'take-number':
      return { provinceNumber: act.provinceNumber?.trim() ?? null };
    case 'forward':
    case 'send-back':
      return facts.toDesk === undefined
        ? {}
        : { deskCode: facts.toDesk, deskDueDate: deskDue(facts.toDesk, row.acceptedMs) };
    case 'freeze':
      return { frozen: 1, deskCode: facts.countyCode, deskDueDate: null };
    case 'unfreeze':
      return { frozen: 0 };
    case 'collect':
    case 'late-supplement':
    case 'extra-supplement':
    case 'late-withdraw':
      return {};
    case 'book':
    case 'take-payment':
      return { status, acceptedMs: row.acceptedMs ?? nowMs, dueDate: null };
    case 'arrange':
      return {};
    case 'post-payment':
    case 'close-payment':
    case 'refund-payment':
      return { status, dueDate: null };
  }
}

/** What the owner of the case is told of an action, where anything. */
function toldOf(action: Act['action'], status: CaseStatus): ProgressStatus | null {
  const { tells } = MOVES[action];
  if (tells !== 'standing') return tells;
  // Said again without what is asked for, an ask would be another one.
  return status === 'received' || status === 'supplement' ? null : status;
}

function wordsOf(act: Act, told: ProgressStatus | null, row: CaseRow): string {
  const { action } = act;
  const { status } = row;
  const isLate = action === 'late-supplement' || action === 'late-withdraw';
  if (isLate && (status === 'finished' || status === 'refused' || status === 'withdrawn'))
    return lateWords(action, status);
  if (action === 'extra-supplement' && told) return EXTRA_WORDS;
  return act.words.trim() || (told ? wordsFor(told, row) : '');
}

function wordsFor(told: ProgressStatus, row: CaseRow): string {
  const office = officeWords(row.deskCode);
  return standingWords(told, { office, dueDate: row.dueDate, provinceNumber: row.provinceNumber });
}
