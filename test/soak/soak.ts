/** A long day in short: visit after visit at a real terminal, with faults between, and a sample every so often. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/node/clock.ts';
import type { CabinetFacts } from '../../drivers/api.ts';
import { loadCabinet } from '../../drivers/cabinets/load.ts';
import { comesTrue, pause } from '../faults/processes.ts';
import { openTown, type Town } from '../faults/town.ts';
import { createDice } from './dice.ts';
import { FAULTS, type Fault } from './faults.ts';
import { strangeFiles } from './growing.ts';
import type { Sample } from './growth.ts';
import { askProbe, filesOf, findSample, soakedEnv } from './measure.ts';
import { actsForOthers, letsTimeRunOut, pays } from './more-visits.ts';
import { type ScreenLine, screenLine, VisitLost } from './screen-line.ts';
import { type Hands, leave, PLAIN_VISITS } from './visits.ts';

/** What is to be played. */
export interface SoakPlan {
  readonly visits: number;
  /** It ends early after so many minutes. */
  readonly maxMinutes: number;
  readonly seed: number;
  /** A sample after so many visits. */
  readonly sampleEvery: number;
  /** A fault after so many visits, on average; 0 for none. */
  readonly faultEvery: number;
  /** What the terminal leaks on purpose after so many visits: of `heap`, `handles`, `log`, `database` and `files`. */
  leaksAt(visits: number): readonly string[];
  /** So much of each at each visit. */
  readonly leakBytes: number;
  /** Where what lies on the terminal's heap is written at half the visits and at the end; null for nowhere. */
  readonly snapshots: string | null;
  readonly say: (line: string) => void;
}

/** A visit that broke off. */
export interface Lost {
  readonly at: number;
  readonly visit: string;
  readonly why: string;
  /** The fault that was there, or had been within the last {@link AFTERMATH} visits; null where none was. */
  readonly fault: string | null;
}

/** What came of it. */
export interface SoakReport {
  readonly samples: readonly Sample[];
  /** How often each visit was made to its end, and each fault came. */
  readonly done: Readonly<Record<string, number>>;
  readonly lost: readonly Lost[];
  /** Files in the terminal's folders that `growing.ts` does not list. */
  readonly strange: readonly string[];
}

/** How many visits a fault stays, and how many feel it afterwards. */
const FAULT_STAYS = 3;
const AFTERMATH = 3;
const HALF = 0.5;
const CABINET = join(import.meta.dirname, '..', '..', 'drivers', 'cabinets', 'village.yaml');
const COMING_UP_MS = 90_000;
/** A line that was cut is tried again soon: nobody learns anything by waiting longer. */
const LONGEST_WAIT_MS = 1_000;

/** By name, each with how often it comes among the others. */
const VISITS: typeof PLAIN_VISITS = {
  ...PLAIN_VISITS,
  'pays a bill': { share: 2, visit: pays },
  'signs in as an agent, and acts for two': { share: 1, visit: actsForOthers },
  'lets the time run out': { share: 2, visit: letsTimeRunOut },
};

/** Plays it in a town of its own. */
export async function soak(plan: SoakPlan): Promise<SoakReport> {
  const town = await openTown(undefined, {
    env: soakedEnv,
    config: {
      platform: {},
      devices: { cabinet: cabinetWithCamera() },
      terminal: { longestWaitMs: LONGEST_WAIT_MS },
    },
  });
  let screen: ScreenLine | undefined;
  try {
    screen = screenLine(town.screenSocket);
    await isUp(screen);
    return await play(plan, town, screen);
  } finally {
    screen?.close();
    await town.stop();
    town.clear();
  }
}

/** A village's cabinet; its camera is our hands' own. */
function cabinetWithCamera(): CabinetFacts | null {
  const { facts } = loadCabinet(readFileSync(CABINET, 'utf8'));
  const cameras = [{ device: 'document-camera' as const, usb: null, label: 'hands' }];
  return facts && { ...facts, cameras, microphone: null };
}

