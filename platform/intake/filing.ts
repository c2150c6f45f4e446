/** Files held entries and records what became of each, so that nothing held is out of sight. */
import { toHex } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import type { EntryHeader } from '../../sync/formats/entry.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { type JudgedAct, judgeActs, type SignedEntry } from '../agents/acts.ts';
import { takeAgentKey } from '../agents/agents.ts';
import { noteAgentCase } from '../agents/wanted.ts';
import { judgeSignaturesAgain } from '../authorities/signatures.ts';
import { fileEntry, type HeldEntry } from '../cases/file.ts';
import { type AgentKeyFacts, type Reading, readEntry } from '../cases/reading.ts';
import { takeOrderAnswer } from '../feed/order-answers.ts';
import { markAct } from '../misuse/mark-filed.ts';
import type { BodyRow } from '../store/tables.ts';
import { placeOf } from '../terminals/terminals.ts';
import { takeSignIn } from '../upkeep/sign-ins.ts';
import { type Batch, ring } from './batch.ts';
import { openInside } from './read-body.ts';

/** The farthest from 1970 that a date is still one in China, with a day to spare. */
const FARTHEST_MS = 8_640_000_000_000_000 - 86_400_000;

/**
 * When the person submitted, by the terminal's wall clock put right by what it knew of the platform's. A header may
 * say any number; what is no date any more is taken for the last that is.
 */
export function submittedMs(header: EntryHeader): number {
  const saidMs = header.wallMs + (header.clock.offsetMs ?? 0);
  return Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, saidMs));
}

/**
 * Files one entry whose body row is there, saying *filed*; says otherwise there when it is not. When a case
 * arrived with it, files again what waited for that.
 */
export async function fileAndRecord(
  batch: Batch,
  held: HeldEntry & Pick<SignedEntry, 'signed'>,
): Promise<void> {
  const { tx } = batch;
  const { entryId } = held;
  const filing = await fileEntry(batch, held);
  if (filing.filing === 'filed') {
    if (filing.unfitReplyKey)
      await ring({ ...batch, offerer: held }, 'unfit-reply-key', toHex(entryId), filing.kind);
    if (filing.authorityTrouble !== undefined)
      await ring({ ...batch, offerer: held }, 'authority-wrong', toHex(entryId), filing.authorityTrouble);
    if (held.reading.as === 'record' && held.reading.agentKey)
      await takeKey(batch, held, held.reading.agentKey);
    if (held.reading.as === 'record' && held.reading.orderAnswer) {
      await batch.rows.flush();
      await takeOrderAnswer(tx, held, held.reading.orderAnswer, batch.context.clock.wallMs());
    }
    if (held.reading.as === 'act') {
      await noteActed(batch, held, held.reading);
      await markAct(batch, held, held.reading);
    }
    if (held.reading.as === 'record' && held.reading.signIn) {
      const { signIn } = held.reading;
      if (await takeSignIn(tx, held, signIn, batch.context.clock.wallMs()))
        await ring({ ...batch, offerer: held }, 'phone-unanswered', toHex(entryId), signIn.machine ?? '');
    }
    if (held.reading.as === 'healed')
      await ring({ ...batch, offerer: held }, 'disk-heals', toHex(entryId), String(held.reading.pieces));
    if (filing.arrivedCaseId && batch.waits.someone) await refileWaiting(batch, filing.arrivedCaseId);
    return;
  }
  const oddity = filing.filing === 'unfiled' ? filing.oddity : null;
  await setFiling(batch, entryId, filing.filing, oddity);
  if (filing.filing === 'waiting') {
    await tx.insertInto('waiting').values({ entryId, caseId: filing.caseId }).execute();
    batch.waits.someone = true;
  } else {
    await ring({ ...batch, offerer: held }, 'unfiled', toHex(entryId), filing.oddity);
  }
}

/** Whoever supplied something for a resident, or took it back, hears of that case from then on: theirs who signed for it. */
async function noteActed(
  batch: Batch,
  { entryId, submittedMs, signed }: HeldEntry & Pick<SignedEntry, 'signed'>,
  { caseId, actors }: Extract<Reading, { as: 'act' }>,
): Promise<void> {
  const acts = await judgeActs(batch.tx, batch.context.crypto, { entryId, submittedMs, actors, signed });
  await noteAgents(batch, acts, caseId);
}

/** Whose case an agent's list may speak of: theirs who signed for it. */
export async function noteAgents(
  batch: Batch,
  acts: readonly JudgedAct[],
  caseId: Uint8Array,
): Promise<void> {
  const signed = acts.filter(({ outcome }) => outcome === 'signed');
  if (signed.length === 0) return;
  await batch.rows.flush();
  for (const { actor } of signed) await noteAgentCase(batch.tx, actor.agentId, caseId);
}

/** A key that was made with another card than the agent's, or by nobody's agent, counts for nothing and rings. */
async function takeKey(batch: Batch, held: HeldEntry, key: AgentKeyFacts): Promise<void> {
  await batch.rows.flush();
  const refused = await takeAgentKey(batch.tx, batch.context, held, key, batch.outbox);
  if (refused !== undefined)
    await ring({ ...batch, offerer: held }, 'agent-key-refused', toHex(held.entryId), refused);
  else await judgeSignaturesAgain(batch.tx, batch.context, key.agentId);
}

/** Of a revoked terminal: held without an effect, until a person at the county desk lets it go on. */
export async function quarantine(batch: Batch, entryId: Uint8Array): Promise<void> {
  await setFiling(batch, entryId, 'quarantined', null);
  await ring(batch, 'quarantine', toHex(batch.offerer.terminalId));
}

/** Files again, in the order they were held, the entries that waited for this case. */
async function refileWaiting(batch: Batch, caseId: Uint8Array): Promise<void> {
  const { tx, context, rows: newRows } = batch;
  await newRows.flush();
  const rows = await tx
    .selectFrom('waiting')
    .innerJoin('bodies', 'bodies.entryId', 'waiting.entryId')
    .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
    .innerJoin('terminals', 'terminals.terminalId', 'bodies.terminalId')
    .select(['bodies.entryId', 'bodies.terminalId', 'bodies.body', 'headers.header', 'terminals.place'])
    .where('waiting.caseId', '=', caseId)
    .orderBy('bodies.heldOrder')
    .execute();
  for (const row of rows) {
    await tx.deleteFrom('waiting').where('entryId', '=', row.entryId).execute();
    await setFiling(batch, row.entryId, 'filed', null);
    const header = parseHeader(row.header);
    invariant(header.ok, 'a header that was held can be read');
    const signed = openInside(context, header.value, row.body);
    await fileAndRecord(batch, {
      entryId: row.entryId,
      terminalId: row.terminalId,
      place: placeOf(row),
      reading: readEntry(signed.content),
      signed,
      submittedMs: submittedMs(header.value),
    });
  }
}

async function setFiling(
  { tx, rows }: Batch,
  entryId: Uint8Array,
  filing: BodyRow['filing'],
  oddity: string | null,
): Promise<void> {
  await rows.flush();
  await tx.updateTable('bodies').set({ filing, oddity }).where('entryId', '=', entryId).execute();
}
