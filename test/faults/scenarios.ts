/** What is done to a town. Each ends with everything whole again; what was lost on the way shows in the verdict. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemRandom } from '../../base/node/random.ts';
import { fraction } from '../../base/random.ts';
import type { NetworkMode } from '../../drivers/simulator/network.ts';
import {
  bringBack,
  fillDisk,
  HURTS,
  hurtFiles,
  mountSmallDisk,
  moveToTheFuture,
  otherTime,
  versionOf,
} from './hurt.ts';
import { comesTrue, type KeptProgram, pause } from './processes.ts';
import { openTown, type Town } from './town.ts';
import { drains, faultsOf } from './verdict.ts';
import { stepUp, type Told, type Villager } from './villager.ts';

/** How a scenario ended. */
export interface Report {
  readonly scenario: string;
  /** What was done, in a line. */
  readonly done: string;
  readonly told: Told;
  /** Empty when all is well. */
  readonly faults: readonly string[];
}

interface Scene {
  readonly town: Town;
  readonly villager: Villager;
  /** Something that should have been seen and was not. */
  miss(what: string): void;
}

type Script = (scene: Scene) => Promise<string>;

const COMING_UP_MS = 60_000;

/** SIGKILL of any program at any moment, `kills` times, while somebody files. */
export const killing =
  (kills: number): Script =>
  async ({ town, villager }) => {
    // The terminal has most to lose.
    const victims: readonly KeptProgram[] = [
      ...[town.terminal, town.terminal, town.terminal],
      ...[town.platform, town.platform, town.devices],
    ];
    villager.begin();
    for (let done = 0; done < kills; done += 1) {
      const victim = victims[Math.floor(fraction(systemRandom) * victims.length)] ?? town.terminal;
      // Mostly at work, now and then while it is coming up.
      if (fraction(systemRandom) < 0.8) await victim.up();
      await pause(fraction(systemRandom) * 700);
      victim.kill();
    }
    await Promise.all([town.terminal.up(), town.platform.up(), town.devices.up()]);
    const starts = [town.terminal, town.platform, town.devices].map(
      (program) => `${program.name} ${program.starts()}`,
    );
    return `${kills} kills; starts: ${starts.join(', ')}`;
  };

/** The power cut, `cuts` times, while somebody files: everything ends in one moment, and the first page comes back. */
const powerCuts =
  (cuts: number): Script =>
  async ({ town, villager, miss }) => {
    const programs = [town.terminal, town.devices, town.platform];
    for (let done = 0; done < cuts; done += 1) {
      villager.begin();
      await pause(500 + fraction(systemRandom) * 3_000);
      for (const program of programs) program.kill();
      await villager.rest();
      await Promise.all(programs.map((program) => program.up()));
      if (!(await comesTrue(() => villager.findPage() !== undefined, COMING_UP_MS)))
        miss('no page came back after the power cut');
    }
    return `everything killed at once, ${cuts} times`;
  };

const BAD_DAYS: readonly NetworkMode[] = ['cut', 'half-open', 'slow', 'corrupt'];

/** The network as bad as it gets, in turn, while somebody files. */
export const badNetwork =
  (spanMs: number): Script =>
  async ({ town, villager }) => {
    villager.begin();
    for (const mode of BAD_DAYS) {
      await town.dock.network(mode);
      await pause(spanMs);
    }
    await town.dock.network('on');
    return `${BAD_DAYS.join(', ')}: ${spanMs / 1000} s each`;
  };

/** Either copy of the journal hurt in every way, one copy at a time, with work in both before and after. */
export const hurtCopies: Script = async (scene) => {
  const { town, villager } = scene;
  const { terminal, mirror } = town.folders;
  for (const hurt of HURTS) {
    for (const [folder, prefix] of [
      [terminal, 'terminal.db'],
      [mirror, 'journal'],
    ] as const) {
      await town.dock.network('cut');
      await fileSome(scene, 3);
      await town.terminal.layDown();
      hurtFiles(folder, prefix, hurt);
      town.terminal.raise();
      await comesUp(scene, `after ${prefix} ${hurt}`);
      await fileSome(scene, 2);
      await town.dock.network('on');
      if (!(await drains(town, villager.told())))
        scene.miss(`the queue did not drain after ${prefix} ${hurt}`);
    }
  }
  return `database and mirror: ${HURTS.join(', ')}`;
};

