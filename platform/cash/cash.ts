/**
 * Cash that village agents take for bills (docs/agents.md "Cash"): written as the case that is paid with it is filed,
 * counted by agent and day, and looked for where it was neither paid nor given back.
 */
import type { Insertable } from 'kysely';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { isoDate } from '../../base/calendar.ts';
import { agentActorSchema } from '../../sync/agent-contents.ts';
import type { FilingScope, HeldEntry } from '../cases/file.ts';
import type { CaseFacts } from '../cases/reading.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import type { AgentCashRow, CashTables } from '../store/cash-tables.ts';
import type { Db, Store } from '../store/store.ts';

/** What one agent may take in a day unless the county says otherwise, in fen. */
export const CASH_CAP_FEN = 200_000;
/** So long after it was taken it must be paid, or have gone back. */
export const SETTLE_WITHIN_MS = 86_400_000;

type Entry = Pick<HeldEntry, 'entryId' | 'terminalId' | 'place' | 'submittedMs'>;

/** Writes the cash of a case that was filed. What is over the limit is written too, rings, and pays nothing. */
export async function takeCash(
  { tx, context, rows }: FilingScope,
  { entryId, terminalId, place, submittedMs }: Entry,
  { caseId, cash, actors }: CaseFacts,
): Promise<void> {
  if (cash == null) return;
  await rows.flush();
  // Filed again, after what it waited for arrived: it was written then.
  if ((await findTaken(tx, caseId)) !== undefined) return;
  const agentId = findAgentOf(actors);
  const day = isoDate(submittedMs);
  const before = agentId === null ? 0 : await takenFen(tx, agentId, day);
  const isOver = agentId === null || before + cash.amountFen > context.cashCapFen;
  await tx
    .insertInto('agentCash')
    .values({
      ...{ caseId, entryId, agentId, amountFen: cash.amountFen, day, takenMs: submittedMs },
      ...{ townCode: place.town.code, villageName: place.village.name, overCap: isOver ? 1 : 0 },
    })
    .execute();
  if (!isOver) return;
  const alarm = { kind: 'cash-over', about: toHex(caseId), terminalId, detail: toHex(caseId) } as const;
  await raiseAlarm(tx, alarm, context.clock.wallMs());
}

/** What became of word that cash went back. */
export type Returned = 'taken' | 'not-here' | 'another-agent';

/** Writes that it went back; the agent who took it alone can say so. The first word stands. */
export async function returnCash(
  { tx, rows }: Pick<FilingScope, 'tx' | 'rows'>,
  { entryId, submittedMs }: Entry,
  { caseId, actors }: { readonly caseId: Uint8Array; readonly actors: readonly unknown[] },
): Promise<Returned> {
  await rows.flush();
  const row = await findTaken(tx, caseId);
  if (row === undefined) return 'not-here';
  const agentId = findAgentOf(actors);
  if (agentId === null || row.agentId === null || !equalBytes(agentId, row.agentId)) return 'another-agent';
  const before = await tx
    .selectFrom('agentCashReturns')
    .select('caseId')
    .where('caseId', '=', caseId)
    .executeTakeFirst();
  if (before === undefined)
    await tx.insertInto('agentCashReturns').values({ caseId, entryId, returnedMs: submittedMs }).execute();
  return 'taken';
}

function findTaken(db: Db, caseId: Uint8Array) {
  return db
    .selectFrom('agentCash')
    .select(['agentId', 'overCap'])
    .where('caseId', '=', caseId)
    .executeTakeFirst();
}