async function isUp(screen: ScreenLine): Promise<void> {
  if (!(await comesTrue(() => screen.findPage()?.kind === 'attract', COMING_UP_MS)))
    throw new Error('the terminal did not come up');
}

async function play(plan: SoakPlan, town: Town, screen: ScreenLine): Promise<SoakReport> {
  const dice = createDice(plan.seed);
  const names = Object.entries(VISITS).flatMap(([name, { share }]) => Array<string>(share).fill(name));
  const done: Record<string, number> = {};
  const count = (what: string) => {
    done[what] = (done[what] ?? 0) + 1;
  };
  const hands: Hands = { screen, town, dock: town.dock, dice, count };
  const samples: Sample[] = [];
  const lost: Lost[] = [];
  let sampledAt = 0;
  let present: { readonly fault: Fault; readonly endsAt: number } | undefined;
  let last: { readonly name: string; readonly until: number } | undefined;

  const startMs = systemClock.monoMs();
  const progress = (visits: number) =>
    Math.max(visits / plan.visits, (systemClock.monoMs() - startMs) / 60_000 / plan.maxMinutes);
  let isHalfWritten = false;
  const write = async (visits: number) => {
    const file = `${plan.snapshots}/${visits}.heapsnapshot`;
    if (plan.snapshots !== null) await askProbe(town, { does: 'snapshot', file });
  };

  let visits = 0;
  while (progress(visits) < 1) {
    visits += 1;
    if (present !== undefined && visits >= present.endsAt) {
      await present.fault.mend?.(town);
      present = undefined;
      await isUp(screen);
    } else if (present === undefined && plan.faultEvery > 0 && dice.chance(1 / plan.faultEvery)) {
      const [name, fault] = dice.of(faultsAt(progress(visits)));
      count(name);
      present = { fault, endsAt: visits + FAULT_STAYS };
      last = { name, until: present.endsAt + AFTERMATH };
      await fault.begin(town);
    }
    screen.isPatient = present === undefined;
    const visit = dice.of(names);
    const why = await findWhyLost(visit, hands);
    const fault = last !== undefined && visits < last.until ? last.name : null;
    if (why === undefined) count(visit);
    else lost.push({ at: visits, visit, why, fault });
    if (visits % plan.sampleEvery === 0) {
      const leaks = { leaks: plan.leaksAt(visits), times: visits - sampledAt, bytes: plan.leakBytes };
      const sample = await findSample(town, { visits, ...leaks });
      if (sample !== undefined) {
        samples.push(sample);
        sampledAt = visits;
        plan.say(`${visits} visits, ${lost.length} broken off, ${inWords(sample)}`);
      }
    }
    if (!isHalfWritten && progress(visits) >= HALF && present === undefined) {
      isHalfWritten = true;
      await write(visits);
    }
  }
  await present?.fault.mend?.(town);
  await write(visits);
  return { samples, done, lost, strange: strangeFiles(filesOf(town)) };
}

function inWords({ values: { heap = 0, code = 0 } }: Sample): string {
  return `heap ${Math.round(heap)} KiB and ${Math.round(code)} KiB of code`;
}

/** What may go wrong now: whatever ends the terminal, in the first half alone. */
function faultsAt(share: number): readonly (readonly [string, Fault])[] {
  return Object.entries(FAULTS).filter(([, { endsTerminal }]) => !endsTerminal || share < 0.45);
}

/** Makes one visit and leaves; answers why it broke off, where it did. A bug throws. */
async function findWhyLost(name: string, hands: Hands): Promise<string | undefined> {
  try {
    await VISITS[name]?.visit(hands);
    await leave(hands);
    return undefined;
  } catch (error) {
    if (!(error instanceof VisitLost)) throw error;
    await leave(hands).catch((again: unknown) => {
      if (!(again instanceof VisitLost)) throw again;
    });
    await pause(50);
    return error.message;
  }
}
