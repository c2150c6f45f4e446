/**
 * A rescue folder as it lies on the stick: `entries.yzf`, `attachments/{name}`, `manifest.cbor`. Entries prove
 * themselves; the manifest, signed by whichever enrolled terminal exported, only tells what is missing.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { readFrames } from '../../sync/formats/frame.ts';
import { RESCUE_FILES, RESCUE_FOLDER, rescueFormat } from '../../sync/formats/rescue.ts';
import type { Db } from '../store/store.ts';

/** What the manifest says; entries are taken whatever it says. */
export type ManifestState = 'verified' | 'missing' | 'unreadable' | 'unknown-signer' | 'forged';

/** A folder looked through. */
export interface RescueFolder {
  readonly manifest: ManifestState;
  /** Files that a verified manifest names and that are not there, or not as they were written. */
  readonly incomplete: readonly string[];
  /** Entries as first made, in the order of the file. */
  readonly entries: readonly Uint8Array[];
  /** Places where the file of entries is damaged. */
  readonly damaged: number;
}

/** Rescue folders on this disk: itself (an empty path), or those of a stick's `yizhan-rescue`. */
export function findRescueFolders(disk: Disk): readonly string[] {
  if (disk.findSize(RESCUE_FILES.entries) !== undefined) return [''];
  return disk
    .list(RESCUE_FOLDER)
    .map((name) => `${RESCUE_FOLDER}/${name}`)
    .filter((path) => disk.findSize(`${path}/${RESCUE_FILES.entries}`) !== undefined);
}

/** Looks through the folder that `disk` stands for. */
export async function readRescueFolder(crypto: Crypto, db: Db, disk: Disk): Promise<RescueFolder> {
  const { manifest, incomplete } = await readManifest(crypto, db, disk);
  const file = disk.read(RESCUE_FILES.entries);
  const events = file.ok ? [...readFrames(crypto, file.value)] : [];
  return {
    manifest,
    incomplete,
    entries: events.flatMap((event) => (event.kind === 'frame' ? [event.entryBytes] : [])),
    damaged: events.filter((event) => event.kind === 'damage').length,
  };
}

/** The attachment of this name, whole; nothing where it is missing or is something else. */
export function findAttachmentFile(crypto: Crypto, disk: Disk, name: Uint8Array, hex: string) {
  const path = RESCUE_FILES.attachment(hex);
  const bytes = disk.findSize(path);
  if (bytes === undefined || bytes > LIMITS.attachmentBytes) return undefined;
  const file = disk.read(path);
  return file.ok && equalBytes(crypto.sha256(file.value), name) ? file.value : undefined;
}

async function readManifest(
  crypto: Crypto,
  db: Db,
  disk: Disk,
): Promise<Pick<RescueFolder, 'manifest' | 'incomplete'>> {
  const nothing = (manifest: ManifestState) => ({ manifest, incomplete: [] });
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
  const incomplete = files.filter(({ name, bytes, hash }) => {
    const there = disk.findSize(name) === bytes ? disk.read(name) : undefined;
    return !there?.ok || !equalBytes(crypto.sha256(there.value), hash);
  });
  return { manifest: 'verified', incomplete: incomplete.map(({ name }) => name) };
}
