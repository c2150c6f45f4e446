/**
 * The list of each agent: what is to be done for residents whom they acted for, by a signature that counts. It is made
 * anew after each change and each day, sealed to the agent's list key, and sent to the machine where that key is.
 *
 * What never stands on one: what the county alone handles (complaints among it), a case that is stopped, or whose card is
 * in doubt; the name of a private matter, or words said about it; anybody's name but by its surname.
 */

import { z } from 'zod';
import { isoDate } from '../../base/calendar.ts';
import { describeAnswer } from '../../catalog/describe.ts';
import { maskName } from '../../catalog/mask.ts';
import { answerValueSchema, type Matter } from '../../catalog/schema.ts';
import { type AgentList, type ListItem, MOST_LISTED, sealAgentList } from '../../sync/agent-list.ts';
import { readContent } from '../../sync/content-coding.ts';
import { type CaseContent, caseContentSchema } from '../../sync/contents.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { type ProgressParts, progressParts } from '../../sync/progress-parts.ts';
import { isCardInDoubt } from '../cases/card-doubt.ts';
import { nearnessOf } from '../cases/due.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { getContent } from '../intake/read-body.ts';
import type { AgentKeyRow } from '../store/agent-tables.ts';
import type { Db } from '../store/store.ts';
import type { CaseRow } from '../store/tables.ts';

const DAY_MS = 86_400_000;
/** A decision stays on the list for so long. */
const SHOWN_AFTER_DECISION_MS = 60 * DAY_MS;
/** An answer that is owed is on it when so many working days are left, or fewer. */
const DUE_WITHIN_DAYS = 3;
/** Lists made in one look. */
const AT_ONCE = 20;

type Context = PlatformContext;

/** Makes and sends every list that is wanted, or was made on another day; answers how many. */
export async function renewLists(context: Context): Promise<number> {
  const today = isoDate(context.clock.wallMs());
  const wanted = await context.store.db
    .selectFrom('agentLists')
    .innerJoin('agentKeys', 'agentKeys.keyId', 'agentLists.keyId')
    .innerJoin('agents', 'agents.agentId', 'agentLists.agentId')
    .innerJoin('terminals', 'terminals.terminalId', 'agentKeys.terminalId')
    .selectAll('agentKeys')
    .select(['agentLists.version', 'agentLists.wanted'])
    .where('agentKeys.refused', 'is', null)
    .where('agents.revokedMs', 'is', null)
    .where('terminals.revokedMs', 'is', null)
    .where((where) => where.or([where('agentLists.wanted', '>', 0), where('agentLists.day', '!=', today)]))
    .orderBy('agentLists.version')
    .limit(AT_ONCE)
    .execute();
  for (const key of wanted) await renew(context, key, today);
  return wanted.length;
}

/** A key with how its list stands. */
type WantedKey = AgentKeyRow & { readonly version: number; readonly wanted: number };

/** Bodies are opened before the transaction; what changes meanwhile is seen by `wanted`, and the next look makes it. */
async function renew(context: Context, key: WantedKey, day: string): Promise<void> {
  const outbox: Outbox = [];
  const { keyId, agentId, version, wanted, terminalId } = key;
  const nowMs = context.clock.wallMs();
  const next = Math.max(nowMs, version + 1);
  const items = await listItems(context.store.db, context, agentId);
  const list: AgentList = {
    ...{ schema: 1, kind: 'agent.list', version: next, madeMs: nowMs },
    items: [...items],
  };
  const to = { agentId, signKeyId: keyId, openKey: new Uint8Array(key.openKey) };
  const content = sealAgentList(context.crypto, to, list);
  await context.store.transaction(async (tx) => {
    outbox.length = 0;
    const taken = await tx
      .updateTable('agentLists')
      .set({ wanted: 0, day, version: next })
      .where('keyId', '=', keyId)
      .where('version', '=', version)
      .where('wanted', '=', wanted)
      .executeTakeFirstOrThrow();
    // Another gateway was faster, or something changed.
    if (Number(taken.numUpdatedRows) === 0) return;
    const itemId = context.crypto.randomBytes(16);
    outbox.push({ itemId, terminalId, kind: FEED_KIND.agentList, expiresMs: null, caseId: null, content });
    await flushOutbox(tx, outbox, nowMs);
  });
  ringFor(context.bell, outbox);
}

