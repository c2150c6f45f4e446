/** The catalog of this machine: what came with the software, and releases from the platform and from sticks. */
import { basename, dirname, join } from 'node:path';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Log } from '../../base/log.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk, readOnlyDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { type FetchFile, updateFromRepository } from '../../base/node/signed-repository.ts';
import { err } from '../../base/result.ts';
import { type Catalog, loadCatalog } from '../../catalog/load.ts';
import { MOST_RELEASE_BYTES, RELEASE_NAME } from '../../catalog/release.ts';
import type { Client } from '../../sync/client.ts';
import {
  type CatalogKeeper,
  createCatalogKeeper,
  type FindNewest,
  type ReleaseOutcome,
  sayLeftOut,
} from '../release/catalog-keeper.ts';
import { openShelf } from '../release/shelf.ts';
import type { UpkeepCatalog } from '../upkeep/catalog-page.ts';
import type { TerminalConfig } from './config.ts';
import { sticksWith } from './sticks.ts';

/** Where a release lies on a stick. */
export const STICK_FOLDER = 'yizhan-catalog';

/** The catalog in use, and a stick as a place to look for a newer one. */
export interface CatalogSource extends CatalogKeeper {
  fromStick(stickDir: string): FindNewest;
  /** For the maintainer's page. */
  readonly upkeep: UpkeepCatalog;
  /** Looks at the platform now. */
  lookAtPlatform(): Promise<ReleaseOutcome>;
}

/** The catalog that came with the software; what is broken in it is named in the log and left out. */
export function shippedCatalog(config: TerminalConfig, log: Log): Catalog {
  const catalog = loadCatalog(readFolder(config.catalogDir));
  sayLeftOut(catalog, log);
  return catalog;
}

/** Opens what is on the shelf, and looks at the platform for newer ones where a root says whom to trust. */
export function createCatalogSource(parts: {
  readonly config: TerminalConfig;
  readonly shipped: Catalog;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly client: Client;
  /** The channel the platform named last. */
  readonly channel: () => string;
  /** The latest time that can be answered for. */
  readonly nowMs: () => number;
}): CatalogSource {
  const { config, shipped, crypto, log, client, channel, nowMs } = parts;
  const folder = join(config.dataDir, 'catalog');
  const root = findReleaseRoot(config);
  const newest = (fetchFile: FetchFile): FindNewest =>
    root === undefined
      ? async () => err('not-trusted')
      : () =>
          updateFromRepository({
            ...{ trustDir: join(folder, 'trust'), root, fetchFile, nowMs: nowMs() },
            ...{ target: RELEASE_NAME, mostBytes: MOST_RELEASE_BYTES },
          });
  const platform = newest(fetchFrom(client, channel));
  const keeper = createCatalogKeeper({
    ...{ shelf: openShelf(nodeDisk(join(folder, 'shelf')), crypto), shipped, log },
    ...{ clock: systemClock, random: systemRandom },
    ...(root && { platform }),
  });
  return {
    ...keeper,
    fromStick: (stickDir) => newest(readFrom(join(stickDir, STICK_FOLDER))),
    lookAtPlatform: () => keeper.look(platform),
    upkeep: upkeepOf(
      keeper,
      platform,
      (stick) => newest(readFrom(join(config.rescueDir, stick, STICK_FOLDER))),
      config,
    ),
  };
}

/** The catalog as the maintainer's page sees it. */
function upkeepOf(
  keeper: CatalogKeeper,
  platform: FindNewest,
  stickOf: (name: string) => FindNewest,
  { rescueDir }: TerminalConfig,
): UpkeepCatalog {
  let looking = false;
  const sticks = () => sticksWith(rescueDir, STICK_FOLDER);
  return {
    state: keeper.state,
    looking: () => looking,
    sticks,
    look(stick) {
      if (looking || (stick !== null && !sticks().includes(stick))) return false;
      looking = true;
      void keeper.look(stick === null ? platform : stickOf(stick)).finally(() => {
        looking = false;
      });
      return true;
    },
    findDataSetName: (id) => keeper.catalog.now().dataSets.find((one) => one.id === id)?.name,
    stepBack: keeper.stepBack,
  };
}

/** The root of those who sign releases, as the configuration names it. */
export function findReleaseRoot({ catalogRoot }: TerminalConfig): Uint8Array | undefined {
  if (catalogRoot === undefined) return undefined;
  const disk = readOnlyDisk(dirname(catalogRoot));
  const name = basename(catalogRoot);
  if (disk.findSize(name) === undefined) return undefined;
  const read = disk.read(name);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

const FETCH_TIMEOUT_MS = 120_000;

/** The signed part of a repository of releases at the platform. */
export function fetchFrom(client: Client, channel: () => string): FetchFile {
  return async (path) => {
    const [folder = '', name = ''] = path.split('/');
    const params = { channel: channel(), folder, name };
    const fetched = await client({ endpoint: 'releaseFile', params, timeoutMs: FETCH_TIMEOUT_MS });
    if (fetched.ok) return fetched.value;
    if (fetched.error.code === 'http' && fetched.error.status === 404) return undefined;
    throw new Error(fetched.error.code);
  };
}

/** The same on a stick. */
export function readFrom(folder: string): FetchFile {
  const disk = readOnlyDisk(folder);
  return async (path, mostBytes) => {
    const size = disk.findSize(path);
    if (size === undefined) return undefined;
    const read = disk.readPart(path, 0, Math.min(size, mostBytes + 1));
    if (!read.ok) throw new Error(read.error.code);
    return read.value;
  };
}
