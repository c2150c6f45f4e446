/**
 * Holds judged batches: entries, headers, effects, refusals and alarms in one transaction (law 1). Only after
 * its durable commit may a receipt be signed.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { OUTCOME, type Outcome, type ReceiptItem } from '../../sync/formats/answers.ts';
import type { Entry } from '../../sync/formats/entry.ts';
import { type ActOutcome, judgeActs, type SignedEntry } from '../agents/acts.ts';
import { noteSignatures } from '../authorities/signatures.ts';
import { findCaseId, type Reading } from '../cases/reading.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, ringFor } from '../feed/outbox.ts';
import { flagMisuse } from '../misuse/detect.ts';
import { takeNumbers } from '../store/store.ts';
import type { HeaderRow } from '../store/tables.ts';
import { type Batch, batchOf, beginHolding, type Offerer, ring, ringBranches } from './batch.ts';
import { fileAndRecord, noteAgents, quarantine, submittedMs } from './filing.ts';
import type { Judged } from './open-entry.ts';
import { supersede, supersedersOf } from './supersede.ts';

/** What is said of one entry, and of which journal. */
export interface Verdict {
  readonly journalId: Uint8Array;
  readonly item: ReceiptItem;
}

type Good = Extract<Judged, { kind: 'good' }>;
type Refused = Extract<Judged, { kind: 'refused' }>;

/** What one terminal offered, judged. */
export interface JudgedBatch {
  readonly offerer: Offerer;
  readonly judged: readonly Judged[];
}

/** Commits the batch and answers each entry that can be answered, in order. */
export async function holdBatch(
  context: PlatformContext,
  offerer: Offerer,
  judged: readonly Judged[],
): Promise<readonly Verdict[]> {
  const [verdicts] = await holdTogether(context, [{ offerer, judged }]);
  return verdicts!;
}

/** Commits several batches in one transaction, one after another in it; answers each as {@link holdBatch} does. */
export async function holdTogether(
  context: PlatformContext,
  batches: readonly JudgedBatch[],
): Promise<readonly (readonly Verdict[])[]> {
  const sayable = batches.map(({ judged }) => judged.filter(isSayable));
  const all = sayable.flat();
  if (all.length === 0) return batches.map(() => []);
  const { verdicts, outbox } = await context.store.transaction(async (tx) => {
    // Takes the lock that puts commits in one order, and a number for every entry that may be held.
    let heldOrder = await takeNumbers(tx, 'held', all.length);
    const names = all.map((one) => one.name);
    const caseIds = all.flatMap((one) => (one.kind === 'good' ? (findCaseId(one.reading) ?? []) : []));
    const holding = await beginHolding(tx, context, names, caseIds);
    const said: Verdict[][] = [];
    const own: Batch[] = [];
    for (const [index, { offerer }] of batches.entries()) {
      const batch = batchOf(holding, offerer);
      own.push(batch);
      said.push(await holdOwn(batch, sayable[index]!, heldOrder));
      heldOrder += sayable[index]!.length;
    }
    await flagMisuse(holding, holding.marks);
    await holding.rows.flush();
    for (const batch of own) await ringBranches(batch);
    await flushOutbox(tx, holding.outbox, context.clock.wallMs());
    return { verdicts: said, outbox: holding.outbox };
  });
  ringFor(context.bell, outbox);
  return verdicts;
}

function isSayable(one: Judged): one is Good | Refused {
  return one.kind !== 'later';
}

/** One batch within the transaction; `firstOrder` and those after it are its entries'. */
async function holdOwn(
  batch: Batch,
  sayable: readonly (Good | Refused)[],
  firstOrder: number,
): Promise<Verdict[]> {
  const said: Verdict[] = [];
  let heldOrder = firstOrder;
  for (const one of sayable) {
    const outcome =
      one.kind === 'good' ? await holdOne(batch, one, heldOrder++) : await noteRefusal(batch, one);
    const { journalId, seq, entryId, entryHash } = one.name;
    said.push({ journalId, item: { seq, entryId, entryHash, outcome } });
  }
  return said;
}

async function holdOne(batch: Batch, good: Good, heldOrder: number): Promise<Outcome> {
  const { entry } = good;
  const known = batch.headers.get(toHex(entry.entryHash));
  // What a held entry took the place of is not held beside it.
  if (known?.outcome === OUTCOME.held || known?.outcome === OUTCOME.superseded) return known.outcome;
  const { entryId, bodyHash } = entry.header;
  const { terminalId } = batch.offerer;
  const body = batch.bodies.get(toHex(entryId));
  if (body && !(equalBytes(body.bodyHash, bodyHash) && equalBytes(body.terminalId, terminalId))) {
    await ring(batch, 'entry-id-reused', toHex(entryId));
    return noteOutcome(batch, entry, OUTCOME.otherBody);
  }
  await noteHeader(batch, { outcome: OUTCOME.held, heldOrder }, rowOf(entry));
  if (!body) await holdBody(batch, good, heldOrder);
  await supersede(batch, entry);
  batch.held.push(entry);
  return OUTCOME.held;
}

