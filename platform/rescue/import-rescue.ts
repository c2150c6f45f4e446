/**
 * Imports a rescue folder: every entry goes the way of one offered over the network, so it is held once whatever
 * arrived meanwhile, and importing twice changes nothing. What the platform says of it is written to the folder.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { OUTCOME, releaseFormat } from '../../sync/formats/answers.ts';
import { isEntrySignedBy, LIMITS, parseEntry } from '../../sync/formats/entry.ts';
import { keySetBytes } from '../../sync/formats/key-set.ts';
import type { OfferedEntryMessage } from '../../sync/formats/messages.ts';
import { makeRescueAnswers, RESCUE_FILES } from '../../sync/formats/rescue.ts';
import type { PlatformContext } from '../context.ts';
import { answerHead } from '../gateway/answer.ts';
import { holdBatch } from '../intake/hold.ts';
import { judgeBatch } from '../intake/judge.ts';
import { findEntryName } from '../intake/open-entry.ts';
import { signReceipts } from '../intake/receipts.ts';
import { takeReleases } from '../ledger/releases.ts';
import { findTerminal, type Terminal } from '../terminals/terminals.ts';
import { findAttachmentFile, type ManifestState, readRescueFolder } from './folder.ts';

/** What came of an import; counts alone, nothing of a person. */
export interface RescueReport {
  readonly manifest: ManifestState;
  readonly incomplete: readonly string[];
  readonly damaged: number;
  /** Entries found on the stick. */
  readonly found: number;
  /** Of these: held now or before. */
  readonly held: number;
  /** Held, and of a revoked terminal: waiting for a person unless one has looked already. */
  readonly ofRevoked: number;
  readonly refused: number;
  /** Not judged yet: an attachment or a key is missing. */
  readonly later: number;
  /** Of no terminal enrolled here, or nothing that names one. */
  readonly strangers: number;
}

type Tally = { held: number; ofRevoked: number; refused: number; later: number; strangers: number };

/** Imports the folder that `disk` stands for, and writes `answers.cbor` into it. */
export async function importRescue(
  context: PlatformContext,
  disk: Disk,
): Promise<Result<RescueReport, DiskTrouble>> {
  const folder = await readRescueFolder(context.crypto, context.store.db, disk);
  const tally: Tally = { held: 0, ofRevoked: 0, refused: 0, later: 0, strangers: 0 };
  const answers: Uint8Array[] = [];
  for (const offers of groupByTerminal(context, folder.entries, tally)) {
    const terminal = await findTerminal(context.store.db, offers.terminalId);
    if (terminal) answers.push(...(await importOf(context, disk, terminal, offers.entries, tally)));
    else tally.strangers += offers.entries.length;
  }
  const keySets = context.keys.keySets().map(keySetBytes);
  const written = disk.writeDurably(RESCUE_FILES.answers, makeRescueAnswers([...keySets, ...answers]));
  if (!written.ok) return err(written.error);
  const { manifest, incomplete, damaged, entries } = folder;
  return ok({ manifest, incomplete, damaged, found: entries.length, ...tally });
}

interface TerminalOffers {
  readonly terminalId: Uint8Array;
  readonly entries: OfferedEntryMessage[];
}

/** One stick may carry the entries of several terminals. */
function groupByTerminal(
  { crypto }: Pick<PlatformContext, 'crypto'>,
  entries: readonly Uint8Array[],
  tally: Tally,
): readonly TerminalOffers[] {
  const groups = new Map<string, TerminalOffers>();
  for (const entry of entries) {
    const name = findEntryName(crypto, entry);
    if (!name) {
      tally.strangers += 1;
      continue;
    }
    const { terminalId, ...told } = name;
    const group = groups.get(toHex(terminalId)) ?? { terminalId, entries: [] };
    groups.set(toHex(terminalId), group);
    group.entries.push({ ...told, entry });
  }
  return [...groups.values()];
}

/** Holds what one terminal owes; answers receipts, and the releases that are ready. */
async function importOf(
  context: PlatformContext,
  disk: Disk,
  terminal: Terminal,
  offers: readonly OfferedEntryMessage[],
  tally: Tally,
): Promise<readonly Uint8Array[]> {
  const { terminalId, place, isRevoked } = terminal;
  const { opener, openingKeys, store, keys } = context;
  const receipts: Uint8Array[] = [];
  for (const batch of inBatches(context, offers)) {
    await takeAttachments(context, disk, terminalId, batch);
    const judged = await judgeBatch({ opener, openingKeys, db: store.db }, terminalId, batch);
    const verdicts = await holdBatch(context, { terminalId, place, isRevoked }, judged);
    receipts.push(...signReceipts(context, answerHead(context, terminalId), verdicts));
    const held = verdicts.filter(({ item }) => item.outcome === OUTCOME.held).length;
    tally.held += held;
    tally.ofRevoked += isRevoked ? held : 0;
    tally.refused += verdicts.length - held;
    tally.later += batch.length - verdicts.length;
  }
  const releases = await takeReleases(context, terminalId, true);
  const head = answerHead(context, terminalId);
  const { key } = keys.answerKey();
  return [...receipts, ...releases.map((release) => releaseFormat.make(key, { ...head, ...release }))];
}

/** As many at once as one request would bring, in entries, bytes and attachments. */
function* inBatches(
  { crypto }: Pick<PlatformContext, 'crypto'>,
  offers: readonly OfferedEntryMessage[],
): Generator<readonly OfferedEntryMessage[]> {
  let batch: OfferedEntryMessage[] = [];
  let bytes = 0;
  let files = 0;
  for (const offer of offers) {
    const parsed = parseEntry(crypto, offer.entry);
    const own = parsed.ok ? parsed.value.header.attachments.length : 0;
    const isFull =
      batch.length === LIMITS.batchEntries ||
      bytes + offer.entry.length > LIMITS.batchBytes ||
      files + own > LIMITS.attachments;
    if (isFull && batch.length > 0) {
      yield batch;
      [batch, bytes, files] = [[], 0, 0];
    }
    batch.push(offer);
    bytes += offer.entry.length;
    files += own;
  }
  if (batch.length > 0) yield batch;
}

/** Attachments that entries of this terminal list, by its own signature; nothing else on the stick is taken. */
async function takeAttachments(
  { crypto, store, clock }: PlatformContext,
  disk: Disk,
  terminalId: Uint8Array,
  offers: readonly OfferedEntryMessage[],
): Promise<void> {
  const keys = await store.db
    .selectFrom('terminalKeys')
    .select(['keyId', 'publicKey'])
    .where('terminalId', '=', terminalId)
    .execute();
  for (const { entry } of offers) {
    const parsed = parseEntry(crypto, entry);
    if (!parsed.ok) continue;
    const { header } = parsed.value;
    const key = keys.find(({ keyId }) => equalBytes(keyId, header.signKeyId));
    if (!key || !isEntrySignedBy(crypto, parsed.value, key.publicKey)) continue;
    for (const { hash } of header.attachments) {
      const content = findAttachmentFile(crypto, disk, hash, toHex(hash));
      if (!content) continue;
      await store.db
        .insertInto('attachments')
        .values({ name: hash, bytes: content.length, content, receivedMs: clock.wallMs() })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
    }
  }
}
