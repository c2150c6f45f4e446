/** Whether a folder holds a version, to its last byte. */
import { createHash } from 'node:crypto';
import type { Files } from './files.ts';
import { findManifest, MANIFEST, type Manifest } from './manifest.ts';
import type { Slot, VersionRef } from './states.ts';

/** A version as it lies in its folder. */
export interface Version extends VersionRef {
  readonly said: Manifest;
}

/** Its name alone, as it is written down. */
export function refOf({ version, manifest }: Version): VersionRef {
  return { version, manifest };
}

/** What the folder's manifest says; its files are not looked at. */
export function findVersion(files: Files, slot: Slot): Version | undefined {
  const bytes = files.read(`${slot}/${MANIFEST}`);
  const said = findManifest(bytes);
  if (bytes === undefined || said === undefined) return undefined;
  const manifest = createHash('sha256').update(bytes).digest('hex');
  return { version: said.version, manifest, said };
}

/** The version in a folder whose files are those of its manifest and no others; else `undefined`. */
export async function findWholeVersion(files: Files, slot: Slot): Promise<Version | undefined> {
  const version = findVersion(files, slot);
  if (version === undefined) return undefined;
  const there = listAll(files, slot, '');
  if (there?.length !== version.said.files.length + 1) return undefined;
  for (const { path, bytes, sha256 } of version.said.files) {
    const digest = await files.digest(`${slot}/${path}`);
    if (digest?.bytes !== bytes || digest.sha256 !== sha256) return undefined;
  }
  return version;
}

/** All files below a folder; `undefined` when something there is neither file nor folder: a link leads elsewhere. */
function listAll(files: Files, slot: Slot, folder: string): readonly string[] | undefined {
  const all: string[] = [];
  for (const { name, kind } of files.list(`${slot}/${folder}`)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'other') return undefined;
    const below = kind === 'file' ? [path] : listAll(files, slot, path);
    if (below === undefined) return undefined;
    all.push(...below);
  }
  return all;
}
