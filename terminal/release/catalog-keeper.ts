/**
 * The catalog in use, and how a new one comes: looked for now and then and when the platform says so, verified, shelved,
 * and put into use between two visits. Whatever fails, the terminal goes on with what it has.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { RepositoryTrouble, VerifiedTarget } from '../../base/node/signed-repository.ts';
import { fraction, type Random } from '../../base/random.ts';
import type { Result } from '../../base/result.ts';
import type { Catalog } from '../../catalog/load.ts';
import { type CatalogRelease, parseRelease, releasedCatalog } from '../../catalog/release.ts';
import { type Watched, watched } from '../program/source.ts';
import type { Source } from '../terminal.ts';
import type { ReleaseShelf } from './shelf.ts';

/** What came of a look for a new release. */
export type ReleaseOutcome =
  | { readonly code: 'taken'; readonly number: number; readonly leftOut: number }
  | { readonly code: 'newest' }
  | { readonly code: RepositoryTrouble | 'malformed' | 'empty' | 'no-room' };

/** Where releases come from: the platform, or a stick. */
export type FindNewest = () => Promise<Result<VerifiedTarget, RepositoryTrouble>>;

/** How the catalog stands, for whoever looks after the machine. */
export interface ReleaseState {
  /** Null: the catalog that came with the software. */
  readonly number: number | null;
  readonly matters: number;
  /** Files of it that were broken and left out. */
  readonly leftOut: number;
  readonly builtAtMs: number | null;
  /** Verified, and put into use when nobody stands here. */
  readonly waiting: number | null;
  readonly canStepBack: boolean;
  /** What the last look brought; null before the first. */
  readonly last: ReleaseOutcome['code'] | null;
}

/** The catalog in use. */
export interface CatalogKeeper {
  readonly catalog: Source<Catalog>;
  state(): ReleaseState;
  /** Looks for a newer release there; one look at a time. */
  look(from: FindNewest): Promise<ReleaseOutcome>;
  /** Back to the release before, when nobody stands here. False where there is none. */
  stepBack(): boolean;
  /** Nobody stands here: what waits is put into use. */
  betweenVisits(): void;
  stop(): void;
}

/** How often the platform is looked at without being told to; terminals are spread over it. */
export const LOOK_EVERY_MS = 6 * 3_600_000;
const FIRST_LOOK_MS = 60_000;

interface InUse {
  readonly release: CatalogRelease | null;
  readonly catalog: Catalog;
}

/** Starts with the newest whole release of the shelf, else with the catalog that came with the software. */
export function createCatalogKeeper(parts: {
  readonly shelf: ReleaseShelf;
  readonly shipped: Catalog;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Looked at by itself; left out where releases come by stick alone. */
  readonly platform?: FindNewest;
}): CatalogKeeper {
  const { shelf, shipped, clock, random, log, platform } = parts;
  let inUse = firstInUse(shelf, shipped, log);
  let waiting: InUse | null = null;
  let last: ReleaseOutcome['code'] | null = null;
  let looking: Promise<ReleaseOutcome> | null = null;
  const catalog: Watched<Catalog> = watched(inUse.catalog);

  async function lookOnce(from: FindNewest): Promise<ReleaseOutcome> {
    const found = await from();
    if (!found.ok) return { code: found.error };
    const { version, bytes } = found.value;
    if (!shelf.wants(version)) return { code: 'newest' };
    const release = parseRelease(bytes);
    if (!release.ok) return { code: 'malformed' };
    // Signed anew beside something else that is new: the catalog is the one that is here, or was left behind.
    if (!shelf.wants(release.value.number)) return { code: 'newest' };
    const released = releasedCatalog(release.value);
    if (!released.ok) return { code: 'empty' };
    if (!shelf.put(version, bytes).ok) return { code: 'no-room' };
    waiting = { release: release.value, catalog: released.value };
    const leftOut = sayLeftOut(released.value, log);
    return { code: 'taken', number: release.value.number, leftOut };
  }

  async function look(from: FindNewest): Promise<ReleaseOutcome> {
    if (looking !== null) return looking;
    looking = lookOnce(from).finally(() => {
      looking = null;
    });
    const outcome = await looking;
    last = outcome.code;
    if (outcome.code !== 'newest')
      log('catalog.release', { code: outcome.code, number: waiting?.release?.number ?? 0 });
    return outcome;
  }

  let cancel: Cancel = () => {};
  if (platform !== undefined) {
    const again = () => {
      void look(platform);
      cancel = clock.after(LOOK_EVERY_MS * (0.75 + 0.5 * fraction(random)), again);
    };
    cancel = clock.after(FIRST_LOOK_MS * (1 + fraction(random)), again);
  }

  return {
    catalog,
    state: () => ({
      number: inUse.release?.number ?? null,
      matters: inUse.catalog.matters.length,
      leftOut: new Set(inUse.catalog.problems.map(({ file }) => file)).size,
      builtAtMs: inUse.release?.builtAtMs ?? null,
      waiting: waiting?.release?.number ?? null,
      canStepBack: shelf.readAll().length > 1,
      last,
    }),
    look,
    stepBack() {
      const stepped = shelf.stepBack();
      if (!stepped.ok || !stepped.value) return false;
      waiting = firstInUse(shelf, shipped, log);
      return true;
    },
    betweenVisits() {
      if (waiting === null) return;
      inUse = waiting;
      waiting = null;
      catalog.set(inUse.catalog);
    },
    stop: () => cancel(),
  };
}

function firstInUse(shelf: ReleaseShelf, shipped: Catalog, log: Log): InUse {
  for (const { release } of shelf.readAll()) {
    const released = releasedCatalog(release);
    if (!released.ok) continue;
    sayLeftOut(released.value, log);
    return { release, catalog: released.value };
  }
  return { release: null, catalog: shipped };
}

/** Names every file that is left out; how many. */
export function sayLeftOut(catalog: Catalog, log: Log): number {
  const broken = Map.groupBy(catalog.problems, ({ file }) => file);
  for (const [file, problems] of broken) log('catalog.left-out', { file, problems: problems.length });
  return broken.size;
}
