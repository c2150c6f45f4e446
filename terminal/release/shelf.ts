/**
 * The releases of the catalog that this machine has: the one in use, and the one before it, a step back. Each is read
 * with its hash held against what was noted when its signatures were seen; one that a disk has hurt is no release.
 */
import { z } from 'zod';
import { equalBytes, findHex, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import { type CatalogRelease, parseRelease } from '../../catalog/release.ts';

const NOTE = 'releases.json';

const shelvedSchema = z.strictObject({
  /** The version under which it was signed. */
  version: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
const noteSchema = z.strictObject({
  format: z.literal(1),
  current: shelvedSchema.nullable(),
  previous: shelvedSchema.nullable(),
  /** Everything up to this version was stepped back from: only what is newer is put into use again. */
  leftBehind: z.int().nonnegative(),
});
type Note = z.infer<typeof noteSchema>;
type Shelved = z.infer<typeof shelvedSchema>;

/** A release as it lies here. */
export interface ShelvedRelease {
  readonly version: number;
  readonly release: CatalogRelease;
}

/** The shelf. */
export interface ReleaseShelf {
  /** Those that are whole, the one to use first. */
  readAll(): readonly ShelvedRelease[];
  /** Whether a release of this version is to be put into use. */
  wants(version: number): boolean;
  /** Puts a verified release into use; the one before stays, the one before that goes. */
  put(version: number, bytes: Uint8Array): Result<void, DiskTrouble>;
  /** Back to the one before. False where there is none. */
  stepBack(): Result<boolean, DiskTrouble>;
}

const EMPTY: Note = { format: 1, current: null, previous: null, leftBehind: 0 };

/** Opens the shelf in a folder. */
export function openShelf(disk: Disk, crypto: Crypto): ReleaseShelf {
  function readNote(): Note {
    const read = disk.read(NOTE);
    if (!read.ok) return EMPTY;
    try {
      return noteSchema.parse(JSON.parse(new TextDecoder().decode(read.value)));
    } catch {
      return EMPTY;
    }
  }

  function writeNote(note: Note): Result<void, DiskTrouble> {
    return disk.writeDurably(NOTE, new TextEncoder().encode(`${JSON.stringify(note)}\n`));
  }

  function read({ version, hash }: Shelved): readonly ShelvedRelease[] {
    const bytes = disk.read(fileOf(version));
    if (!bytes.ok || !equalBytes(crypto.sha256(bytes.value), findHex(hash) ?? new Uint8Array())) return [];
    const release = parseRelease(bytes.value);
    return release.ok ? [{ version, release: release.value }] : [];
  }

  function sweep({ current, previous }: Note): void {
    const kept = new Set([NOTE, ...[current, previous].flatMap((one) => (one ? [fileOf(one.version)] : []))]);
    for (const name of disk.list('.')) if (/^\d+\.json$/.test(name) && !kept.has(name)) disk.remove(name);
  }

  return {
    readAll() {
      const { current, previous } = readNote();
      return [current, previous].flatMap((one) => (one === null ? [] : read(one)));
    },

    wants(version) {
      const { current, leftBehind } = readNote();
      return version > leftBehind && version > (current?.version ?? 0);
    },

    put(version, bytes) {
      const written = disk.writeDurably(fileOf(version), bytes);
      if (!written.ok) return written;
      const before = readNote();
      const current = { version, hash: toHex(crypto.sha256(bytes)) };
      const note = { ...before, current, previous: before.current };
      const noted = writeNote(note);
      if (noted.ok) sweep(note);
      return noted;
    },

    stepBack() {
      const { current, previous } = readNote();
      if (current === null || previous === null) return ok(false);
      const note: Note = { format: 1, current: previous, previous: null, leftBehind: current.version };
      const noted = writeNote(note);
      if (!noted.ok) return noted;
      sweep(note);
      return ok(true);
    },
  };
}

function fileOf(version: number): string {
  return `${version}.json`;
}
