/** The measurements themselves, on one database. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../../base/clock.ts';
import { systemClock } from '../../base/node/clock.ts';
import { startChild } from '../../host/child-process.ts';
import type { PlatformFacts } from './crowd.ts';
import { startCrowd } from './crowd-process.ts';
import { fill } from './fill.ts';
import { type Inspector, type Memory, newInspector } from './inspect.ts';
import type { Growth, Measured, PollMemory } from './measured.ts';
import { startPlatform } from './platform-process.ts';

/** What a run is to be. */
export interface LoadPlan {
  readonly terminals: number;
  readonly busy: number;
  /** Of each busy terminal; one batch. */
  readonly entries: number;
  /** The busy start within this. */
  readonly withinMs: number;
  /** Where to write a profile of the platform's main thread during the drain, if anywhere. */
  readonly profile: string | undefined;
}

/** Where a run lives. */
export interface LoadPlace {
  readonly folder: string;
  readonly database: 'sqlite' | 'postgres';
  /** An empty database; nothing on SQLite. */
  freshUrl(): Promise<string | undefined>;
}

/** Polls are begun at this rate, so that they do not end all at once either. */
const POLLS_A_SECOND = 500;
/** Batches under way at once where nothing but the insert is measured. */
const ABREAST = 16;

/** A county comes back: the idle on the feed, then the busy with their queues. Beside it the floors. */
export async function measureLoad(
  plan: LoadPlan,
  place: LoadPlace,
  say: (text: string) => void,
): Promise<Measured> {
  const { terminals, busy, entries } = plan;
  const { database } = place;
  const folder = join(place.folder, database);
  const floor = await measureBarePolls(terminals - busy, join(folder, 'bare-polls'), say);

  const platform = await startPlatform(folder, terminals, await place.freshUrl());
  const crowd = await startCrowd(platform.facts);
  say(`${database}: ${busy * entries} entries are being made`);
  const range = { first: 0, count: busy };
  const entryBytes = await crowd.tell({ kind: 'prepare', range, entries });

  say(`${database}: ${terminals - busy} terminals go to the feed`);
  const idle = { first: busy, count: terminals - busy };
  const poll = await memoryOfPolls(platform.inspector, idle.count, (share) =>
    crowd.tell({ kind: 'idle', ...share(idle) }),
  );

  say(`${database}: ${busy} come back`);
  const coming = { ...range, withinMs: plan.withinMs, stay: true };
  const comeBack = () => crowd.tell({ kind: 'come-back', coming });
  const before = await platform.processorMs();
  const drained = plan.profile
    ? await platform.inspector.profile(`${plan.profile}.${database}.cpuprofile`, comeBack)
    : await comeBack();
  const after = await platform.processorMs();
  const processorMs = {
    main: after.main - before.main,
    workers: after.workers - before.workers,
    database: after.database - before.database,
  };
  const held = await platform.countHeld();
  const { rss } = await platform.inspector.memory();
  await crowd.tell({ kind: 'leave' });
  await platform.stop();

  const bare = await startFloor(join(folder, 'bare'), database, await place.freshUrl());
  const bareMs = await crowd.tell({ kind: 'post-bare', url: bare.url, range, abreast: ABREAST });
  await bare.stop();
  await crowd.stop();
  return {
    ...{ database, terminals, busy, entries, entryBytes, drained, processorMs, held, bareMs, poll, rss },
    barePoll: floor,
  };
}

/** Turns and their size, in growth. */
const WAVES = 6;
const WAVE_TERMINALS = 20;

