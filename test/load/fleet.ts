/**
 * A fleet reports and a maintainer looks on: real signed requests, a real platform process. What pages cost is held
 * against another platform without a machine, in turns, so that whatever else this computer does falls on both alike.
 */
import { join } from 'node:path';
import { sleep } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { type Console, openConsole } from './console.ts';
import type { LoadPlace } from './measure-load.ts';
import { type LoadedPlatform, startPlatform } from './platform-process.ts';
import { createReporters, inParallel, keepPace, type Reporters, spread } from './reporting.ts';

/** What was measured. */
export interface MeasuredFleet {
  readonly database: LoadPlace['database'];
  readonly machines: number;
  /** Reports that were answered with 200, and those that were not. */
  readonly taken: number;
  readonly refused: number;
  /** Machines on the console's page, as it says itself. */
  readonly shown: number;
  /** Each in milliseconds, in turns: without a machine, and with all of them reporting at their own pace. */
  readonly emptyPageMs: readonly number[];
  readonly fullPageMs: readonly number[];
  /** Processor time of the main thread a page and its look, in milliseconds; with machines, none of them reporting. */
  readonly processorMs: { readonly empty: number; readonly full: number };
  /** From a report's answer until a page that is open has it, in milliseconds. */
  readonly updateMs: readonly number[];
  /** Of the reports at the machines' own pace. */
  readonly reportMs: readonly number[];
  /** Share of one processor that the platform's main thread is busy while all report and a console is open. */
  readonly busy: number;
  /** Of the platform's process after a collection, in bytes. */
  readonly heap: { readonly empty: number; readonly full: number };
}

/** How much is measured. */
export interface FleetPlan {
  readonly machines: number;
  /** Pages of each kind. */
  readonly pages: number;
  /** Reports whose way to an open page is timed. */
  readonly updates: number;
  /** Where to write a profile of the platform's main thread while pages are taken, if anywhere. */
  readonly profile: string | undefined;
}

/** Reports under way at once while all of them come for the first time. */
const AT_ONCE = 16;
/** Looks that are no older than this are shared: each page waits it out, and so pays for its own. */
const FRESH_MS = 1_100;
/** Two quarters of an hour hold no beat with the looks. */
const UNEVEN_MS = 337;
const PAGE = '/fleet';

/** Starts two platforms at `place`, one of them with so many machines, and measures. */
export async function measureFleet(
  plan: FleetPlan,
  place: LoadPlace,
  say: (text: string) => void,
): Promise<MeasuredFleet> {
  const folder = join(place.folder, place.database);
  const empty = await startPlatform(join(folder, 'empty'), 0, await place.freshUrl());
  const full = await startPlatform(join(folder, 'full'), 0, await place.freshUrl());
  try {
    return await measure(plan, { place, empty, full }, say);
  } finally {
    await empty.stop();
    await full.stop();
  }
}

interface Platforms {
  readonly place: LoadPlace;
  readonly empty: LoadedPlatform;
  readonly full: LoadedPlatform;
}

async function measure(
  { machines, pages, updates, profile }: FleetPlan,
  { place: { database }, empty, full }: Platforms,
  say: (text: string) => void,
): Promise<MeasuredFleet> {
  const crypto = createCrypto(systemRandom);
  const emptyConsole = await openConsole(empty.store, empty.deskUrl);
  const console_ = await openConsole(full.store, full.deskUrl);
  await console_.page(PAGE);
  const heapBefore = (await full.inspector.memory()).heap;
  say(`${database}: ${machines} machines are entered`);
  await full.enter({ first: 0, count: machines });
  await spread(crypto, full.store, full.facts.secret, machines);
  const first = createReporters(crypto, systemClock, full.facts, machines);
  say(`${database}: all of them report`);
  await inParallel(machines, AT_ONCE, (number) => first.send(number));
  await console_.page(PAGE);

  const processorMs = {
    empty: await spentAPage(empty, emptyConsole),
    full: await spentAPage(full, console_),
  };
  const heapAfter = (await full.inspector.memory()).heap;
  say(`${database}: at their own pace, one each quarter of an hour`);
  const before = first.times.length;
  const pace = keepPace(machines, first.send);
  const work = () => inTurns(pages, emptyConsole, console_);
  const { emptyPageMs, fullPageMs } = profile
    ? await full.inspector.profile(`${profile}.${database}.cpuprofile`, work)
    : await work();
  const [startMs, spent] = [performance.now(), (await full.processorMs()).main];
  const updateMs = await timeUpdates(updates, console_, first, machines);
  const busy = ((await full.processorMs()).main - spent) / (performance.now() - startMs);
  await pace.stop();
  await sleep(systemClock, FRESH_MS);
  const shown = await console_.countShown();
  first.close();
  return {
    ...{ database, machines, shown, emptyPageMs, fullPageMs, updateMs, processorMs, busy },
    ...{ taken: first.taken(), refused: first.refused(), reportMs: first.times.slice(before) },
    heap: { empty: heapBefore, full: heapAfter },
  };
}

async function inTurns(pages: number, empty: Console, full: Console) {
  const emptyPageMs: number[] = [];
  const fullPageMs: number[] = [];
  for (let turn = 0; turn < pages; turn += 1) {
    await sleep(systemClock, FRESH_MS);
    emptyPageMs.push(await empty.time(PAGE));
    fullPageMs.push(await full.time(PAGE));
  }
  return { emptyPageMs, fullPageMs };
}

const PAGES_WEIGHED = 10;

/** Processor time of a page with a look of its own. */
async function spentAPage(platform: LoadedPlatform, console_: Console): Promise<number> {
  const before = (await platform.processorMs()).main;
  for (let turn = 0; turn < PAGES_WEIGHED; turn += 1) {
    await sleep(systemClock, FRESH_MS);
    await console_.page(PAGE);
  }
  return ((await platform.processorMs()).main - before) / PAGES_WEIGHED;
}

/** A report that says something new, until the machine's open page says it. */
async function timeUpdates(
  updates: number,
  console_: Console,
  reporters: Reporters,
  machines: number,
): Promise<readonly number[]> {
  const number = Math.floor(machines / 2);
  const open = await console_.follow(`/fleet/machines/${reporters.idOf(number)}`);
  const all: number[] = [];
  for (let turn = 0; turn < updates; turn += 1) {
    await sleep(systemClock, (turn * UNEVEN_MS) % 1_000);
    const owed = 70_001 + turn;
    await reporters.send(number, { journal: { owed, oldestS: 60 } });
    const startMs = performance.now();
    await open.says(`${owed} 条`);
    all.push(performance.now() - startMs);
  }
  await open.stop();
  return all;
}

/** Whether every machine reported, and stands on the page. */
export function isWhole({ machines, shown, refused }: MeasuredFleet): boolean {
  return shown === machines && refused === 0;
}
