/**
 * The client of a TUF repository (The Update Framework 1.0), by its reference library: threshold keys, nothing older,
 * nothing mixed, nothing past its date. Trusted metadata lies in a folder that is only ever replaced as a whole, so
 * that a power cut leaves the former trust or the new one, and never less.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Fetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { err, ok, type Result } from '../result.ts';
import { syncFile, syncFolder } from './sync-folder.ts';

/** Why nothing came of an update. */
export type RepositoryTrouble =
  /** Nobody answered, or not with what was asked for. */
  | 'unreachable'
  /** Not signed by enough of the keys that must, older than what is here, or not of one piece. */
  | 'not-trusted'
  /** Its date has passed: it may be run where it is, and is not installed anew. */
  | 'expired'
  /** There is no such target, or it is larger than may be. */
  | 'no-target'
  /** The disk here could not take what was fetched: nothing is said of whoever signed it. */
  | 'no-room';

/** A file of a repository: its bytes, or `undefined` where it has no such file. Throws when nobody answers. */
export type FetchFile = (name: string, mostBytes: number) => Promise<Uint8Array | undefined>;

/** A target whose length and hash are those that were signed. */
export interface VerifiedTarget {
  readonly bytes: Uint8Array;
  /** Goes up with everything that the repository's targets role signs. */
  readonly version: number;
}

/** What an update is made of. */
export interface UpdateOptions {
  /** Where trust is kept; begins with `root`. */
  readonly trustDir: string;
  /** The root that came with the software. */
  readonly root: Uint8Array;
  readonly fetchFile: FetchFile;
  readonly target: string;
  readonly mostBytes: number;
  /** What dates are held against, ms since 1970. */
  readonly nowMs: number;
}

/** Brings trust up to date and fetches a target. What fails leaves trust and everything else as it was. */
export async function updateFromRepository(
  options: UpdateOptions,
): Promise<Result<VerifiedTarget, RepositoryTrouble>> {
  const { trustDir, root, target, mostBytes, nowMs } = options;
  const staging = `${trustDir}.next`;
  healTrust(trustDir);
  rmSync(staging, { recursive: true, force: true });
  const fetcher = new RepositoryFetcher(options.fetchFile);
  try {
    if (existsSync(trustDir)) cpSync(trustDir, staging, { recursive: true });
    else beginTrust(staging, root);
    const updater = findUpdater(staging, fetcher, nowMs) ?? beginAnew(staging, fetcher, options);
    await updater.refresh();
    const info = await updater.getTargetInfo(target);
    if (info === undefined || info.length > mostBytes) return err('no-target');
    const path = await updater.downloadTarget(info, join(staging, 'target'));
    const bytes = new Uint8Array(readFileSync(path));
    rmSync(path);
    const version = targetsVersion(staging);
    replaceTrust(trustDir, staging);
    return ok({ bytes, version });
  } catch (error) {
    return err(troubleOf(error, fetcher));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function beginTrust(dir: string, root: Uint8Array): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dir, 'root.json'), root);
}

/**
 * A root that the disk has hurt gives way to the one that came with the software, from which newer ones are found again:
 * else nothing would ever be trusted here any more. What else was seen stays, so nothing older comes that way.
 */
function beginAnew(
  staging: string,
  fetcher: RepositoryFetcher,
  { root, nowMs }: Pick<UpdateOptions, 'root' | 'nowMs'>,
): Updater {
  writeFileSync(join(staging, 'root.json'), root);
  return openUpdater(staging, fetcher, nowMs);
}

/** `undefined` where the root in the folder is none. */
function findUpdater(dir: string, fetcher: RepositoryFetcher, nowMs: number): Updater | undefined {
  try {
    return openUpdater(dir, fetcher, nowMs);
  } catch {
    return undefined;
  }
}

/** The library wants addresses; files here go by name. */
const BASE = 'repository:///';

/** Dates are held against a time we can answer for, not against the clock of the moment (law 9). */
function openUpdater(metadataDir: string, fetcher: RepositoryFetcher, nowMs: number): Updater {
  const updater = new Updater({
    metadataDir,
    metadataBaseUrl: `${BASE}metadata`,
    targetDir: metadataDir,
    targetBaseUrl: `${BASE}targets`,
    fetcher,
    config: { maxDelegations: 4, maxRootRotations: 32 },
  });
  const { trustedSet } = updater as unknown as { trustedSet: { referenceTime: Date } };
  trustedSet.referenceTime = new Date(nowMs);
  return updater;
}

function targetsVersion(dir: string): number {
  const read = JSON.parse(readFileSync(join(dir, 'targets.json'), 'utf8')) as { signed: { version: number } };
  return read.signed.version;
}

/** From one whole trust to the next by two renames; {@link healTrust} ends what a power cut began. */
function replaceTrust(trustDir: string, staging: string): void {
  for (const name of readdirSync(staging)) syncFile(join(staging, name));
  syncFolder(staging);
  const former = `${trustDir}.former`;
  rmSync(former, { recursive: true, force: true });
  if (existsSync(trustDir)) renameSync(trustDir, former);
  renameSync(staging, trustDir);
  syncFolder(dirname(trustDir));
  rmSync(former, { recursive: true, force: true });
}

function healTrust(trustDir: string): void {
  const former = `${trustDir}.former`;
  if (!existsSync(trustDir) && existsSync(former)) renameSync(former, trustDir);
}

function troubleOf(error: unknown, fetcher: RepositoryFetcher): RepositoryTrouble {
  if (fetcher.unreachable) return 'unreachable';
  const words = wordsOf(error);
  // The library puts an error of the disk into words of its own.
  if (/\b(?:ENOSPC|EDQUOT|EFBIG)\b/.test(words)) return 'no-room';
  return /expired/i.test(words) ? 'expired' : 'not-trusted';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message} ${wordsOf(error.cause)}` : '';
}

/** Fetches by name through whatever way there is; remembers whether anybody answered. */
class RepositoryFetcher implements Fetcher {
  readonly #fetchFile: FetchFile;
  unreachable = false;

  constructor(fetchFile: FetchFile) {
    this.#fetchFile = fetchFile;
  }

  async downloadBytes(address: string, mostBytes: number): Promise<Buffer> {
    const name = address.slice(BASE.length);
    const bytes = await this.#fetchFile(name, mostBytes).catch((error: unknown) => {
      this.unreachable = true;
      throw error;
    });
    if (bytes === undefined) throw new DownloadHTTPError('no such file', NOT_FOUND);
    if (bytes.length > mostBytes) throw new Error('longer than was signed');
    return Buffer.from(bytes);
  }

  async downloadFile<T>(address: string, mostBytes: number, take: (file: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-release-'));
    try {
      const file = join(folder, 'target');
      writeFileSync(file, await this.downloadBytes(address, mostBytes));
      return await take(file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const NOT_FOUND = 404;
