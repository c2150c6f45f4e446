/** Publishing releases of the catalog: from a folder of files to a signed repository, and from pilot to everybody. */
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { type CatalogFiles, loadCatalog, parseText } from '../../catalog/load.ts';
import type { MatterProblem } from '../../catalog/parse.ts';
import { findReleaseProblems, isReleased, RELEASE_NAME, releaseBytes } from '../../catalog/release.ts';
import type { ReleaseKey } from './release-keys.ts';
import { makeRepository, type SignTrouble, signTarget } from './repository.ts';

/** Why nothing was published. */
export type PublishTrouble =
  | SignTrouble
  | { readonly code: 'problems'; readonly problems: readonly MatterProblem[] };

/** What was published. */
export interface Published {
  readonly version: number;
  readonly matters: number;
  readonly bytes: number;
}

/**
 * Signs the catalog of these files as the newest release of a repository. Everything wrong with it is told, and then
 * nothing is signed; a production key signs no matter that nobody has confirmed.
 */
export function publishCatalog(
  context: { readonly crypto: Crypto; readonly disk: Disk; readonly keys: readonly ReleaseKey[] },
  files: CatalogFiles,
  nowMs: number,
): Result<Published, PublishTrouble> {
  const catalog = loadCatalog(files);
  const production = context.keys.some(({ purpose }) => purpose === 'production');
  const problems = findReleaseProblems(catalog, { production });
  if (problems.length > 0) return err({ code: 'problems', problems });
  const names = files.names.filter(isReleased);
  const texts = Object.fromEntries(names.map((name) => [name, compact(files.findText(name) ?? '')]));
  // The number is the signed version it will have: two machines that say the same number have the same.
  const number = countTargets(context.disk) + 1;
  const bytes = releaseBytes({ number, builtAtMs: nowMs, files: texts });
  const signed = signTarget({ ...context, nowMs }, RELEASE_NAME, bytes);
  return signed.ok
    ? ok({ version: signed.value, matters: catalog.matters.length, bytes: bytes.length })
    : signed;
}

/** The same data as JSON: comments stay with the officers, and a terminal reads it many times as fast. */
function compact(text: string): string {
  const parsed = parseText(text);
  invariant(parsed.ok, 'a catalog without problems has only sound files');
  return JSON.stringify(parsed.value);
}

function countTargets(disk: Disk): number {
  return disk.list('metadata').filter((name) => name.endsWith('.targets.json')).length;
}

/**
 * Offers everybody what the pilot machines tried: the same files, the timestamp last. What a machine has seen from one
 * channel holds for the other too, so nothing older can come that way.
 */
export function promote(pilot: Disk, stable: Disk): Result<number, DiskTrouble> {
  const names = ['metadata', 'targets'].flatMap((folder) =>
    pilot.list(folder).map((name) => `${folder}/${name}`),
  );
  const last = 'metadata/timestamp.json';
  let copied = 0;
  for (const name of [...names.filter((other) => other !== last), last]) {
    const read = pilot.read(name);
    if (!read.ok) return read;
    if (name !== last && stable.findSize(name) === read.value.length) continue;
    const written = stable.writeDurably(name, read.value);
    if (!written.ok) return written;
    copied += 1;
  }
  return ok(copied);
}

/** A repository where there is none, its root beside it for machines to trust. */
export function ensureRepository(context: {
  readonly crypto: Crypto;
  readonly disk: Disk;
  readonly keys: readonly ReleaseKey[];
  readonly nowMs: number;
}): Result<void, SignTrouble> {
  const made = makeRepository(context);
  return made.ok || made.error.code === 'repository-exists' ? ok(undefined) : made;
}