/** What counts against an agent's day: what was taken and did not go back. */
export async function takenFen(db: Db, agentId: Uint8Array, day: string): Promise<number> {
  const rows = await db
    .selectFrom('agentCash')
    .leftJoin('agentCashReturns', 'agentCashReturns.caseId', 'agentCash.caseId')
    .select('amountFen')
    .where('agentId', '=', agentId)
    .where('day', '=', day)
    .where('agentCashReturns.caseId', 'is', null)
    .execute();
  return rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** Whether the cash of a case was over the limit: nothing is opened for it, and it goes back. */
export async function isOverCap(db: Db, caseId: Uint8Array): Promise<boolean> {
  return (await findTaken(db, caseId))?.overCap === 1;
}

/** How cash stands: by what was kept of it, and by its payment; `found-out`: a desk wrote down what became of it. */
export type CashState = 'paid' | 'returned' | 'open' | 'found-out';

/** Cash with its end. */
export interface CashLine extends AgentCashRow {
  readonly state: CashState;
  readonly localNumber: string;
  readonly deskCode: string;
  /** Null where the key is nobody's. */
  readonly agentName: string | null;
  /** What a desk found out; null while none did. */
  readonly endWords: string | null;
}

/** The cash taken since a time, of one town or of all (null); what was taken last first. */
export async function cashSince(db: Db, townCode: string | null, sinceMs: number): Promise<CashLine[]> {
  let query = lines(db).where('agentCash.takenMs', '>=', sinceMs).orderBy('agentCash.takenMs', 'desc');
  if (townCode !== null) query = query.where('agentCash.townCode', '=', townCode);
  return (await query.execute()).map(toLine);
}

/** The cash of one case. */
export async function findCash(db: Db, caseId: Uint8Array): Promise<CashLine | undefined> {
  const row = await lines(db).where('agentCash.caseId', '=', caseId).executeTakeFirst();
  return row && toLine(row);
}

/** Writes down what a desk found out of cash that is not settled; false where it was, or another desk did. */
export async function endCash(
  store: Pick<Store, 'transaction'>,
  end: Insertable<CashTables['agentCashEnds']>,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const cash = await findCash(tx, end.caseId);
    if (cash?.state !== 'open') return false;
    await tx.insertInto('agentCashEnds').values(end).execute();
    return true;
  });
}

/** What was taken before a time and neither paid nor given back, oldest first. */
export async function unsettledCash(db: Db, townCode: string | null, beforeMs: number): Promise<CashLine[]> {
  let query = lines(db)
    .where('agentCash.takenMs', '<', beforeMs)
    .where('agentCashReturns.caseId', 'is', null)
    .where('payments.postedMs', 'is', null)
    .where('agentCashEnds.caseId', 'is', null)
    .orderBy('agentCash.takenMs');
  if (townCode !== null) query = query.where('agentCash.townCode', '=', townCode);
  return (await query.execute()).map(toLine);
}

function lines(db: Db) {
  return db
    .selectFrom('agentCash')
    .innerJoin('cases', 'cases.caseId', 'agentCash.caseId')
    .leftJoin('payments', 'payments.caseId', 'agentCash.caseId')
    .leftJoin('agentCashReturns', 'agentCashReturns.caseId', 'agentCash.caseId')
    .leftJoin('agentCashEnds', 'agentCashEnds.caseId', 'agentCash.caseId')
    .leftJoin('agents', 'agents.agentId', 'agentCash.agentId')
    .selectAll('agentCash')
    .select(['cases.localNumber', 'cases.deskCode', 'payments.postedMs', 'agents.name as agentName'])
    .select(['agentCashReturns.returnedMs', 'agentCashEnds.words as endWords']);
}

type Line = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number];

function toLine({ postedMs, returnedMs, ...row }: Line): CashLine {
  if (postedMs !== null) return { ...row, state: 'paid' };
  if (returnedMs !== null) return { ...row, state: 'returned' };
  return { ...row, state: row.endWords === null ? 'open' : 'found-out' };
}

/** Who signed that they acted, as the content names them. */
function findAgentOf(actors: readonly unknown[]): Uint8Array | null {
  for (const actor of actors) {
    const read = agentActorSchema.safeParse(actor);
    if (read.success && read.data.role === 'agent') return read.data.agentId;
  }
  return null;
}
