/**
 * Holds a judged batch: entries, headers, effects, refusals and alarms in one transaction (law 1). Only after
 * its durable commit may a receipt be signed.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import { encodeContent, type Place } from '../../sync/contents.ts';
import { OUTCOME, type Outcome, type ReceiptItem } from '../../sync/formats/answers.ts';
import type { Entry } from '../../sync/formats/entry.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import type { PlatformContext } from '../context.ts';
import { flushOutbox, type Outbox, ringFor } from '../feed/outbox.ts';
import { raiseAlarm } from '../ledger/alarms.ts';
import { findBranchTroubles } from '../ledger/links.ts';
import { type Db, takeNumbers } from '../store/store.ts';
import type { HeaderRow } from '../store/tables.ts';
import { fileAndRecord, refileWaiting, submittedMs } from './filing.ts';
import type { Judged } from './judge.ts';
import { supersede, supersedersOf } from './supersede.ts';

/** What is said of one entry, and of which journal. */
export interface Verdict {
  readonly journalId: Uint8Array;
  readonly item: ReceiptItem;
}

/** The terminal that offers, and where it stands. */
export interface Offerer {
  readonly terminalId: Uint8Array;
  readonly place: Place;
}

type Good = Extract<Judged, { kind: 'good' }>;
type Refused = Extract<Judged, { kind: 'refused' }>;

/** Commits the batch and answers each entry that can be answered, in order. */
export async function holdBatch(
  context: PlatformContext,
  offerer: Offerer,
  judged: readonly Judged[],
): Promise<readonly Verdict[]> {
  const sayable = judged.filter((one) => one.kind === 'good' || one.kind === 'refused');
  if (sayable.length === 0) return [];
  const outbox: Outbox = [];
  const verdicts = await context.store.transaction(async (tx) => {
    // Takes the lock that puts commits in one order, and a number for every entry that may be held.
    let heldOrder = await takeNumbers(tx, 'held', sayable.length);
    const said: Verdict[] = [];
    for (const one of sayable) {
      const outcome =
        one.kind === 'good'
          ? await holdOne(tx, context, offerer, one, heldOrder++, outbox)
          : await noteRefusal(tx, context, offerer, one);
      const { journalId, seq, entryId, entryHash } = one.name;
      said.push({ journalId, item: { seq, entryId, entryHash, outcome } });
    }
    await flushOutbox(tx, outbox, context.clock.wallMs());
    return said;
  });
  ringFor(context.bell, outbox);
  return verdicts;
}

async function holdOne(
  tx: Db,
  context: PlatformContext,
  offerer: Offerer,
  good: Good,
  heldOrder: number,
  outbox: Outbox,
): Promise<Outcome> {
  const { entry } = good;
  const known = await findHeader(tx, entry.entryHash);
  // What a held entry took the place of is not held beside it.
  if (known?.outcome === OUTCOME.held || known?.outcome === OUTCOME.superseded) return known.outcome;
  const { entryId, bodyHash } = entry.header;
  const body = await tx
    .selectFrom('bodies')
    .select(['bodyHash', 'terminalId'])
    .where('entryId', '=', entryId)
    .executeTakeFirst();
  if (body && !(equalBytes(body.bodyHash, bodyHash) && equalBytes(body.terminalId, offerer.terminalId))) {
    await alarm(tx, context, offerer, 'entry-id-reused', toHex(entryId));
    return noteOutcome(tx, context, offerer, entry, OUTCOME.otherBody);
  }
  await noteHeader(tx, context, { outcome: OUTCOME.held, heldOrder }, rowOf(entry));
  if (!body) {
    const held = {
      entryId,
      terminalId: offerer.terminalId,
      place: offerer.place,
      content: good.content,
      submittedMs: submittedMs(entry.header),
    };
    await tx
      .insertInto('bodies')
      .values({
        entryId,
        terminalId: offerer.terminalId,
        entryHash: entry.entryHash,
        heldOrder,
        body: entry.body!,
        bodyHash,
        kind: null,
        filing: 'unfiled',
        oddity: null,
      })
      .execute();
    const arrived = await fileAndRecord(tx, context, held, outbox);
    if (arrived) await refileWaiting(tx, context, arrived, outbox);
  }
  await supersede(tx, context, offerer, entry);
  await ringBranches(tx, context, offerer, entry, outbox);
  return OUTCOME.held;
}

