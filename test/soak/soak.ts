/** A long day in short: visit after visit at a real terminal, with faults between, and a sample every so often. */
import { join } from 'node:path';
import { comesTrue, pause } from '../faults/processes.ts';
import { openTown, type Town } from '../faults/town.ts';
import { createDice } from './dice.ts';
import { FAULTS, type Fault } from './faults.ts';
import { strangeFiles } from './growing.ts';
import type { Sample } from './growth.ts';
import { filesOf, findSample, probed } from './measure.ts';
import { type ScreenLine, screenLine, VisitLost } from './screen-line.ts';
import { type Hands, leave, VISITS } from './visits.ts';

/** What is to be played. */
export interface SoakPlan {
  readonly visits: number;
  readonly seed: number;
  /** A sample after so many visits. */
  readonly sampleEvery: number;
  /** A fault after so many visits, on average; 0 for none. */
  readonly faultEvery: number;
  /** What the terminal leaks on purpose: `heap`, `handles`, `log`; none when empty. */
  readonly leak: string;
  readonly say: (line: string) => void;
}

/** What came of it. */
export interface SoakReport {
  readonly samples: readonly Sample[];
  /** How often each visit was made to its end, and each fault came. */
  readonly done: Readonly<Record<string, number>>;
  /** Visits that broke off because something was away, as they do where faults are. */
  readonly lost: number;
  /** Files in the terminal's folders that `growing.ts` does not list. */
  readonly strange: readonly string[];
}

/** How many visits a fault stays. */
const FAULT_STAYS = 3;
const COMING_UP_MS = 90_000;

/** Plays it in a town of its own. */
export async function soak(plan: SoakPlan): Promise<SoakReport> {
  const town = await openTown();
  const socket = join(town.folders.terminal, '..', 'probe.sock');
  let screen: ScreenLine | undefined;
  try {
    await town.terminal.layDown();
    town.terminal.raise(probed(socket, plan.leak));
    screen = screenLine(town.screenSocket);
    const isUp = await comesTrue(() => screen?.findPage()?.kind === 'attract', COMING_UP_MS);
    if (!isUp) throw new Error('the terminal did not come up');
    return await play(plan, town, screen, socket);
  } finally {
    screen?.close();
    await town.stop();
    town.clear();
  }
}

async function play(plan: SoakPlan, town: Town, screen: ScreenLine, socket: string): Promise<SoakReport> {
  const dice = createDice(plan.seed);
  const hands: Hands = { screen, dock: town.dock, dice };
  const names = Object.entries(VISITS).flatMap(([name, { share }]) => Array<string>(share).fill(name));
  const done: Record<string, number> = {};
  const count = (what: string) => {
    done[what] = (done[what] ?? 0) + 1;
  };
  const samples: Sample[] = [];
  let lost = 0;
  let sampledAt = 0;
  let present: { readonly fault: Fault; readonly endsAt: number } | undefined;

  for (let visits = 1; visits <= plan.visits; visits += 1) {
    if (present !== undefined && visits >= present.endsAt) {
      await present.fault.mend?.(town);
      present = undefined;
    } else if (present === undefined && plan.faultEvery > 0 && dice.chance(1 / plan.faultEvery)) {
      const choice = dice.of(faultsAt(visits / plan.visits));
      count(choice[0]);
      present = { fault: choice[1], endsAt: visits + FAULT_STAYS };
      await choice[1].begin(town, probed(socket, plan.leak));
    }
    const name = dice.of(names);
    if (await comesToEnd(name, hands)) count(name);
    else lost += 1;
    if (visits % plan.sampleEvery === 0) {
      const sample = await findSample(town, { socket, visits, since: visits - sampledAt });
      if (sample !== undefined) {
        samples.push(sample);
        sampledAt = visits;
        plan.say(`${visits} visits, ${lost} broken off, heap ${Math.round(sample.values.heap ?? 0)} KiB`);
      }
    }
  }
  await present?.fault.mend?.(town);
  return { samples, done, lost, strange: strangeFiles(filesOf(town)) };
}

/** What may go wrong now: whatever ends the terminal, in the first half alone. */
function faultsAt(share: number): readonly (readonly [string, Fault])[] {
  return Object.entries(FAULTS).filter(([, { endsTerminal }]) => !endsTerminal || share < 0.45);
}

/** Makes one visit and leaves; false where something was away. A bug throws. */
async function comesToEnd(name: string, hands: Hands): Promise<boolean> {
  try {
    await VISITS[name]?.visit(hands);
    await leave(hands);
    return true;
  } catch (error) {
    if (!(error instanceof VisitLost)) throw error;
    await leave(hands).catch((again: unknown) => {
      if (!(again instanceof VisitLost)) throw again;
    });
    await pause(50);
    return false;
  }
}
