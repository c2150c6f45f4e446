/** The first version of a machine, out of a repository: whoever sets it up lays it, and nothing is fetched. */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { MANIFEST_FILE, parseManifest, type SoftwareManifest } from '../../sync/software-release.ts';
import { manifestFile, packFile, readList } from './make-release.ts';

/** Why nothing was laid; `damaged`: a file does not hold what its release says, `in-use`: something lies there. */
export type FirstVersionTrouble = 'list-damaged' | 'no-release' | 'damaged' | 'in-use' | 'disk';

/**
 * Writes the newest release for `architecture` that was not withdrawn into `slot`, an empty folder, the manifest last:
 * what was broken off is no version. Every file is held against its hash. Answers which version it is.
 */
export function layFirstVersion(parts: {
  readonly crypto: Crypto;
  /** The repository, which whoever lays it trusts: no signature is looked at here. */
  readonly repository: Disk;
  readonly slot: Disk;
  readonly architecture: string;
}): Result<number, FirstVersionTrouble> {
  const { crypto, repository, slot, architecture } = parts;
  if (slot.list('').length > 0) return err('in-use');
  const list = readList(repository);
  if (!list.ok) return err('list-damaged');
  const listed = list.value.releases
    .filter((one) => one.withdrawn !== true && ['any', architecture].includes(one.architecture))
    .reduce<(typeof list.value.releases)[number] | undefined>(
      (newest, one) => (newest === undefined || one.version > newest.version ? one : newest),
      undefined,
    );
  if (listed === undefined) return err('no-release');
  const bytes = repository.read(manifestFile(listed.manifest.sha256));
  if (!bytes.ok || toHex(crypto.sha256(bytes.value)) !== listed.manifest.sha256) return err('damaged');
  const manifest = parseManifest(bytes.value);
  if (!manifest.ok) return err('damaged');
  const laid = layFiles(parts, manifest.value);
  if (!laid.ok) return laid;
  return slot.writeDurably(MANIFEST_FILE, bytes.value).ok ? ok(listed.version) : err('disk');
}

function layFiles(
  { crypto, repository, slot }: { readonly crypto: Crypto; readonly repository: Disk; readonly slot: Disk },
  { files, packs }: SoftwareManifest,
): Result<void, FirstVersionTrouble> {
  for (const { path, pack, at, bytes, sha256 } of files) {
    const from = packs[pack];
    const read = from && repository.readPart(packFile(from.sha256), at, bytes);
    if (!read?.ok || toHex(crypto.sha256(read.value)) !== sha256) return err('damaged');
    if (!slot.writeDurably(path, read.value).ok) return err('disk');
  }
  return ok(undefined);
}
