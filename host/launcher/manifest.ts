/** What a version of the software says of itself: `manifest.json` in its folder. */

/** The generation of this launcher. A version may ask for a newer one, and is then not switched to. */
export const LAUNCHER_GENERATION = 1;

/** What a version writes into its store, and who else can read that. */
export interface StoreSchema {
  /** The number of the newest migration it takes. */
  readonly schema: number;
  /** The lowest such number of a version that can still work on what this one has written. */
  readonly readableFrom: number;
}

/** One file of a version. */
export interface ManifestFile {
  /** Relative, with `/`, never upward. */
  readonly path: string;
  readonly bytes: number;
  /** In lower-case hex. */
  readonly sha256: string;
}

/** What is read of a manifest; whatever else stands there is for others. */
export interface Manifest {
  /** Grows with each release. */
  readonly version: number;
  /** As people say it: `0.6.0`. */
  readonly name: string;
  /** As `process.platform` and `process.arch` have it: `linux-x64`; `any` where nothing in it is machine code. */
  readonly architecture: string;
  /** The lowest launcher generation that may start it. */
  readonly launcher: number;
  readonly store: StoreSchema;
  /** What is started: `node` for the runtime the launcher runs on, or a path within; then its arguments. */
  readonly start: readonly [string, ...string[]];
  /** All files but the manifest itself. */
  readonly files: readonly ManifestFile[];
}

/** Name of the manifest inside a version's folder. */
export const MANIFEST = 'manifest.json';
/** As many as a release may have: the whole voice alone is 46,700 clips. */
const MOST_FILES = 100_000;
const PATH_FORM = /^(?!\.)[^\\\0/]+(?:\/(?!\.\.?(?:\/|$))[^\\\0/]+)*$/;
const SHA256_FORM = /^[0-9a-f]{64}$/;

/** The manifest in `bytes`; `undefined` when it is none that can be gone by. */
export function findManifest(bytes: Uint8Array | undefined): Manifest | undefined {
  const said = bytes && findRecord(bytes);
  if (said === undefined || said.v !== 1 || said.product !== 'yizhan') return undefined;
  const { version, name, architecture, launcher } = said;
  const store = findStore(said.store);
  const start = findStart(said.start);
  const files = findFiles(said.files);
  if (!isCount(version) || !isText(name) || !isText(architecture) || !isCount(launcher)) return undefined;
  if (store === undefined || start === undefined || files === undefined) return undefined;
  return { version, name, architecture, launcher, store, start, files };
}

/** The object that `bytes` hold as JSON, or `undefined`. */
export function findRecord(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a whole number from 0 on. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a value is an object of named values. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a SHA-256 in lower-case hex. */
export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && SHA256_FORM.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function findStore(said: unknown): StoreSchema | undefined {
  if (!isRecord(said)) return undefined;
  const { schema, readableFrom } = said;
  return isCount(schema) && isCount(readableFrom) && readableFrom <= schema
    ? { schema, readableFrom }
    : undefined;
}

function findStart(said: unknown): Manifest['start'] | undefined {
  if (!Array.isArray(said) || !said.every(isText)) return undefined;
  const [first, ...rest] = said;
  return first !== undefined && (first === 'node' || PATH_FORM.test(first)) ? [first, ...rest] : undefined;
}

function findFiles(said: unknown): readonly ManifestFile[] | undefined {
  if (!Array.isArray(said) || said.length === 0 || said.length > MOST_FILES) return undefined;
  const files = said.filter(isFile);
  const names = new Set(files.map(({ path }) => path.toLowerCase()));
  return files.length === said.length && names.size === said.length ? files : undefined;
}

function isFile(said: unknown): said is ManifestFile {
  if (!isRecord(said)) return false;
  const { path, bytes, sha256 } = said;
  return isText(path) && PATH_FORM.test(path) && path !== MANIFEST && isCount(bytes) && isSha256(sha256);
}
