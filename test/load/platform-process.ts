/** The platform as its own process, as it ships, with a county's terminals entered. */
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { startChild } from '../../host/child-process.ts';
import { openPlatformKeys, type PlatformKeys } from '../../platform/keys/platform-keys.ts';
import { openStore, type Store } from '../../platform/store/store.ts';
import { KEY_USE } from '../../sync/formats/keys.ts';
import { enterTerminals, type Range } from './county.ts';
import type { PlatformFacts } from './crowd.ts';
import { type Inspector, newInspector } from './inspect.ts';
import type { PlatformSpent } from './measured.ts';

/** A platform under load. */
export interface LoadedPlatform {
  readonly facts: PlatformFacts;
  readonly deskUrl: string;
  readonly inspector: Inspector;
  /** Its database, opened once more from here. */
  readonly store: Store;
  /** Processor time so far, in milliseconds. */
  processorMs(): Promise<PlatformSpent>;
  /** Bodies it holds. */
  countHeld(): Promise<number>;
  /** Enters more terminals. */
  enter(range: Range): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one in `folder` with terminals 0 … `terminals - 1`; on SQLite unless a PostgreSQL is named. */
export async function startPlatform(
  folder: string,
  terminals: number,
  postgresUrl: string | undefined,
): Promise<LoadedPlatform> {
  mkdirSync(folder, { recursive: true });
  const inspector = await newInspector();
  const dataDir = join(folder, 'platform');
  const program = startChild({
    name: 'platform',
    entry: join(import.meta.dirname, '../../platform/main.ts'),
    config: { dataDir, openingThreads: availableParallelism(), ...(postgresUrl && { postgresUrl }) },
    configPath: join(folder, 'platform.json'),
    logPath: join(folder, 'platform.log'),
    env: inspector.env,
  });
  const { gatewayUrl, deskUrl } = (await program.ready) as { gatewayUrl: string; deskUrl: string };
  const crypto = createCrypto(systemRandom);
  const at = (name: string) => nodeDisk(join(dataDir, name));
  const keys = openPlatformKeys(crypto, { keys: at('keys'), copies: at('key-copies') });
  const opened = await openStore(
    postgresUrl
      ? { kind: 'postgres', url: postgresUrl }
      : { kind: 'sqlite', path: join(dataDir, 'platform.db') },
  );
  invariant(opened.ok, 'the database opens a second time');
  const store = opened.value;
  const secret = crypto.randomBytes(32);
  const enter = (range: Range) => enterTerminals(store, { crypto, clock: systemClock, keys }, secret, range);
  await enter({ first: 0, count: terminals });
  return {
    facts: { ...factsOf(keys), origin: gatewayUrl, secret },
    ...{ deskUrl, enter },
    inspector,
    store,
    async processorMs() {
      const database = postgresUrl ? await processorMsOfPostgres(store) : 0;
      const { main, others } = await inspector.processorMs();
      return { main, workers: others, database };
    },
    async countHeld() {
      const { held } = await store.db
        .selectFrom('bodies')
        .select((column) => column.fn.countAll<number>().as('held'))
        .executeTakeFirstOrThrow();
      return Number(held);
    },
    async stop() {
      await store.close();
      await program.stop();
    },
  };
}

const TICK_MS = 10;

/** Of all processes of the server that are there. */
async function processorMsOfPostgres({ db }: Store): Promise<number> {
  const processes = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity`.execute(db);
  const ticks = processes.rows.map(({ pid }) => {
    // After the name in brackets, which may hold anything: user and system time are the 12th and 13th fields.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, each) => sum + each, 0) * TICK_MS;
}

function factsOf(keys: PlatformKeys) {
  const publicKeyFor = (use: number) => {
    const found = keys.newest().value.keys.find(({ uses }) => uses.includes(use));
    invariant(found, `there is a key of use ${use}`);
    return found.publicKey;
  };
  return {
    platformId: keys.platformId,
    sealPublicKey: publicKeyFor(KEY_USE.seal),
    answerPublicKey: publicKeyFor(KEY_USE.answer),
  };
}
