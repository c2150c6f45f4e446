/**
 * A rescue folder as it lies on the stick: `entries.yzf`, `attachments/{name}`, `manifest.cbor`. Entries prove
 * themselves; the manifest, signed by whichever enrolled terminal exported, only tells what is missing.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { type FrameEvent, readFramesFrom, WINDOW_BYTES } from '../../sync/formats/frame.ts';
import { RESCUE_FILES, RESCUE_FOLDER, rescueFormat } from '../../sync/formats/rescue.ts';
import type { Db } from '../store/store.ts';

/** Far above a manifest of every entry a terminal may owe. */
const MANIFEST_BYTES = 64 * 1024 * 1024;
/** Around a place that a stick cannot read, so much is given up at a time. */
const PIECE_BYTES = 64 * 1024;

/** What the manifest says; entries are taken whatever it says. */
export type ManifestState = 'verified' | 'missing' | 'unreadable' | 'unknown-signer' | 'forged';

/** A manifest, held against what lies beside it. */
export interface RescueManifest {
  readonly manifest: ManifestState;
  /** Files that a verified manifest names and that are not there, or not as they were written. */
  readonly incomplete: readonly string[];
}

/** Rescue folders on this disk: itself (an empty path), or those of a stick's `yizhan-rescue`. */
export function findRescueFolders(disk: Disk): readonly string[] {
  if (disk.findSize(RESCUE_FILES.entries) !== undefined) return [''];
  return disk
    .list(RESCUE_FOLDER)
    .map((name) => `${RESCUE_FOLDER}/${name}`)
    .filter((path) => disk.findSize(`${path}/${RESCUE_FILES.entries}`) !== undefined);
}

/** The frames of the folder's file of entries, read in parts: a stick may hold more than memory does. */
export function readEntryFrames(crypto: Crypto, disk: Disk): Generator<FrameEvent> {
  const size = disk.findSize(RESCUE_FILES.entries) ?? 0;
  const read = (from: number, bytes: number) => readAll(disk, from, Math.min(bytes, size - from));
  return readFramesFrom(crypto, { bytes: size, read });
}

/** Exactly these bytes of the entries; what the stick does not give any more is zeros, and counts as damage. */
function readAll(disk: Disk, from: number, bytes: number): Uint8Array {
  const whole = disk.readPart(RESCUE_FILES.entries, from, bytes);
  if (whole.ok && whole.value.length === bytes) return whole.value;
  const pieces = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += PIECE_BYTES) {
    const piece = disk.readPart(RESCUE_FILES.entries, from + at, Math.min(PIECE_BYTES, bytes - at));
    if (piece.ok) pieces.set(piece.value, at);
  }
  return pieces;
}

/** The attachment of this name, whole; nothing where it is missing or is something else. */
export function findAttachmentFile(crypto: Crypto, disk: Disk, name: Uint8Array, hex: string) {
  const path = RESCUE_FILES.attachment(hex);
  const bytes = disk.findSize(path);
  if (bytes === undefined || bytes > LIMITS.attachmentBytes) return undefined;
  const file = disk.read(path);
  return file.ok && equalBytes(crypto.sha256(file.value), name) ? file.value : undefined;
}

/** Reads the manifest and holds the files it names against it. */
export async function readManifest(crypto: Crypto, db: Db, disk: Disk): Promise<RescueManifest> {
  const nothing = (manifest: ManifestState) => ({ manifest, incomplete: [] });
  if ((disk.findSize(RESCUE_FILES.manifest) ?? 0) > MANIFEST_BYTES) return nothing('unreadable');
  const file = disk.read(RESCUE_FILES.manifest);
  if (!file.ok) return nothing('missing');
  const signed = rescueFormat.parse(file.value);
  if (!signed.ok) return nothing('unreadable');
  const { terminalId, signKeyId, files } = signed.value.value;
  const key = await db
    .selectFrom('terminalKeys')
    .select('publicKey')
    .where('keyId', '=', signKeyId)
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  if (!key) return nothing('unknown-signer');
  if (!rescueFormat.isSignedBy(crypto, signed.value, key.publicKey)) return nothing('forged');
  const incomplete = files.filter(
    ({ name, bytes, hash }) => disk.findSize(name) !== bytes || !hasHash(crypto, disk, name, hash),
  );
  return { manifest: 'verified', incomplete: incomplete.map(({ name }) => name) };
}

/** Whether the file is read whole and has this SHA-256, a part at a time. */
function hasHash(crypto: Crypto, disk: Disk, name: string, hash: Uint8Array): boolean {
  const running = crypto.startSha256();
  for (let at = 0; ; ) {
    const part = disk.readPart(name, at, WINDOW_BYTES);
    if (!part.ok) return false;
    if (part.value.length === 0) return equalBytes(running.digest(), hash);
    running.update(part.value);
    at += part.value.length;
  }
}
