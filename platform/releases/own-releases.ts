/** The live catalog of a platform as a program, on the releases that it offers itself. */
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import type { Log } from '../../base/log.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { err } from '../../base/result.ts';
import type { Catalog } from '../../catalog/load.ts';
import { MOST_RELEASE_BYTES, RELEASE_NAME } from '../../catalog/release.ts';
import { type LiveCatalog, openLiveCatalog } from './live-catalog.ts';

/** Where in the platform's folder the catalog in use lies. */
export const CATALOG_FOLDER = 'catalog';
/** What everybody is offered; what only pilot machines have is not the county's yet. */
const CHANNEL = 'stable';

/** What it is opened on. */
export interface OwnReleases {
  readonly shipped: Catalog;
  readonly dataDir: string;
  readonly at: (folder: string) => Disk;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
  /** The root that is trusted; without it the first that lies in the repository, from then on. */
  readonly rootFile: string | undefined;
}

/** Opens it, and takes what is newest before anything is served. */
export async function openOwnReleases({
  dataDir,
  at,
  rootFile,
  ...parts
}: OwnReleases): Promise<LiveCatalog> {
  const releases = at('releases');
  const findFile = (name: string) => {
    const path = `${CHANNEL}/${name}`;
    const read = releases.findSize(path) === undefined ? undefined : releases.read(path);
    if (read?.ok === false) throw new Error(read.error.code);
    return read?.value;
  };
  const live = openLiveCatalog({
    ...{ ...parts, disk: at(CATALOG_FOLDER) },
    findStamp: () => findFile('metadata/timestamp.json'),
    async findNewest() {
      const root = rootFile === undefined ? findFile('metadata/1.root.json') : findRoot(rootFile);
      if (root === undefined) return err('not-trusted');
      return updateFromRepository({
        ...{ trustDir: join(dataDir, 'catalog-trust'), root, nowMs: parts.clock.wallMs() },
        ...{ fetchFile: async (name) => findFile(name), target: RELEASE_NAME, mostBytes: MOST_RELEASE_BYTES },
      });
    },
  });
  await live.look();
  return live;
}

/** The root that the configuration names; `undefined` where it cannot be read: then nothing is trusted. */
function findRoot(path: string): Uint8Array | undefined {
  const read = readOnlyDisk(dirname(path)).read(basename(path));
  return read.ok ? read.value : undefined;
}