/** What stands on an agent's list now, what is due first. */
export async function listItems(db: Db, context: Context, agentId: Uint8Array): Promise<readonly ListItem[]> {
  const rows = await db
    .selectFrom('agentCases')
    .innerJoin('cases', 'cases.caseId', 'agentCases.caseId')
    .selectAll('cases')
    .where('agentCases.agentId', '=', agentId)
    .where('cases.countyOnly', '=', 0)
    .where('cases.frozen', '=', 0)
    .where('cases.kind', '=', 'case')
    .where('cases.status', '!=', 'withdrawn')
    .orderBy('cases.receivedMs', 'desc')
    .limit(MOST_LISTED * 5)
    .execute();
  const items: ListItem[] = [];
  for (const row of rows) {
    const calls = await openCalls(db, agentId, row.caseId);
    // Of a wish to be called the call alone is to be done.
    const said = isWish(context, row) ? undefined : await findSaid(db, context, row);
    if ((said === undefined && calls.length === 0) || (await isCardInDoubt(db, row.caseId))) continue;
    const about = await aboutCase(context, row);
    if (said) items.push(itemOf(row, about, said));
    for (const { callBackId, day } of calls)
      items.push({
        ...itemOf(row, about, { why: 'call-back', day, words: about.wish }),
        ...{ itemId: callBackId, owner: about.agentName(await agentName(db, agentId)) },
      });
  }
  return items.sort((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999')).slice(0, MOST_LISTED);
}

function isWish({ book }: Context, { matterId }: CaseRow): boolean {
  return book.find(matterId)?.callBack === true;
}

/** What a list says of a case, whoever it is of. */
interface Said {
  readonly why: ListItem['why'];
  readonly day: string | null;
  readonly words: string | null;
}

/** Nothing where nobody has to do anything. */
async function findSaid(db: Db, context: Context, row: CaseRow): Promise<Said | undefined> {
  const nowMs = context.clock.wallMs();
  const isOld = row.decidedMs !== null && row.decidedMs < nowMs - SHOWN_AFTER_DECISION_MS;
  switch (row.status) {
    case 'received':
    case 'accepted':
    case 'supplemented': {
      const rules = { calendar: context.calendar, warnWorkingDays: DUE_WITHIN_DAYS };
      const { nearness } = nearnessOf(rules, nowMs, row.dueDate);
      return nearness === 'late' || nearness === 'soon'
        ? { why: 'due', day: row.dueDate, words: null }
        : undefined;
    }
    case 'supplement': {
      const { parts } = await lastTold(db, row.caseId, 'ask-supplement');
      const labels = parts.ask?.items.map(({ label }) => label.zh) ?? [];
      return {
        why: 'supplement',
        day: parts.ask?.by ?? null,
        words: [labels.join('、'), parts.ask?.note ?? ''].filter((part) => part !== '').join('。') || null,
      };
    }
    case 'finished': {
      if (isOld || (await isCollected(db, row.caseId))) return undefined;
      const { parts } = await lastTold(db, row.caseId, 'finish');
      return parts.result ? { why: 'result', day: null, words: parts.result.where } : undefined;
    }
    case 'refused': {
      if (isOld) return undefined;
      const { words, parts } = await lastTold(db, row.caseId, 'refuse');
      const remedy = parts.remedy?.words ?? '';
      return {
        why: 'refused',
        day: parts.remedy?.by ?? null,
        words: [words, remedy].filter((part) => part !== '').join('。') || null,
      };
    }
    default:
      return undefined;
  }
}

const partsSchema = z.looseObject(progressParts);

async function lastTold(
  db: Db,
  caseId: Uint8Array,
  action: string,
): Promise<{ readonly words: string; readonly parts: ProgressParts }> {
  const told = await db
    .selectFrom('caseActions')
    .select(['words', 'parts'])
    .where('caseId', '=', caseId)
    .where('action', '=', action)
    .orderBy('no', 'desc')
    .executeTakeFirst();
  const read = partsSchema.safeParse(JSON.parse(told?.parts ?? '{}'));
  return { words: told?.words ?? '', parts: read.success ? read.data : {} };
}

async function isCollected(db: Db, caseId: Uint8Array): Promise<boolean> {
  const row = await db
    .selectFrom('caseActions')
    .select('no')
    .where('caseId', '=', caseId)
    .where('action', '=', 'collect')
    .executeTakeFirst();
  return row !== undefined;
}

function openCalls(db: Db, agentId: Uint8Array, caseId: Uint8Array) {
  return db
    .selectFrom('callBacks')
    .select(['callBackId', 'day'])
    .where('agentId', '=', agentId)
    .where('caseId', '=', caseId)
    .where('doneMs', 'is', null)
    .orderBy('day')
    .execute();
}

async function agentName(db: Db, agentId: Uint8Array): Promise<string> {
  const row = await db.selectFrom('agents').select('name').where('agentId', '=', agentId).executeTakeFirst();
  return row?.name ?? '';
}

/** Whose case it is, and what may be said of it. */
interface About {
  readonly masked: string;
  /** Null where the matter is private, or not known any more: it may have been. */
  readonly matter: Matter | null;
  /** Nobody's name and number in it, but by its surname. */
  readonly withoutNames: (words: string) => string;
  /** Which telephone is to be called, and when; null where nobody asked to be. */
  readonly wish: string | null;
  /** The agent's own name, unless the resident bears the same. */
  readonly agentName: (name: string) => string;
}

async function aboutCase(context: Context, row: CaseRow): Promise<About> {
  const read = readContent(caseContentSchema, await getContent(context, row.entryId));
  const people = read.ok ? [read.value.subject, read.value.submitter].filter((one) => one !== null) : [];
  const names = people.map(({ name }) => name).filter((name) => name.trim() !== '');
  const numbers = people.flatMap(({ number }) => number ?? []);
  const matter = context.book.find(row.matterId) ?? null;
  const withoutNames = (words: string) =>
    [
      ...names.map((name) => [name, maskName(name)] as const),
      ...numbers.map((number) => [number, '*'] as const),
    ].reduce((text, [clear, masked]) => text.replaceAll(clear, masked), words);
  return {
    // Whoever laid no card has no name here.
    masked: names[0] === undefined ? '乡亲' : maskName(names[0]),
    wish: read.ok && matter?.callBack ? wishWords(matter, read.value.answers) : null,
    matter: matter?.private ? null : matter,
    withoutNames,
    agentName: (name) => withoutNames(name),
  };
}

function wishWords({ questions }: Matter, answers: CaseContent['answers']): string {
  const said = questions.flatMap((question) => {
    const known = answerValueSchema.safeParse(answers[question.id]);
    return known.success ? [`${question.label.zh}：${describeAnswer(question, known.data, 'desk').zh}`] : [];
  });
  return said.join('。');
}

function itemOf(row: CaseRow, { masked, matter, withoutNames }: About, { why, day, words }: Said): ListItem {
  return {
    ...{ why, itemId: row.caseId, localNumber: row.localNumber, masked, day, owner: null },
    matterId: matter?.id ?? null,
    words: words === null || matter === null ? null : withoutNames(words).slice(0, 500),
  };
}
