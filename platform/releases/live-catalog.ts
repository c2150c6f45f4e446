/**
 * The catalog this platform works with: the newest release that it offers to everybody, taken while it runs. Gateway,
 * desk and broker ask for it anew each time, so they change over together, between two questions and never within one.
 */
import { equalBytes } from '../../base/bytes.ts';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import type { RepositoryTrouble, VerifiedTarget } from '../../base/node/signed-repository.ts';
import type { Result } from '../../base/result.ts';
import type { Catalog } from '../../catalog/load.ts';
import { type CatalogRelease, parseRelease, releasedCatalog } from '../../catalog/release.ts';
import { type MatterBook, matterBook } from '../cases/matters.ts';
import { openKeptMatters } from './kept-matters.ts';

/** What came of a look at the releases. */
export type LookOutcome = 'taken' | 'newest' | 'none' | 'malformed' | 'empty' | 'no-room' | RepositoryTrouble;

/** The catalog in use. */
export interface LiveCatalog {
  /** As it stands at this moment; whoever works with it for longer holds on to what was answered. */
  current(): Catalog;
  /** Its matters, and every version of them that was ever in use here. */
  readonly book: MatterBook;
  /** Looks for a newer release now; one look at a time. */
  look(): Promise<LookOutcome>;
  stop(): void;
}

/** What it stands on. */
export interface LiveCatalogParts {
  /** What came with the software; in use until there is a release. */
  readonly shipped: Catalog;
  /** A folder of its own: the release in use, and versions of matters. */
  readonly disk: Disk;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
  /** What changes with every release that is offered; `undefined` where none is. */
  readonly findStamp: () => Uint8Array | undefined;
  /** The newest release, verified. */
  readonly findNewest: () => Promise<Result<VerifiedTarget, RepositoryTrouble>>;
}

/** Publishing is a matter of people: nobody notices a quarter of a minute. */
export const LOOK_EVERY_MS = 15_000;
const IN_USE = 'in-use.json';

/** Opens it on what was in use before a restart, and goes on looking until it is stopped. */
export function openLiveCatalog(parts: LiveCatalogParts): LiveCatalog {
  const { shipped, disk, crypto, clock, log, findStamp, findNewest } = parts;
  const kept = openKeptMatters(disk, crypto);
  const before = findInUse(disk);
  let release: CatalogRelease | null = before?.release ?? null;
  let catalog = before?.catalog ?? shipped;
  let book = matterBook(catalog.matters);
  let seen: Uint8Array | undefined;
  let looking: Promise<LookOutcome> | null = null;
  sayKept(kept.keep(catalog.matters).ok);

  function sayKept(isKept: boolean): boolean {
    if (!isKept) log('catalog.release', { code: 'no-room', number: release?.number ?? 0 });
    return isKept;
  }

  async function take(stamp: Uint8Array): Promise<LookOutcome> {
    const found = await findNewest();
    // Who does not answer may do so the next time; what is wrong stays wrong until something new is published.
    if (found.ok || found.error !== 'unreachable') seen = stamp;
    if (!found.ok) return found.error;
    const read = parseRelease(found.value.bytes);
    if (!read.ok) return 'malformed';
    if (release !== null && read.value.number <= release.number) return 'newest';
    const released = releasedCatalog(read.value);
    if (!released.ok) return 'empty';
    // On the disk before it is in use: a restart knows what cases were made with.
    if (!kept.keep(released.value.matters).ok || !disk.writeDurably(IN_USE, found.value.bytes).ok) {
      seen = undefined;
      return 'no-room';
    }
    release = read.value;
    catalog = released.value;
    book = matterBook(catalog.matters);
    return 'taken';
  }

  async function lookOnce(): Promise<LookOutcome> {
    const stamp = findStamp();
    if (stamp === undefined) return 'none';
    if (seen !== undefined && equalBytes(stamp, seen)) return 'newest';
    const outcome = await take(stamp);
    if (outcome !== 'newest') log('catalog.release', { code: outcome, number: release?.number ?? 0 });
    return outcome;
  }

  function look(): Promise<LookOutcome> {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }

  let cancel: Cancel = () => {};
  const again = () => {
    void look();
    cancel = clock.after(LOOK_EVERY_MS, again);
  };
  cancel = clock.after(LOOK_EVERY_MS, again);
  return {
    current: () => catalog,
    book: {
      find: (matterId) => book.find(matterId),
      findMade: (hash) => kept.find(hash),
      all: () => book.all(),
    },
    look,
    stop: () => cancel(),
  };
}

/** What was in use when a platform on this folder was last up; a file that a disk spoilt is none. */
export function findInUse(
  disk: Disk,
): { readonly release: CatalogRelease; readonly catalog: Catalog } | undefined {
  if (disk.findSize(IN_USE) === undefined) return undefined;
  const read = disk.read(IN_USE);
  const release = read.ok ? parseRelease(read.value) : read;
  const catalog = release.ok ? releasedCatalog(release.value) : release;
  return release.ok && catalog.ok ? { release: release.value, catalog: catalog.value } : undefined;
}