/** The same waves on databases that hold 1, 10 and 100 times `base` entries, in turns. */
export async function measureGrowth(
  base: number,
  entries: number,
  place: LoadPlace,
  say: (text: string) => void,
): Promise<Growth> {
  const stages = [];
  for (const factor of [1, 10, 100]) {
    const held = base * factor;
    say(`${place.database}: a database that holds ${held} entries`);
    const folder = join(place.folder, `${place.database}-${factor}`);
    const platform = await startPlatform(folder, WAVES * WAVE_TERMINALS, await place.freshUrl());
    await fill(platform.store, held);
    const crowd = await startCrowd(platform.facts);
    await crowd.tell({ kind: 'prepare', range: { first: 0, count: WAVES * WAVE_TERMINALS }, entries });
    stages.push({ held, platform, crowd, each: [] as number[] });
  }
  say(`${place.database}: ${WAVES} waves, in turns`);
  for (let wave = 0; wave < WAVES; wave++) {
    for (const { crowd, each } of stages) {
      const coming = { first: wave * WAVE_TERMINALS, count: WAVE_TERMINALS, withinMs: 0, stay: false };
      const { doneMs } = await crowd.tell({ kind: 'come-back', coming });
      // The first wave warms the programs up.
      if (wave > 0) each.push(Math.max(...doneMs) / (WAVE_TERMINALS * entries));
    }
  }
  for (const { crowd, platform } of stages) {
    await crowd.stop();
    await platform.stop();
  }
  return { database: place.database, byHeld: new Map(stages.map(({ held, each }) => [held, each])) };
}

type Share = (of: { first: number; count: number }) => {
  range: { first: number; count: number };
  overMs: number;
};

/** What a held poll costs: a tenth goes first and warms the program up, the rest is weighed. */
async function memoryOfPolls(
  inspector: Inspector,
  count: number,
  go: (share: Share) => Promise<void>,
): Promise<PollMemory> {
  const warm = Math.ceil(count / 10);
  const overMs = (polls: number) => (polls * 1_000) / POLLS_A_SECOND;
  await go(({ first }) => ({ range: { first, count: warm }, overMs: overMs(warm) }));
  await areHeld(inspector, warm);
  const before = await inspector.memory();
  const rest = count - warm;
  await go(({ first }) => ({ range: { first: first + warm, count: rest }, overMs: overMs(rest) }));
  await areHeld(inspector, count);
  const after = await inspector.memory();
  const each = (of: (memory: Memory) => number) => (of(after) - of(before)) / Math.max(1, rest);
  return { rss: each(({ rss }) => rss), heap: each(({ heap }) => heap) };
}

/** The last request on a connection that is there is held after no more. */
const SETTLE_MS = 1_000;

/** Waits until polls sent are polls held: a few are always on their way, to be renewed. */
async function areHeld(inspector: Inspector, count: number): Promise<void> {
  for (let tries = 0; tries < 100 && (await inspector.connections()) < count; tries++) {
    await sleep(systemClock, 200);
  }
  await sleep(systemClock, SETTLE_MS);
}

const NO_KEY = new Uint8Array(32);

/** The same polls at a server that holds them and knows nothing. */
async function measureBarePolls(
  count: number,
  folder: string,
  say: (text: string) => void,
): Promise<PollMemory> {
  say(`${count} bare polls`);
  const floor = await startFloor(folder, undefined, undefined);
  const facts: PlatformFacts = {
    ...{ origin: floor.url, platformId: NO_KEY.slice(0, 16), secret: NO_KEY },
    ...{ sealPublicKey: NO_KEY, answerPublicKey: NO_KEY },
  };
  const crowd = await startCrowd(facts);
  const memory = await memoryOfPolls(floor.inspector, count, (share) =>
    crowd.tell({ kind: 'idle', ...share({ first: 0, count }) }),
  );
  await crowd.stop();
  await floor.stop();
  return memory;
}

async function startFloor(
  folder: string,
  database: LoadPlace['database'] | undefined,
  postgresUrl: string | undefined,
) {
  mkdirSync(folder, { recursive: true });
  const inspector = await newInspector();
  const program = startChild({
    name: 'floor',
    entry: join(import.meta.dirname, 'floor-program.ts'),
    config: { ...(database === 'sqlite' && { sqlite: join(folder, 'bare.db') }), postgresUrl },
    configPath: join(folder, 'floor.json'),
    logPath: join(folder, 'floor.log'),
    env: inspector.env,
  });
  const { url } = (await program.ready) as { url: string };
  return { url, inspector, stop: () => program.stop() };
}
