/**
 * Makes releases of the software: what is new goes into one pack, what an earlier release brought stays where it lies.
 * So a machine one release behind fetches one run of bytes, which can be gone on with after any cut, and a machine
 * further behind those parts of each pack that it lacks.
 */
import { concat, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { err, ok, type Result } from '../../base/result.ts';
import {
  findManifestTrouble,
  type ListedRelease,
  type ManifestTrouble,
  parseManifest,
  parseSoftwareList,
  SOFTWARE_FOLDER,
  SOFTWARE_LIMITS,
  SOFTWARE_PRODUCT,
  SOFTWARE_TARGET,
  type SoftwareFile,
  type SoftwareList,
  type SoftwareManifest,
  softwareBytes,
} from '../../sync/software-release.ts';
import type { ReleaseKey } from '../releases/release-keys.ts';
import { type SignTrouble, signDelegated } from '../releases/repository.ts';

/** What a release is made with. */
export interface SoftwareContext {
  readonly crypto: Crypto;
  /** The repository: `metadata/`, `targets/`, and `software/` beside them. */
  readonly disk: Disk;
  readonly keys: readonly ReleaseKey[];
  readonly nowMs: number;
}

/** What is to be released. */
export interface SoftwareWish
  extends Pick<SoftwareManifest, 'name' | 'architecture' | 'store' | 'launcher' | 'start'> {
  /** Paths are those a machine will have, with slashes. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** Why nothing was released. */
export type SoftwareTrouble =
  | SignTrouble
  | { readonly code: 'list-damaged' | 'no-such-release' }
  /** `malformed`: no machine could read it, nor could it be added to any more. */
  | { readonly code: 'refused'; readonly reason: ManifestTrouble | 'malformed' };

/** What was released. */
export interface ReleasedSoftware {
  readonly version: number;
  readonly files: number;
  /** Of those, how many lay in an earlier release already. */
  readonly known: number;
  readonly packBytes: number;
}

/** The file of a manifest or a pack in its folder. */
export function manifestFile(hash: string): string {
  return `${SOFTWARE_FOLDER}/${hash}.json`;
}
export function packFile(hash: string): string {
  return `${SOFTWARE_FOLDER}/${hash}.pack`;
}

/** Signs these files as the newest release; its number is one more than any that was ever listed. */
export function releaseSoftware(
  context: SoftwareContext,
  wish: SoftwareWish,
): Result<ReleasedSoftware, SoftwareTrouble> {
  const { crypto, disk, nowMs } = context;
  const list = readList(disk);
  if (!list.ok) return list;
  const version = list.value.releases.reduce((most, one) => Math.max(most, one.version), 0) + 1;
  const { name, architecture, store, launcher, start } = wish;
  const laid = layFiles(crypto, wish.files, findKnown(disk, list.value));
  const manifest: SoftwareManifest = {
    ...{ v: 1, product: SOFTWARE_PRODUCT, architecture, version, name, builtAtMs: nowMs, store, launcher },
    ...{ start },
    ...{ packs: [...laid.packs], files: [...laid.files] },
  };
  const bytes = softwareBytes(manifest);
  const hash = toHex(crypto.sha256(bytes));
  const listed: ListedRelease = {
    ...{ version, name, architecture, manifest: { sha256: hash, bytes: bytes.length } },
  };
  const trouble = findManifestTrouble(manifest, listed, { architecture, store, launcher });
  if (trouble !== undefined) return err({ code: 'refused', reason: trouble });
  const whole: SoftwareList = { ...list.value, releases: [...list.value.releases, listed] };
  if (!parseManifest(bytes).ok || !parseSoftwareList(softwareBytes(whole)).ok)
    return err({ code: 'refused', reason: 'malformed' });
  if (softwareBytes(whole).length > SOFTWARE_LIMITS.listBytes)
    return err({ code: 'refused', reason: 'too-large' });
  const written = writeAll(disk, [
    ...(laid.fresh.length > 0 ? [[packFile(laid.freshHash), laid.fresh] as const] : []),
    [manifestFile(hash), bytes],
  ]);
  if (!written.ok) return written;
  const signed = signList(context, whole);
  if (!signed.ok) return signed;
  return ok({ version, files: wish.files.length, known: laid.known, packBytes: laid.fresh.length });
}

/** Takes a release off the list: no machine installs it any more. Its files stay, others may lie in its pack. */
export function withdrawSoftware(context: SoftwareContext, version: number): Result<void, SoftwareTrouble> {
  const list = readList(context.disk);
  if (!list.ok) return list;
  const releases = list.value.releases.map((one) =>
    one.version === version ? { ...one, withdrawn: true as const } : one,
  );
  const isThere = list.value.releases.some((one) => one.version === version && one.withdrawn !== true);
  return isThere ? signList(context, { ...list.value, releases }) : err({ code: 'no-such-release' });
}

/** Everything that is listed; of a repository without software, nothing. */
export function readList(
  disk: Pick<Disk, 'list' | 'read'>,
): Result<SoftwareList, { readonly code: 'list-damaged' }> {
  const name = disk
    .list('metadata')
    .filter((file) => /^\d+\.software\.json$/.test(file))
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0];
  if (name === undefined) return ok({ v: 1, product: SOFTWARE_PRODUCT, releases: [] });
  const signed = disk.read(`metadata/${name}`);
  const target = signed.ok ? findTarget(signed.value) : undefined;
  const read = target === undefined ? undefined : disk.read(`targets/${target}`);
  const list = read?.ok ? parseSoftwareList(read.value) : undefined;
  return list?.ok ? list : err({ code: 'list-damaged' });
}

function findTarget(metadata: Uint8Array): string | undefined {
  const { signed } = JSON.parse(new TextDecoder().decode(metadata)) as {
    signed: { targets: Record<string, { hashes: { sha256: string } }> };
  };
  const found = signed.targets[SOFTWARE_TARGET];
  return found && `${found.hashes.sha256}.${SOFTWARE_TARGET}`;
}

function signList(context: SoftwareContext, list: SoftwareList): Result<void, SignTrouble> {
  const signed = signDelegated(context, 'software', SOFTWARE_TARGET, softwareBytes(list));
  return signed.ok ? ok(undefined) : signed;
}

/** Where a file's bytes lie already. */
interface Place {
  readonly pack: SoftwareManifest['packs'][number];
  readonly at: number;
}

/** What earlier releases brought, by hash and size. */
function findKnown(disk: Disk, list: SoftwareList): ReadonlyMap<string, Place> {
  const known = new Map<string, Place>();
  for (const { manifest } of list.releases) {
    const read = disk.read(manifestFile(manifest.sha256));
    const parsed = read.ok ? parseManifest(read.value) : undefined;
    if (!parsed?.ok) continue;
    for (const file of parsed.value.files) {
      const pack = parsed.value.packs[file.pack];
      if (pack && disk.findSize(packFile(pack.sha256)) === pack.bytes)
        known.set(keyOf(file), { pack, at: file.at });
    }
  }
  return known;
}

function keyOf({ sha256, bytes }: Pick<SoftwareFile, 'sha256' | 'bytes'>): string {
  return `${sha256}-${bytes}`;
}

/** Gives each file its place: where it lies, or one after the other in the new pack. */
function layFiles(crypto: Crypto, files: SoftwareWish['files'], known: ReadonlyMap<string, Place>) {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const hashed = sorted.map(({ path, bytes: content }) => ({
    ...{ path, content, bytes: content.length, sha256: toHex(crypto.sha256(content)) },
  }));
  const fresh = [
    ...new Map(hashed.filter((file) => !known.has(keyOf(file))).map((file) => [keyOf(file), file])),
  ];
  const pack = concat(...fresh.map(([, { content }]) => content));
  const freshHash = toHex(crypto.sha256(pack));
  const freshPack = { sha256: freshHash, bytes: pack.length };
  const places = new Map(known);
  let at = 0;
  for (const [key, { bytes }] of fresh) {
    places.set(key, { pack: freshPack, at });
    at += bytes;
  }
  const used = hashed.map((file) => ({ file, place: places.get(keyOf(file)) ?? { pack: freshPack, at: 0 } }));
  const packs = [...new Map(used.map(({ place }) => [place.pack.sha256, place.pack])).values()];
  const indexOf = new Map(packs.map(({ sha256 }, index) => [sha256, index]));
  return {
    packs,
    files: used.map(({ file: { path, bytes, sha256 }, place }) => ({
      ...{ path, bytes, sha256, pack: indexOf.get(place.pack.sha256) ?? 0, at: place.at },
    })),
    fresh: pack,
    freshHash,
    known: files.length - fresh.length,
  };
}

function writeAll(disk: Disk, files: readonly (readonly [string, Uint8Array])[]): Result<void, DiskTrouble> {
  for (const [name, bytes] of files) {
    const written = disk.writeDurably(name, bytes);
    if (!written.ok) return written;
  }
  return ok(undefined);
}
