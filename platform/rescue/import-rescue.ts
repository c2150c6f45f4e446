/**
 * Imports a rescue folder: every entry goes the way of one offered over the network, so it is held once whatever
 * arrived meanwhile, and importing twice changes nothing. What the platform says of it is written to the folder.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { OUTCOME, releaseFormat } from '../../sync/formats/answers.ts';
import { isEntrySignedBy, LIMITS, parseEntry } from '../../sync/formats/entry.ts';
import type { FrameEvent } from '../../sync/formats/frame.ts';
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
import { findAttachmentFile, type RescueManifest, readEntryFrames, readManifest } from './folder.ts';

/** What came of an import; counts alone, nothing of a person. */
export interface RescueReport extends RescueManifest {
  /** Places where the file of entries is damaged. */
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

/** The counts of a report, while they grow. */
type Tally = { -readonly [count in Exclude<keyof RescueReport, keyof RescueManifest>]: RescueReport[count] };

/** Imports the folder that `disk` stands for, and writes `answers.cbor` into it. */
export async function importRescue(
  context: PlatformContext,
  disk: Disk,
): Promise<Result<RescueReport, DiskTrouble>> {
  const { crypto, store, keys } = context;
  const manifest = await readManifest(crypto, store.db, disk);
  const tally: Tally = {
    ...{ found: 0, damaged: 0, held: 0, ofRevoked: 0, refused: 0, later: 0, strangers: 0 },
  };
  const known = new Map<string, Terminal>();
  const answers: Uint8Array[] = keys.keySets().map(keySetBytes);
  for (const { terminalId, entries } of batchesOf(crypto, readEntryFrames(crypto, disk), tally)) {
    const terminal = known.get(toHex(terminalId)) ?? (await findTerminal(store.db, terminalId));
    if (!terminal) {
      tally.strangers += entries.length;
      continue;
    }
    known.set(toHex(terminalId), terminal);
    answers.push(...(await holdBatchOf(context, disk, terminal, entries, tally)));
  }
  for (const { terminalId } of known.values()) answers.push(...(await releasesOf(context, terminalId)));
  const written = disk.writeDurably(RESCUE_FILES.answers, makeRescueAnswers(answers));
  return written.ok ? ok({ ...manifest, ...tally }) : err(written.error);
}

/** Entries of one terminal, no more than one request would bring. */
interface TerminalBatch {
  readonly terminalId: Uint8Array;
  readonly entries: readonly OfferedEntryMessage[];
}

/**
 * The entries of the frames, in batches of one terminal each, with as many in a batch as one request would bring: in
 * entries, bytes and attachments. One stick may carry the entries of several terminals.
 */
function* batchesOf(crypto: Crypto, frames: Iterable<FrameEvent>, tally: Tally): Generator<TerminalBatch> {
  let entries: OfferedEntryMessage[] = [];
  let terminalId: Uint8Array | undefined;
  let bytes = 0;
  let files = 0;
  for (const frame of frames) {
    if (frame.kind === 'damage') {
      tally.damaged += 1;
      continue;
    }
    tally.found += 1;
    const entry = frame.entryBytes;
    const name = findEntryName(crypto, entry);
    if (!name) {
      tally.strangers += 1;
      continue;
    }
    const { terminalId: ownTerminalId, ...told } = name;
    const own = countFiles(crypto, entry);
    const isFull =
      entries.length === LIMITS.batchEntries ||
      bytes + entry.length > LIMITS.batchBytes ||
      files + own > LIMITS.attachments;
    if (terminalId && entries.length > 0 && (isFull || !equalBytes(terminalId, ownTerminalId))) {
      yield { terminalId, entries };
      [entries, bytes, files] = [[], 0, 0];
    }
    terminalId = ownTerminalId;
    entries.push({ ...told, entry });
    bytes += entry.length;
    files += own;
  }
  if (terminalId && entries.length > 0) yield { terminalId, entries };
}

function countFiles(crypto: Crypto, entry: Uint8Array): number {
  const parsed = parseEntry(crypto, entry);
  return parsed.ok ? parsed.value.header.attachments.length : 0;
}

/** Holds what can be held of a batch; answers receipts. */
async function holdBatchOf(
  context: PlatformContext,
  disk: Disk,
  { terminalId, place, isRevoked }: Terminal,
  batch: readonly OfferedEntryMessage[],
  tally: Tally,
): Promise<readonly Uint8Array[]> {
  const { opener, openingKeys, store } = context;
  await takeAttachments(context, disk, terminalId, batch);
  const judged = await judgeBatch({ opener, openingKeys, db: store.db }, terminalId, batch);
  const verdicts = await holdBatch(context, { terminalId, place, isRevoked }, judged);
  const held = verdicts.filter(({ item }) => item.outcome === OUTCOME.held).length;
  tally.held += held;
  tally.ofRevoked += isRevoked ? held : 0;
  tally.refused += verdicts.length - held;
  tally.later += batch.length - verdicts.length;
  return signReceipts(context, answerHead(context, terminalId), verdicts);
}

/** The releases of a terminal that are ready. */
async function releasesOf(context: PlatformContext, terminalId: Uint8Array): Promise<readonly Uint8Array[]> {
  const releases = await takeReleases(context, terminalId, true);
  const head = answerHead(context, terminalId);
  const { key } = context.keys.answerKey();
  return releases.map((release) => releaseFormat.make(key, { ...head, ...release }));
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
