/** A whole platform on either database, listening on free ports of this machine. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { loadCatalog } from '../../catalog/load.ts';
import type { Place } from '../../sync/contents.ts';
import { matterBook } from '../cases/matters.ts';
import { createPlatform, type Platform, type PlatformOptions } from '../server.ts';
import type { DatabasePlace } from '../store/store.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

/** A clock whose time can be moved forward; timers stay real. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** The sample village and its town. */
export const DONGCUN: Place = {
  county: { code: '330624', name: '新昌县' },
  town: { code: '330624108', name: '沙溪镇' },
  village: { code: '330624108248', name: '董村' },
};

/** A village of another town. */
export const JINGLING: Place = {
  county: { code: '330624', name: '新昌县' },
  town: { code: '330624109', name: '镜岭镇' },
  village: { code: '330624109200', name: '镜岭村' },
};

/** The project's catalog; the runner of tests names one that it has prepared, so that each file of tests reads it quicker. */
const CATALOG_FOLDER =
  process.env.YIZHAN_PREPARED_CATALOG ?? new URL('../../catalog', import.meta.url).pathname;
const CATALOG = loadCatalog(readFolder(CATALOG_FOLDER));

/** A platform under test, and the clock and folders it stands on. */
export interface TestPlatform {
  readonly platform: Platform;
  readonly clock: TestClock;
  readonly folder: string;
  readonly database: DatabasePlace;
  /** Stops it and starts it again on the same folders; `database` may be another, as after a restore. */
  restart(database?: DatabasePlace, options?: Partial<PlatformOptions>): Promise<Platform>;
}

/** Starts platforms on one kind of database; those of `start` are stopped after each test. */
export interface TestHost {
  readonly kind: DatabasePlace['kind'];
  start(options?: Partial<PlatformOptions>): Promise<TestPlatform>;
  /** One platform for all tests of the suite that do not bend it, with the options of whoever asks first. */
  shared(options?: Partial<PlatformOptions>): Promise<TestPlatform>;
  /** An empty place for another database. */
  freshPlace(): Promise<DatabasePlace>;
}

/** Runs a suite once on SQLite and once on PostgreSQL. */
export function describeOnBoth(name: string, suite: (host: TestHost) => void): void {
  let postgres: TestPostgres | undefined;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres?.stop());

  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (kind) => {
    const ofTest = newShelf(kind, () => postgres!);
    const ofSuite = newShelf(kind, () => postgres!);
    let shared: Promise<TestPlatform> | undefined;
    afterEach(() => ofTest.clear());
    afterAll(() => ofSuite.clear());
    suite({
      kind,
      freshPlace: () => ofTest.freshPlace(),
      start: (options = {}) => ofTest.start(options),
      shared(options = {}) {
        shared ??= ofSuite.start(options);
        return shared;
      },
    });
  });
}

/** Platforms and folders that are cleared away together. */
function newShelf(kind: DatabasePlace['kind'], postgres: () => TestPostgres) {
  const started: Platform[] = [];
  const folders: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-platform-'));
    folders.push(folder);
    return folder;
  };
  const freshPlace = async (): Promise<DatabasePlace> =>
    kind === 'sqlite'
      ? { kind, path: join(newFolder(), 'platform.db') }
      : { kind, url: await postgres().freshUrl() };

  return {
    freshPlace,
    async start(options: Partial<PlatformOptions>): Promise<TestPlatform> {
      const folder = newFolder();
      const clock = testClock();
      const first = await freshPlace();
      const begin = async (database: DatabasePlace, more: Partial<PlatformOptions> = {}) => {
        const platform = await createPlatform({ ...defaults(folder, clock, database), ...options, ...more });
        started.push(platform);
        return platform;
      };
      const test = {
        platform: await begin(first),
        ...{ clock, folder, database: first },
        async restart(database: DatabasePlace = first, more: Partial<PlatformOptions> = {}) {
          const running = started.indexOf(test.platform);
          if (running >= 0) await started.splice(running, 1)[0]!.stop();
          test.platform = await begin(database, more);
          return test.platform;
        },
      };
      return test;
    },
    async clear() {
      for (const platform of started.splice(0)) await platform.stop();
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a platform of a test that looks after it itself stands on: SQLite and keys in `folder`, the clock of the system. */
export function optionsIn(folder: string): PlatformOptions {
  mkdirSync(folder, { recursive: true });
  return defaults(folder, systemClock, { kind: 'sqlite', path: join(folder, 'platform.db') });
}

function defaults(folder: string, clock: Clock, database: DatabasePlace): PlatformOptions {
  const at = (name: string) => nodeDisk(join(folder, name));
  return {
    ...{ clock, database, random: systemRandom, log: () => undefined },
    keys: at('keys'),
    keyCopies: at('key-copies'),
    backups: { disk: at('backups'), everyMs: 3_600_000, keep: 2 },
    county: DONGCUN.county,
    book: matterBook(CATALOG.matters),
    centre: null,
    broker: null,
    releases: null,
    gateway: { host: '127.0.0.1', port: 0 },
    desk: { host: '127.0.0.1', port: 0 },
    openingThreads: 0,
    fonts: null,
    sample: null,
  };
}

function testClock(): TestClock {
  let aheadMs = 0;
  return {
    wallMs: () => systemClock.wallMs() + aheadMs,
    monoMs: () => systemClock.monoMs() + aheadMs,
    after: (delayMs, task) => systemClock.after(delayMs, task),
    advance(ms) {
      aheadMs += ms;
    },
  };
}
