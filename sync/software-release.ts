/**
 * A release of the terminal's software: one signed list of releases, a manifest for each, and packs that hold files.
 * Only the list is signed (TUF); it names each manifest by its hash, and a manifest each file by its own. A file lies in
 * the pack of the release that brought it, so an update fetches those parts of packs that changed and nothing else.
 */
import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';

/** The target under which the list is signed. */
export const SOFTWARE_TARGET = 'software.json';
/** The folder beside `metadata` and `targets` where manifests and packs lie, each named by its hash. */
export const SOFTWARE_FOLDER = 'software';
/** What this software calls itself: another product's release is none of ours. */
export const SOFTWARE_PRODUCT = 'yizhan';

/** The most that is read, kept or unpacked: above is a mistake or an attack. */
export const SOFTWARE_LIMITS = {
  listBytes: 256 * 1024,
  manifestBytes: 32 * 1024 * 1024,
  /** The whole voice alone is 46,700 clips. */
  files: 100_000,
  fileBytes: 512 * 1024 * 1024,
  packBytes: 2 * 1024 * 1024 * 1024,
  allBytes: 2 * 1024 * 1024 * 1024,
  pathLength: 200,
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().nonnegative();
const name = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$/);
/** The machines that can run it, `linux-x64`; `any` where nothing in it is machine code. */
const architecture = z.string().regex(/^(any|[a-z0-9]+-[a-z0-9]+)$/);

const listedSchema = z.strictObject({
  /** Only grows. */
  version: z.int().positive(),
  /** As people say it: `0.6.0`. */
  name,
  architecture,
  manifest: z.strictObject({ sha256, bytes: bytes.max(SOFTWARE_LIMITS.manifestBytes) }),
  /** Nobody installs it any more; its number is not given again. */
  withdrawn: z.literal(true).optional(),
});
const listSchema = z.strictObject({
  v: z.literal(1),
  product: z.string(),
  releases: z.array(listedSchema).max(1_000),
});
const fileSchema = z.strictObject({
  path: z.string(),
  bytes,
  sha256,
  /** Which of the packs holds it, and from which byte on. */
  pack: z.int().nonnegative(),
  at: bytes,
});
const manifestSchema = z.strictObject({
  v: z.literal(1),
  product: z.string(),
  architecture,
  version: z.int().positive(),
  name,
  builtAtMs: z.int().nonnegative(),
  /** The migrations its store has, and the lowest such number of software that can still work on what it wrote. */
  store: z.strictObject({ schema: z.int().positive(), readableFrom: z.int().positive() }),
  /** The oldest generation of the launcher that can start it. */
  launcher: z.int().positive(),
  /** What the launcher starts: `node`, or a file of the release; then its arguments. */
  start: z.tuple([z.string().min(1)], z.string()),
  packs: z.array(z.strictObject({ sha256, bytes })),
  files: z.array(fileSchema),
});
/** A release as the signed list names it. */
export type ListedRelease = z.infer<typeof listedSchema>;
/** The signed list. */
export type SoftwareList = z.infer<typeof listSchema>;
/** A file of a release. */
export type SoftwareFile = z.infer<typeof fileSchema>;
/** What is in a release; `manifest.json` of its folder on a machine (`host/launcher/README.md`), byte for byte. */
export type SoftwareManifest = z.infer<typeof manifestSchema>;

/** Reads the list. */
export function parseSoftwareList(bytes: Uint8Array): Result<SoftwareList, 'malformed' | 'wrong-product'> {
  const list = parseJson(listSchema, bytes);
  if (!list.ok) return list;
  return list.value.product === SOFTWARE_PRODUCT ? list : err('wrong-product');
}

/** Reads a manifest; nothing is checked but its form. */
export function parseManifest(bytes: Uint8Array): Result<SoftwareManifest, 'malformed'> {
  return parseJson(manifestSchema, bytes);
}

