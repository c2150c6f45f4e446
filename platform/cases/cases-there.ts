/**
 * `own-cases`: what the holder of a card handed in anywhere in the county and nobody decided yet, and what is asked for,
 * told to whoever has the card's chip. Never of a private matter, of a case that is stopped, or where the card is in doubt.
 */
import { z } from 'zod';
import { findHex, toHex } from '../../base/bytes.ts';
import {
  CASE_THERE_FIELDS,
  type CaseThere,
  type CaseThereRecord,
  MOST_RECORDS,
  recordsOfCase,
} from '../../sync/cases-there.ts';
import { type Ask, askSchema } from '../../sync/progress-parts.ts';
import type { PlatformContext } from '../context.ts';
import type { OwnAnswer } from '../gateway/own-answers.ts';
import { createLimiter } from '../limits/limiter.ts';
import type { Db } from '../store/store.ts';
import type { CaseRow } from '../store/tables.ts';
import { isCardInDoubt } from './card-doubt.ts';
import { findSlipCode } from './look-up.ts';
import { casesOfCard } from './same-card.ts';

/** A person looks at their cases a few times; who asks all day is not one. */
const RATE = { burst: 30, perMinute: 6 } as const;
const MARK_BYTES = 32;

const label = (zh: string, en: string) => ({ zh, en });
const FIELDS = CASE_THERE_FIELDS.map((id) => ({ id, label: label(id, id), type: 'text' as const }));

type Context = Pick<
  PlatformContext,
  'store' | 'clock' | 'county' | 'crypto' | 'keys' | 'book' | 'openingKeys'
>;

/** Answers with whole cases, the newest first, in so many records. */
export function casesThereAnswer(context: Context): OwnAnswer {
  const limiter = createLimiter(context.clock, RATE);
  return async ({ terminalId, parameters }) => {
    const cardMark = findHex(parameters.card ?? '');
    if (cardMark?.length !== MARK_BYTES || Object.keys(parameters).length !== 1) return 'malformed';
    const waitS = limiter.spend(toHex(terminalId));
    if (waitS > 0) return { schema: 1, outcome: 'later', afterS: waitS };
    const asOfMs = Math.floor(context.clock.wallMs());
    const origin = { from: label(context.county.name, 'The county'), asOfMs };
    const cases = await findThere(context, cardMark);
    const records = recordsOf(cases);
    if (records.length === 0) return { schema: 1, outcome: 'nothing', ...origin };
    return { schema: 1, outcome: 'found', ...origin, fields: FIELDS, records };
  };
}

/** Whole cases, as many as fit. */
function recordsOf(cases: readonly CaseThere[]): CaseThereRecord[] {
  const records: CaseThereRecord[] = [];
  for (const one of cases.map(recordsOfCase))
    if (records.length + one.length <= MOST_RECORDS) records.push(...one);
  return records;
}

async function findThere(context: Context, cardMark: Uint8Array): Promise<readonly CaseThere[]> {
  const { db } = context.store;
  const rows = await casesOfCard(db, context, cardMark);
  // A lost card is lost for all of its cases, those that are over too.
  for (const { caseId } of rows) if (await isCardInDoubt(db, caseId)) return [];
  const told: CaseThere[] = [];
  for (const row of rows) {
    const one = isToldOf(context, row) ? await findOne(context, row) : undefined;
    if (one !== undefined) told.push(one);
  }
  return told;
}

/** A matter that is known no more may have been a private one. */
function isToldOf({ book }: Pick<Context, 'book'>, { matterId, frozen, status }: CaseRow): boolean {
  return frozen === 0 && status in STATUS && book.find(matterId)?.private === false;
}

const STATUS = { received: true, accepted: true, supplement: true, supplemented: true } as const;

async function findOne(context: Context, row: CaseRow): Promise<CaseThere | undefined> {
  const { caseId, matterId, localNumber, submittedMs, villageName: place } = row;
  const slipCode = await findSlipCode(context, row);
  if (slipCode === undefined || matterId === null) return undefined;
  const status = row.status as CaseThere['status'];
  const asked = status === 'supplement' ? await findAsked(context.store.db, caseId) : null;
  const about = { caseId: new Uint8Array(caseId), matterId, localNumber, slipCode };
  return { ...about, submittedMs: Math.floor(submittedMs), place, status, asked };
}

const partsSchema = z.looseObject({ ask: askSchema });

/** The last ask of a case; one in words alone names nothing. */
async function findAsked(db: Db, caseId: Uint8Array): Promise<CaseThere['asked']> {
  const asked = await db
    .selectFrom('caseActions')
    .select(['atMs', 'words', 'parts'])
    .where('caseId', '=', caseId)
    .where('action', '=', 'ask-supplement')
    .orderBy('no', 'desc')
    .executeTakeFirst();
  if (asked === undefined) return null;
  const read = partsSchema.safeParse(JSON.parse(asked.parts ?? 'null'));
  const inWords: Ask = { items: [], by: null, note: asked.words.slice(0, 500) };
  return { askedMs: asked.atMs, ask: read.success ? read.data.ask : inWords };
}
