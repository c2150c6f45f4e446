/**
 * A terminal's durable half for tests: real SQLite, crypto and formats, with a platform whose keys follow from
 * their names.
 */
import { concat, equalBytes, toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { SigningKey } from '../../base/crypto/api.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { type MemorySqlStore, memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { invariant, ok } from '../../base/result.ts';
import { decodeContent } from '../../sync/content-coding.ts';
import { receiptFormat, releaseFormat } from '../../sync/formats/answers.ts';
import { openBody } from '../../sync/formats/body.ts';
import { type Entry, parseEntry } from '../../sync/formats/entry.ts';
import { SAMPLE_MS, type SampleWorld, sample32, sampleHead, sampleWorld } from '../../sync/formats/sample.ts';
import type { BatchLimits, OfferBasis, OfferedEntry, TrustRecord } from '../../sync/ports.ts';
import { Mirror } from '../journal/mirror.ts';
import type { KeepWish, PersonMemory } from '../keeper.ts';
import type { KeyStore } from '../keys/key-file.ts';
import { type KeeperParts, type OpenedKeeper, openKeeper } from '../open-keeper.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';

export const crypto = createCrypto();
export const world: SampleWorld = sampleWorld(crypto);

/** The specimen of the card standard. */
export const SPECIMEN = { name: '李明华', number: '11010519491231002X' } as const;

/** A photo block that can carry a key; another `name` gives another card. */
export function photoOf(name: string): Uint8Array {
  return concat(...Array.from({ length: 32 }, (_, part) => sample32(crypto, `photo ${name} ${part}`)));
}

/** A clock that stands still until it is moved; timers run when it passes them. */
export interface HandClock extends Clock {
  advance(ms: number): void;
  setWall(ms: number): void;
  /** Drops every timer, as the end of the process does. */
  forgetTimers(): void;
}

/** A clock moved by hand. */
export function handClock(wallMs = SAMPLE_MS): HandClock {
  let wall = wallMs;
  let mono = 1_000;
  let timers: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    wallMs: () => wall,
    monoMs: () => mono,
    after(delayMs, task) {
      const timer = { atMs: mono + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    setWall(ms) {
      wall = ms;
    },
    forgetTimers() {
      timers = [];
    },
    advance(ms) {
      const endMs = mono + ms;
      for (;;) {
        const due = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!due) break;
        timers = timers.filter((other) => other !== due);
        wall += due.atMs - mono;
        mono = due.atMs;
        due.task();
      }
      wall += endMs - mono;
      mono = endMs;
    },
  };
}

/** A key store that has this key and no other. */
export function oneKey(key: SigningKey): KeyStore {
  const none = { ok: false, error: { code: 'io', detail: 'one key alone' } } as const;
  return {
    signingKey: () => ok(key),
    findCert: () => undefined,
    findFormer: () => undefined,
    forgetFormer: () => ok(undefined),
    nextKey: () => none,
    promote: () => none,
  };
}

const SHARED = {
  random: systemRandom,
  crypto,
  software: 'yizhan/0.1.0',
  builtAtMs: SAMPLE_MS - 86_400_000,
  /** The sample certificate is for this key. */
  keys: oneKey(world.terminal),
  onDamage: () => undefined,
  onFileTrouble: () => undefined,
  onBackupTrouble: () => undefined,
} as const;

/** Parts on a real folder. */
export function folderParts(folder: string, change: Partial<KeeperParts> = {}): KeeperParts {
  return {
    ...SHARED,
    store: sqliteFile({ path: `${folder}/terminal.db`, busyTimeoutMs: 50 }),
    disk: nodeDisk(folder),
    mirrorDisk: nodeDisk(`${folder}/mirror`),
    clock: handClock(),
    ...change,
  };
}

/** Parts in memory, which a test can crash and damage. */
export interface MemoryParts extends KeeperParts {
  readonly store: MemorySqlStore;
  readonly disk: MemoryDisk;
  readonly mirrorDisk: MemoryDisk;
  readonly clock: HandClock;
}

/** New, empty parts in memory. */
export function memoryParts(change: Partial<MemoryParts> = {}): MemoryParts {
  return {
    ...SHARED,
    store: memorySqlStore(),
    disk: createMemoryDisk(),
    mirrorDisk: createMemoryDisk(),
    clock: handClock(),
    ...change,
  };
}

/** Ends the program where it stands: the last commit and what was fsynced are left. */
export function crash(parts: MemoryParts): void {
  parts.store.onCommit = () => {};
  parts.mirrorDisk.onChange = () => undefined;
  parts.disk.onChange = () => undefined;
  parts.clock.forgetTimers();
  parts.store.crash();
}

/** Opens, or fails the test. */
export function open(parts: KeeperParts): OpenedKeeper {
  const opened = openKeeper(parts);
  invariant(opened.ok, `opens: ${opened.ok ? '' : JSON.stringify(opened.error)}`);
  return opened.value;
}

/** The trust an enrolment brings. */
export const SAMPLE_TRUST: TrustRecord = {
  keySet: world.keySetBytes,
  epoch: world.epoch,
  formerEpochs: [],
  floorMs: SAMPLE_MS,
  lastContactMs: null,
};

/** Opens, and enrols at the sample platform where that was not done before. */
export function openEnrolled(parts: KeeperParts): OpenedKeeper {
  const opened = open(parts);
  if (opened.findEnrolment()) return opened;
  const wish = { origin: 'https://example.invalid', certBytes: world.certBytes, trust: SAMPLE_TRUST };
  const enrolled = opened.enrol(wish);
  invariant(enrolled.ok, 'enrols');
  return opened;
}

/** The specimen's memory on this terminal. */
export function specimenMemory(opened: OpenedKeeper): PersonMemory {
  const memory = opened.keeper.openMemory({ number: SPECIMEN.number, photo: photoOf(SPECIMEN.name) });
  invariant(memory.ok, 'the sample photo is fit');
  return memory.value;
}

/** A wish to keep a case of the specimen, and the private half of its reply key. */
export function caseWish(
  person: PersonMemory | null,
  name: string,
  change: Partial<KeepWish> = {},
): KeepWish {
  const submissionId = idOf(`submission ${name}`);
  const caseId = idOf(`case ${name}`);
  const row = {
    matterId: 'old-age-allowance',
    localNumber: '012345678901',
    slipCode: '654321',
    keptAtMs: SAMPLE_MS,
    caseId,
    replyKeyPrivate: sample32(crypto, `reply ${name}`),
  };
  return {
    submissionId,
    entryClass: 1,
    content: { schema: 1, kind: 'case.submitted', submissionId, caseId, submitter: { ...SPECIMEN } },
    attachments: [],
    remember: person && { person, row },
    slip: true,
    ...change,
  };
}

/** 16 bytes that follow from a name. */
export function idOf(name: string): Uint8Array {
  return sample32(crypto, name).slice(0, 16);
}

export const BASIS: OfferBasis = { epoch: world.epoch, keySetNumber: 1 };
export const LIMITS: BatchLimits = { entries: 100, bytes: 4 * 1024 * 1024 };

/**
 * Holds the two copies against each other: every owed entry lies, body and all, in the mirror's segment that the
 * database names.
 */
export function findUnmirrored(parts: MemoryParts): readonly string[] {
  const copy = memorySqlStore();
  copy.putImage(parts.store.findImage());
  const sql = copy.open();
  invariant(sql.ok, 'the image opens');
  const mirror = new Mirror(parts.mirrorDisk, crypto);
  return sql.value
    .prepare<{ entry_id: Uint8Array; segment: number }>(
      'SELECT e.entry_id, o.segment FROM owed AS o JOIN entries AS e ON e.number = o.entry',
    )
    .all()
    .filter(({ entry_id: entryId, segment }) => {
      const content = mirror.readSegment(segment);
      invariant(content.ok, 'the segment can be read');
      return !content.value.frames.some(
        ({ entry }) => entry.body !== null && equalBytes(entry.header.entryId, entryId),
      );
    })
    .map(({ entry_id: entryId, segment }) => `${toHex(entryId)} not in ${segment}`);
}

/** Everything that is offered now. */
export function offered(opened: OpenedKeeper, basis = BASIS): readonly OfferedEntry[] {
  return opened.port.nextBatch(basis, LIMITS, () => false);
}

/** Offered entries, read. */
export function parsed(entries: readonly OfferedEntry[]): readonly Entry[] {
  return entries.map(({ entryBytes }) => {
    const entry = parseEntry(crypto, entryBytes);
    invariant(entry.ok, 'what is offered can be read');
    return entry.value;
  });
}

/** The content of an entry, opened with the platform's key. */
export function contentOf(entry: Entry): { readonly [key: string]: unknown } {
  invariant(entry.body, 'an offered entry has its body');
  const inside = openBody(world.sealing, entry.header, entry.body);
  invariant(inside.ok, 'the platform opens it');
  const content = decodeContent(inside.value.content);
  invariant(content.ok, 'what was kept can be read');
  return content.value as { readonly [key: string]: unknown };
}

/** The cases among these entries, by the hex of their ids. */
export function caseIdsIn(entries: readonly Entry[]): readonly string[] {
  return entries
    .map(contentOf)
    .flatMap(({ caseId }) => (caseId instanceof Uint8Array ? [toHex(caseId)] : []))
    .sort();
}

/** Receipts with `outcome` for these entries. */
export function receipt(
  opened: OpenedKeeper,
  entries: readonly OfferedEntry[],
  outcome = 0,
  basis = BASIS,
): number {
  let counted = 0;
  for (const { journalId, seq, entryId, entryHash } of entries) {
    const items = [{ seq, entryId, entryHash, outcome }];
    const head = { ...sampleHead(crypto, world), epoch: basis.epoch };
    const bytes = receiptFormat.make(world.answering, { ...head, journalId, items });
    counted += opened.port.applyReceipt({ journalId, items, basis, bytes }).counted;
  }
  return counted;
}

/** A release of `from` to the given entry. */
export function release(
  opened: OpenedKeeper,
  last: Pick<OfferedEntry, 'journalId' | 'seq' | 'entryHash'>,
  from = 1,
): number {
  const { journalId } = last;
  const ranges = [{ from, to: last.seq, hashAtTo: last.entryHash }];
  const bytes = releaseFormat.make(world.answering, { ...sampleHead(crypto, world), journalId, ranges });
  return opened.port.applyRelease({ journalId, ranges, bytes }).counted;
}
