/**
 * Sealed rescue, the terminal's half: what a journal owes, copied to a stick as it is. The journal is only read: an
 * entry that was carried away is owed as before, until the platform's release comes back (law 2).
 */
import { toHex } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { RESCUE_FILES, RESCUE_FOLDER, rescueFormat } from '../../sync/formats/rescue.ts';
import { findOwedCount, owedEntries, type RescueSource, type WholeEntry } from './source.ts';
import { EntriesFile, type WrittenFile, writeAttachment } from './writer.ts';

/** Who exports: any enrolled terminal, for its own journal or a dead machine's. */
export interface RescueSigner {
  readonly terminalId: Uint8Array;
  readonly key: SigningKey;
}

/** What an export is made of. */
export interface ExportParts {
  readonly crypto: Crypto;
  readonly signer: RescueSigner;
  readonly source: RescueSource;
  /** The stick, from its root. */
  readonly stick: Disk;
  /** By the best clock there is, milliseconds since 1970 UTC. */
  readonly nowMs: () => number;
}

/** How far it is. */
export interface ExportProgress {
  readonly entries: number;
  /** Of how many, as far as the database says; null where it cannot. */
  readonly of: number | null;
}

/** What came of it; numbers alone. */
export interface ExportReport {
  /** The folder on the stick; null where nothing was owed, and nothing was written. */
  readonly folder: string | null;
  readonly entries: number;
  /** Attachments that went along. */
  readonly files: number;
  /** Of entries and attachments together. */
  readonly bytes: number;
  /** Owed entries that neither copy gives whole. */
  readonly unreadable: number;
  /** Attachments that entries name and that are not there as they were written. */
  readonly missingFiles: number;
  /** Which copies could be read only in part. */
  readonly damaged: readonly ('database' | 'mirror')[];
}

/** `full`: the stick is, and what was begun on it was taken away again. `io`: it cannot be written. */
export type ExportTrouble = { readonly code: 'full' | 'io'; readonly detail: string };

/**
 * Copies all that is owed into a new folder of the stick, in small steps so that a program can do other things
 * between them. The manifest comes last: a folder without one was not finished.
 */
export function* exportRescue(
  parts: ExportParts,
): Generator<ExportProgress, Result<ExportReport, ExportTrouble>> {
  const rescueId = parts.crypto.randomBytes(16);
  const folder = `${RESCUE_FOLDER}/${toHex(rescueId)}`;
  const done = yield* copyAll(parts, rescueId, folder);
  if (done.ok) return done;
  const { code, detail } = done.error;
  if (code !== 'full') return err({ code: 'io', detail });
  takeBack(parts.stick, folder);
  return err({ code, detail });
}

interface Tally {
  entries: number;
  unreadable: number;
  missingFiles: number;
  readonly damaged: Set<'database' | 'mirror'>;
  /** By name: several entries may list the same. */
  readonly files: Map<string, WrittenFile>;
}

function* copyAll(
  parts: ExportParts,
  rescueId: Uint8Array,
  folder: string,
): Generator<ExportProgress, Result<ExportReport, DiskTrouble>> {
  const { crypto, source, stick } = parts;
  const of = findOwedCount(source) ?? null;
  const tally: Tally = { entries: 0, unreadable: 0, missingFiles: 0, damaged: new Set(), files: new Map() };
  const entries = new EntriesFile(stick, crypto, folder);
  for (const found of owedEntries(crypto, source)) {
    if (found.kind === 'unreadable') tally.unreadable += found.count;
    else if (found.kind === 'damage') tally.damaged.add(found.copy);
    else {
      const added = entries.add(found.entry);
      if (!added.ok) return added;
      tally.entries += 1;
      for (const step of copyFiles(parts, folder, found.entry, tally)) {
        if (step && !step.ok) return step;
        yield { entries: tally.entries, of };
      }
      yield { entries: tally.entries, of };
    }
  }
  if (tally.entries === 0) return ok(reportOf(tally, null, []));
  const file = entries.finish();
  if (!file.ok) return file;
  const files = [file.value, ...tally.files.values()];
  const written = stick.writeDurably(
    `${folder}/${RESCUE_FILES.manifest}`,
    makeManifest(parts, rescueId, files),
  );
  return written.ok ? ok(reportOf(tally, folder, files)) : written;
}

/** The attachments of one entry; ends with trouble of the stick alone. */
function* copyFiles(
  { source, stick }: ExportParts,
  folder: string,
  { header }: WholeEntry,
  tally: Tally,
): Generator<Result<unknown, DiskTrouble> | undefined, void> {
  for (const { hash } of header.attachments) {
    if (tally.files.has(toHex(hash))) continue;
    const file = source.readFile(hash);
    if (!file.ok) {
      tally.missingFiles += 1;
      continue;
    }
    const written = yield* writeAttachment(stick, folder, hash, file.value);
    if (written.ok) tally.files.set(toHex(hash), written.value);
    else yield written;
  }
}

function makeManifest(
  { crypto, signer, nowMs }: ExportParts,
  rescueId: Uint8Array,
  files: readonly WrittenFile[],
): Uint8Array {
  const { terminalId, key } = signer;
  return rescueFormat.make(key, {
    ...{ v: 1, suite: 1, terminalId, signKeyId: keyId(crypto, key.publicKey), rescueId },
    ...{ wallMs: nowMs(), files: [...files] },
  });
}

function reportOf(tally: Tally, folder: string | null, files: readonly WrittenFile[]): ExportReport {
  const { entries, unreadable, missingFiles, damaged } = tally;
  return {
    ...{ folder, entries, unreadable, missingFiles, damaged: [...damaged] },
    files: tally.files.size,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** A full stick keeps nothing of it: the next may be tried with the same one, after making room. */
function takeBack(stick: Disk, folder: string): void {
  stick.remove(`${folder}/${RESCUE_FILES.entries}`);
  for (const name of stick.list(`${folder}/attachments`)) stick.remove(`${folder}/attachments/${name}`);
}