async function noteRefusal(
  tx: Db,
  context: PlatformContext,
  offerer: Offerer,
  refused: Refused,
): Promise<Outcome> {
  const known = await findHeader(tx, refused.name.entryHash);
  // What is held stays held, however damaged the copy that was offered again.
  if (known?.outcome === OUTCOME.held) return OUTCOME.held;
  await alarm(tx, context, offerer, 'refused', `${toHex(refused.name.entryHash)}/${refused.outcome}`);
  if (refused.entry) return noteOutcome(tx, context, offerer, refused.entry, refused.outcome);
  const isOwn = equalBytes(refused.name.terminalId, offerer.terminalId);
  if (isOwn && (!known || equalBytes(known.terminalId, offerer.terminalId))) {
    const { terminalId, journalId, seq, entryId, entryHash } = refused.name;
    await noteHeader(
      tx,
      context,
      { outcome: refused.outcome, heldOrder: null },
      {
        ...{ entryHash, terminalId, journalId, seq, entryId },
        ...{ prev: null, supersedes: null, header: new Uint8Array(0), signature: new Uint8Array(0) },
      },
    );
  }
  return refused.outcome;
}

/** Records a refusal, or that a held entry has taken its place. */
async function noteOutcome(
  tx: Db,
  context: PlatformContext,
  offerer: Offerer,
  entry: Entry,
  outcome: Outcome,
): Promise<Outcome> {
  const replaced = (await supersedersOf(tx, offerer.terminalId, entry)).length > 0;
  const final = replaced ? OUTCOME.superseded : outcome;
  await noteHeader(tx, context, { outcome: final, heldOrder: null }, rowOf(entry));
  return final;
}

function findHeader(tx: Db, entryHash: Uint8Array): Promise<HeaderRow | undefined> {
  return tx.selectFrom('headers').selectAll().where('entryHash', '=', entryHash).executeTakeFirst();
}

type NamedHeader = Omit<HeaderRow, 'outcome' | 'heldOrder' | 'backupNo' | 'receivedMs'>;

function rowOf(entry: Entry): NamedHeader {
  const { terminalId, journalId, seq, prev, entryId, supersedes } = entry.header;
  const { entryHash, headerBytes: header, signature } = entry;
  return { entryHash, terminalId, journalId, seq, prev, entryId, supersedes, header, signature };
}

/** Writes a header with its outcome; one noted before, and not held, gets the new outcome. */
async function noteHeader(
  tx: Db,
  context: PlatformContext,
  as: { readonly outcome: Outcome; readonly heldOrder: number | null },
  row: NamedHeader,
): Promise<void> {
  const { terminalId, journalId } = row;
  const nowMs = context.clock.wallMs();
  await tx
    .insertInto('journals')
    .values({ terminalId, journalId, claimedSeq: null, claimedHash: null, saidSeq: 0, firstMs: nowMs })
    .onConflict((conflict) => conflict.columns(['terminalId', 'journalId']).doNothing())
    .execute();
  await tx
    .insertInto('headers')
    .values({ ...row, ...as, backupNo: null, receivedMs: nowMs })
    .onConflict((conflict) => conflict.column('entryHash').doUpdateSet({ ...row, ...as, receivedMs: nowMs }))
    .execute();
}

/** Alarms for a fork and for links that do not hold; a fork is also told to open a new journal. */
async function ringBranches(
  tx: Db,
  context: PlatformContext,
  offerer: Offerer,
  entry: Entry,
  outbox: Outbox,
): Promise<void> {
  const { journalId } = entry.header;
  for (const trouble of await findBranchTroubles(tx, entry)) {
    const about = `${toHex(journalId)}/${trouble.seq}`;
    const isNew = await alarm(tx, context, offerer, trouble.kind, about);
    if (isNew && trouble.kind === 'fork') {
      outbox.push({
        itemId: context.crypto.randomBytes(16),
        terminalId: offerer.terminalId,
        kind: FEED_KIND.newJournal,
        expiresMs: null,
        caseId: null,
        content: encodeContent({ schema: 1, journalId }),
      });
    }
  }
}

function alarm(
  tx: Db,
  context: PlatformContext,
  offerer: Offerer,
  kind: Parameters<typeof raiseAlarm>[1]['kind'],
  about: string,
): Promise<boolean> {
  context.log('platform.alarm', { kind });
  return raiseAlarm(
    tx,
    { kind, about, terminalId: offerer.terminalId, detail: about },
    context.clock.wallMs(),
  );
}