/** The body is held once, whatever headers it comes under, and its effect happens here. */
async function holdBody(batch: Batch, { entry, reading, signed }: Good, heldOrder: number): Promise<void> {
  const { entryId, bodyHash, terminalId } = entry.header;
  const { kind } = reading;
  batch.rows.bodies.push({
    ...{ entryId, terminalId, entryHash: entry.entryHash, heldOrder, bodyHash, kind },
    ...{ body: entry.body!, filing: 'filed', oddity: null },
  });
  batch.bodies.set(toHex(entryId), { bodyHash, terminalId });
  const { place, isRevoked } = batch.offerer;
  if (isRevoked) return quarantine(batch, entryId);
  await fileAndRecord(batch, {
    ...{ entryId, terminalId, place, reading, signed },
    submittedMs: submittedMs(entry.header),
  });
  const actors = actorsOf(reading);
  if (actors === undefined) return;
  const caseId = reading.as === 'case' ? reading.facts.caseId : null;
  const what = { entryId, submittedMs: submittedMs(entry.header), actors, signed, caseId };
  const outcomes = await ringWrongActs(batch, what);
  if (reading.as === 'authority') await noteSignatures(batch.tx, entryId, outcomes);
}

/** Who stood by at what was done for a resident; nothing of what says nothing of that. */
function actorsOf(reading: Reading): readonly unknown[] | undefined {
  if (reading.as === 'case' || reading.as === 'authority') return reading.facts.actors;
  return reading.as === 'act' || reading.as === 'cash-returned' ? reading.actors : undefined;
}

/** Whoever is named as having acted has signed, with a key of theirs that counts; anything else is for a person to see. */
async function ringWrongActs(
  batch: Batch,
  what: SignedEntry & { readonly caseId: Uint8Array | null },
): Promise<readonly ActOutcome[]> {
  const acts = await judgeActs(batch.tx, batch.context.crypto, what);
  if (what.caseId !== null) await noteAgents(batch, acts, what.caseId);
  const outcomes = acts.map(({ outcome }) => outcome);
  if (outcomes.some((outcome) => outcome !== 'signed')) await ring(batch, 'act-wrong', toHex(what.entryId));
  return outcomes;
}

async function noteRefusal(batch: Batch, refused: Refused): Promise<Outcome> {
  const { terminalId, journalId, seq, entryId, entryHash } = refused.name;
  const known = batch.headers.get(toHex(entryHash));
  // What is held stays held, however damaged the copy that was offered again.
  if (known?.outcome === OUTCOME.held) return OUTCOME.held;
  await ring(batch, 'refused', `${toHex(entryHash)}/${refused.outcome}`);
  if (refused.entry) return noteOutcome(batch, refused.entry, refused.outcome);
  const own = batch.offerer.terminalId;
  if (equalBytes(terminalId, own) && (!known || equalBytes(known.terminalId, own))) {
    const unread = { prev: null, supersedes: null, header: new Uint8Array(0), signature: new Uint8Array(0) };
    const row = { entryHash, terminalId, journalId, seq, entryId, ...unread };
    await noteHeader(batch, { outcome: refused.outcome, heldOrder: null }, row);
  }
  return refused.outcome;
}

/** Records a refusal, or that a held entry has taken its place. */
async function noteOutcome(batch: Batch, entry: Entry, outcome: Outcome): Promise<Outcome> {
  const replaced = (await supersedersOf(batch, entry)).length > 0;
  const final = replaced ? OUTCOME.superseded : outcome;
  await noteHeader(batch, { outcome: final, heldOrder: null }, rowOf(entry));
  return final;
}

type NamedHeader = Omit<HeaderRow, 'outcome' | 'heldOrder' | 'backupNo' | 'receivedMs'>;

function rowOf(entry: Entry): NamedHeader {
  const { terminalId, journalId, seq, prev, entryId, supersedes } = entry.header;
  const { entryHash, headerBytes: header, signature } = entry;
  return { entryHash, terminalId, journalId, seq, prev, entryId, supersedes, header, signature };
}

/** Writes a header with its outcome; one noted before, and not held, gets the new outcome. */
async function noteHeader(
  batch: Batch,
  as: { readonly outcome: Outcome; readonly heldOrder: number | null },
  row: NamedHeader,
): Promise<void> {
  const { tx, context, headers, rows } = batch;
  const receivedMs = context.clock.wallMs();
  noteJournal(batch, row.journalId);
  const inserted = { ...row, ...as, backupNo: null, receivedMs };
  const name = toHex(row.entryHash);
  if (headers.has(name)) {
    await rows.flush();
    const insert = tx.insertInto('headers').values(inserted);
    await insert.onConflict((on) => on.column('entryHash').doUpdateSet(inserted)).execute();
  } else rows.headers.push(inserted);
  headers.set(name, { outcome: as.outcome, terminalId: row.terminalId });
}

function noteJournal({ context, offerer, journals, rows }: Batch, journalId: Uint8Array): void {
  const name = toHex(journalId);
  if (journals.has(name)) return;
  journals.add(name);
  rows.journals.push({
    ...{ terminalId: offerer.terminalId, journalId, claimedSeq: null, claimedHash: null, lineHash: null },
    ...{ saidSeq: 0, firstMs: context.clock.wallMs() },
  });
}