/** The disk full to the last block: nothing is said to be kept that is not; room made, it goes on by itself. */
export const fullDisk: Script = async (scene) => {
  const { town, villager } = scene;
  await town.dock.network('cut');
  await fileSome(scene, 5);
  const makeRoom = fillDisk(town.folders.terminal);
  villager.begin();
  // Said when it is tried, or before anyone starts, whichever comes first.
  const isSaid = () => {
    const { refused } = villager.told();
    return (refused['store-full'] ?? 0) + (refused['matter-not-available'] ?? 0) > 0;
  };
  const refused = await comesTrue(isSaid, COMING_UP_MS);
  if (!refused) scene.miss('a full disk was not said');
  await villager.rest();
  await town.terminal.layDown();
  town.terminal.raise();
  await pause(2_000);
  makeRoom();
  await comesUp(scene, 'after there was room again');
  await fileSome(scene, 3);
  await town.dock.network('on');
  return 'filled to the last block, started while full, emptied';
};

/** A database that a later program wrote is left alone, and said. */
export const future: Script = async (scene) => {
  const { town, villager } = scene;
  await fileSome(scene, 2);
  await town.terminal.layDown();
  const path = join(town.folders.terminal, 'terminal.db');
  const version = versionOf(path);
  moveToTheFuture(path);
  const before = readFileSync(path);
  town.terminal.raise();
  const said = await comesTrue(() => villager.findPage()?.kind === 'out-of-service', COMING_UP_MS);
  if (!said) scene.miss('a database from the future was not said');
  await town.terminal.layDown();
  if (!before.equals(readFileSync(path))) scene.miss('a database from the future was touched');
  bringBack(path, version);
  town.terminal.raise();
  await comesUp(scene, 'after the database was its own again');
  await fileSome(scene, 2);
  return 'refused, untouched, and at work again afterwards';
};

/** The terminal's clock a year back, and at the beginning of time as after a flat battery. */
export const wrongTime: Script = async (scene) => {
  const { town, villager } = scene;
  for (const spec of ['-1y', '@1970-01-02 00:00:00']) {
    await town.terminal.layDown();
    town.terminal.raise(otherTime(spec));
    await comesUp(scene, `at ${spec}`);
    await fileSome(scene, 3);
    if (!(await drains(town, villager.told()))) scene.miss(`the queue did not drain at ${spec}`);
  }
  await town.terminal.layDown();
  town.terminal.raise();
  await comesUp(scene, 'at the right time again');
  await fileSome(scene, 2);
  return 'a year back, and 1970';
};

async function fileSome({ villager, miss }: Scene, count: number): Promise<void> {
  const before = villager.told().kept.length;
  villager.begin();
  const done = await comesTrue(() => villager.told().kept.length >= before + count, COMING_UP_MS);
  await villager.rest();
  if (!done) miss(`nothing could be filed; the page is ${villager.findPage()?.kind ?? 'away'}`);
}

async function comesUp({ villager, miss }: Scene, when: string): Promise<void> {
  const serves = () => !['out-of-service', undefined].includes(villager.findPage()?.kind);
  if (!(await comesTrue(serves, COMING_UP_MS))) miss(`the terminal did not come back ${when}`);
}

/** Every scenario by its name; each has a town of its own. */
export const SCENARIOS = {
  kills: killing(500),
  power: powerCuts(40),
  network: badNetwork(20_000),
  copies: hurtCopies,
  disk: fullDisk,
  future,
  time: wrongTime,
};
export type ScenarioName = keyof typeof SCENARIOS;

/** Plays one scenario from an empty folder to the verdict. */
export async function play(scenario: string, script: Script): Promise<Report> {
  const disk = scenario === 'disk' ? mountSmallDisk(24) : undefined;
  const town = await openTown(disk?.path);
  const villager = stepUp(town.screenSocket);
  const missed: string[] = [];
  try {
    const scene: Scene = { town, villager, miss: (what) => missed.push(what) };
    await comesUp(scene, 'at its first start');
    const done = await script(scene);
    await villager.rest();
    if (!(await drains(town, villager.told()))) missed.push('the queue did not drain');
    const told = villager.told();
    await town.stop();
    return { scenario, done, told, faults: [...missed, ...(await faultsOf(town, told))] };
  } finally {
    villager.leave();
    await town.stop();
    disk?.unmount();
    town.clear();
  }
}