/** A list or a manifest as bytes; the same content gives the same bytes. */
export function softwareBytes(content: SoftwareList | SoftwareManifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(content)}\n`);
}

function parseJson<T>(schema: z.ZodType<T>, bytes: Uint8Array): Result<T, 'malformed'> {
  try {
    const read = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return read.success ? ok(read.data) : err('malformed');
  } catch {
    return err('malformed');
  }
}

/** Why a manifest that was signed is not installed on this machine. */
export type ManifestTrouble =
  | 'wrong-product'
  | 'wrong-machine'
  | 'wrong-version'
  | 'wrong-name'
  /** Its own numbers cannot be true together. */
  | 'contradicts-itself'
  | 'no-files'
  | 'too-many-files'
  | 'too-large'
  /** A name that leads out, means something to a system, or could be taken for another. */
  | 'bad-path'
  /** Two files of one name, letters large or small, or a file where a folder must be. */
  | 'same-name'
  /** What would be started is not in it. */
  | 'no-start'
  /** A file that reaches past the end of its pack, or lies in none. */
  | 'outside-pack'
  | 'launcher-too-old'
  /** The software here could not read what it writes: something between the two comes first. */
  | 'two-steps'
  /** It could not read what the software here wrote. */
  | 'unreadable-store';

/** What a machine has, as far as it decides what can be installed. */
export interface SoftwareHere {
  readonly architecture: string;
  readonly launcher: number;
  /** Of the software that runs. */
  readonly store: SoftwareManifest['store'];
}

type Check = (manifest: SoftwareManifest, listed: ListedRelease, here: SoftwareHere) => boolean;

/** What is wrong with a manifest, in the order it is looked at: the first that holds is the reason. */
const CHECKS: readonly (readonly [ManifestTrouble, Check])[] = [
  ['wrong-product', ({ product }) => product !== SOFTWARE_PRODUCT],
  ['wrong-machine', (manifest, listed, here) => !isFor(manifest, here) || !isFor(manifest, listed)],
  ['wrong-version', ({ version }, listed) => version !== listed.version],
  ['wrong-name', (manifest, listed) => manifest.name !== listed.name],
  ['contradicts-itself', ({ store }) => store.readableFrom > store.schema],
  ['no-files', ({ files }) => files.length === 0],
  ['too-many-files', ({ files }) => files.length > SOFTWARE_LIMITS.files],
  ['too-large', isTooLarge],
  ['bad-path', ({ files }) => !files.every(({ path }) => isSafePath(path))],
  ['same-name', ({ files }) => hasSameName(files)],
  ['no-start', ({ start, files }) => !files.some(({ path }) => path === start[start[0] === 'node' ? 1 : 0])],
  ['outside-pack', ({ files, packs }) => !files.every((file) => isInside(file, packs[file.pack]?.bytes))],
  ['launcher-too-old', ({ launcher }, _listed, here) => launcher > here.launcher],
  ['two-steps', ({ store }, _listed, here) => store.readableFrom > here.store.schema],
  ['unreadable-store', ({ store }, _listed, here) => store.schema < here.store.readableFrom],
];

/** Holds a manifest against the signed list and against this machine. */
export function findManifestTrouble(
  manifest: SoftwareManifest,
  listed: ListedRelease,
  here: SoftwareHere,
): ManifestTrouble | undefined {
  return CHECKS.find(([, isWrong]) => isWrong(manifest, listed, here))?.[0];
}

function isTooLarge({ files, packs }: SoftwareManifest): boolean {
  const all = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    all > SOFTWARE_LIMITS.allBytes ||
    files.some((file) => file.bytes > SOFTWARE_LIMITS.fileBytes) ||
    packs.some((pack) => pack.bytes > SOFTWARE_LIMITS.packBytes)
  );
}

/** Whether a release for one kind of machine runs on another. */
function isFor(
  release: { readonly architecture: string },
  wanted: { readonly architecture: string },
): boolean {
  return release.architecture === 'any' || release.architecture === wanted.architecture;
}

/** What a manifest is called in the folder of its release. */
export const MANIFEST_FILE = 'manifest.json';
const SAFE_PART = /^(?!\.)[0-9A-Za-z._@+-]+(?<!\.)$/;
/** Names that are devices to some systems, whatever follows their dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function isSafePath(path: string): boolean {
  return (
    path.length <= SOFTWARE_LIMITS.pathLength &&
    path.toLowerCase() !== MANIFEST_FILE &&
    path.split('/').every((part) => SAFE_PART.test(part) && !DEVICE.test(part))
  );
}

function hasSameName(files: readonly SoftwareFile[]): boolean {
  const names = new Set(files.map(({ path }) => path.toLowerCase()));
  return (
    names.size < files.length || [...names].some((path) => foldersOf(path).some((one) => names.has(one)))
  );
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

function isInside({ at, bytes: length }: SoftwareFile, packBytes: number | undefined): boolean {
  return packBytes !== undefined && at + length <= packBytes;
}
