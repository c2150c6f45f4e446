import { createHash } from 'node:crypto';
import { toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { HELLO_BACK_MS } from '../../sync/time.ts';
import { createChance } from './chance.ts';
import { createTimeline } from './clock.ts';
import { createCryptoMaker } from './crypto.ts';
import { createForger } from './forger.ts';
import { type History, stepWords } from './history.ts';
import { checkLaws, checkMirror } from './laws.ts';
import { type Breach, createLedger } from './ledger.ts';
import { lockedOut, type Machine } from './machine.ts';
import { CALM, createNetwork } from './network.ts';
import { makeCards, makeSubmission } from './people.ts';
import { createSimulatedPlatform, type PlatformBends } from './platform.ts';
import { carry, take, type World } from './steps.ts';
import { createStick } from './stick.ts';
import { createSimulatedTerminal, type SimulatedTerminal, type TerminalBends } from './terminal.ts';
import { createWatch, type Shared } from './watch.ts';

/** A bug planted by a test, to see that it is found. */
export interface Bug {
  readonly name: string;
  readonly terminal?: TerminalBends;
  readonly platform?: PlatformBends;
}

/** What came of a history. */
export interface Outcome {
  /** Every law that was broken; empty when all held. */
  readonly breaches: readonly Breach[];
  /** What happened, line by line. */
  readonly trace: readonly string[];
  /** SHA-256 of the trace, hex. */
  readonly traceHash: string;
  /** How long it took from the end of all faults until nothing was owed, in simulated milliseconds. */
  readonly drainedMs: number;
}

/** After faults have stopped, everything is receipted within this: the longest an entry is set aside, and waits. */
const RECEIPTED_WITHIN_MS = 45 * 60_000;
/** And released within this: a release that was lost on the way is said again after the next hello. */
const RELEASED_WITHIN_MS = 7 * 3_600_000;
/** By then each of two machines with one disk has asked often enough to be told from the other. */
const CLONES_SEEN_WITHIN_MS = 15 * 60_000;
/** A feed that is not cut hands over everything within this. */
const FED_WITHIN_MS = 10 * 60_000;
const FED_LOOK_MS = 30_000;

const CARDS = 3;
/** Answers of the programs' own start-up test were checked once, here. */
const crypto = createCrypto();

/**
 * Runs a history from the beginning of the world, then holds it against the laws; no further than to a breach of
 * `upTo`, where that is named.
 */
export async function runHistory(history: History, bug?: Bug, upTo?: string): Promise<Outcome> {
  const trace: string[] = [];
  const breaches: Breach[] = [];
  const chance = createChance(`history ${history.seed}`);
  const timeline = createTimeline();
  const note = (what: string) => void trace.push(`${timeline.nowMs()} ${what}`);
  const onBreach = (breach: Breach) => {
    note(`BREACH ${breach.law}: ${breach.how}`);
    breaches.push(breach);
  };
  const isEnough = () => upTo !== undefined && breaches.some(({ law }) => law === upTo);
  const onFault = (how: string) => onBreach({ law: 'bug', how });
  const makeCrypto = createCryptoMaker();
  const shared: Shared = { signedReleases: new Set(), isCloned: false };
  const platform = createSimulatedPlatform({
    ...{ timeline, note, onFault, makeCrypto, chance: chance.stream('platform') },
    gateways: history.gateways,
    ...(bug?.platform && { bends: bug.platform }),
  });
  await platform.start();
  const enrolmentCode = await platform.enrolmentCode();

  function makeMachine(name: string, from?: Machine): Machine {
    const copied = from?.terminal.copyDisks();
    const says = (what: string) => note(name === '' ? what : `${name}: ${what}`);
    const watch = createWatch(crypto, shared, onBreach);
    from?.watch.copyTo(watch);
    const streamOf = (what: string) => chance.stream(`${what}${name}`);
    const network = createNetwork({
      ...{ timeline, note: says, chance: streamOf('network'), onReply: watch.onReply },
      forge: createForger(makeCrypto(streamOf('forger')), streamOf('forging')),
      async answer(request, signal) {
        const response = await platform.answer(request, signal);
        const run = platform.findRun();
        if (response && run) await watch.checkAnswer(request, response, run);
        return response;
      },
    });
    if (from) Object.assign(network, { weather: from.network.weather, isCut: from.network.isCut });
    const terminal: SimulatedTerminal = createSimulatedTerminal({
      ...{ timeline, network, onFault, makeCrypto, enrolmentCode, note: says, chance: streamOf('terminal') },
      onWhole: () => {
        for (const breach of checkMirror(terminal, watch)) onBreach(breach);
      },
      ...{ onCommitted: watch.onCommitted, onMirrorRemoved: watch.onMirrorRemoved, onHurt: watch.onHurt },
      onRemoved: watch.onRemoved,
      ...(bug?.terminal && { bends: bug.terminal }),
      ...(copied && { copied }),
    });
    return {
      terminal,
      network,
      watch,
      ledger: createLedger(watch.closedJournals, onBreach, from?.ledger.filed),
    };
  }

  const machines = [makeMachine('')];
  const cards = makeCards(chance.stream('cards'), CARDS);
  const world: World = {
    ...{ timeline, platform, cards, machines },
    ...{ chance: chance.stream('visitors'), cutUntilMs: 0, lockedOut: [] },
    stick: createStick({ note, chance: chance.stream('stick') }),
    clone() {
      const [first] = machines;
      if (machines.length > 1 || !first?.terminal.findRun()?.opened.findEnrolment()) return;
      if (!first.terminal.copyDisks()) return;
      shared.isCloned = true;
      const second = makeMachine('clone', first);
      machines.push(second);
      second.terminal.start();
    },
  };
  let drainedMs = Number.POSITIVE_INFINITY;
  async function live(): Promise<void> {
    machines[0]!.terminal.start();
    for (const step of history.steps) {
      note(`STEP ${stepWords(step)}`);
      await timeline.pass(0);
      await take(world, step);
      for (const machine of machines) checkTime(machine, onBreach);
      if (isEnough()) return;
    }
    drainedMs = await letTimePass(world, note, onBreach, isEnough);
    if (isEnough()) return;
    for (const machine of machines) checkTime(machine, onBreach);
    const run = platform.findRun();
    if (!run || machines.some(({ terminal }) => !terminal.findRun()))
      onBreach({ law: 'law 5', how: 'a program does not come back' });
    else
      for (const breach of await checkLaws({ machines, cards, platform: run, lockedOut: world.lockedOut }))
        onBreach(breach);
    for (const machine of machines) checkService(world, machine, onBreach);
  }
  try {
    await live();
  } catch (error) {
    // A program that threw where nobody catches: what came of it is no longer worth a look.
    onFault(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { terminal } of machines) await terminal.end();
    await platform.end();
  }
  const traceHash = createHash('sha256').update(trace.join('\n')).digest('hex');
  return { breaches, trace, traceHash, drainedMs };
}

/** Whatever happened, and whoever serves it or not: whoever comes next is served. */
function checkService(
  { chance, cards: [card], timeline }: World,
  { terminal }: Machine,
  onBreach: (breach: Breach) => void,
): void {
  const parts = { crypto, chance, nowMs: timeline.nowMs() };
  const told = card && terminal.file(makeSubmission(parts, card, 'case', []));
  if (typeof told === 'string') onBreach({ law: 'service', how: `the next visitor is told ${told}` });
}

/** A hello that came back in ten seconds is wrong by half of that at most, and nothing else sets the clock (law 9). */
function checkTime({ terminal }: Machine, onBreach: (breach: Breach) => void): void {
  const errorMs = terminal.findTimeErrorMs();
  if (errorMs === undefined || Math.abs(errorMs) <= HELLO_BACK_MS / 2 + 1) return;
  onBreach({ law: 'law 9', how: `the time it trusts is wrong by ${errorMs} ms` });
}

/** No more faults, no new work, nobody who touches anything: law 5. */
async function letTimePass(
  world: World,
  note: (what: string) => void,
  onBreach: (breach: Breach) => void,
  isEnough: () => boolean,
): Promise<number> {
  const { timeline, platform, machines } = world;
  note('FAULTS STOP');
  world.cutUntilMs = Number.POSITIVE_INFINITY;
  platform.calm();
  for (const { network, terminal } of machines) {
    network.weather = CALM;
    network.isCut = false;
    terminal.calm();
  }
  const stoppedMs = timeline.nowMs();
  const owed = () => served().map(({ terminal }) => terminal.findRun()?.engine?.status().owed);
  const isReceipted = () => owed().every((one) => one?.waiting === 0);
  const isReleased = () => owed().every((one) => one?.waiting === 0 && one.held === 0);
  // Whoever is locked out hears so at its next try, and two machines with one disk are seen by what both do next.
  if (machines.length > 1) await timeline.pass(CLONES_SEEN_WITHIN_MS);
  world.lockedOut = lockedOut(machines);
  const served = () => machines.filter((machine) => !world.lockedOut.includes(machine));
  await timeline.pass(RECEIPTED_WITHIN_MS, () => isEnough() || isReceipted());
  if (isEnough()) return Number.POSITIVE_INFINITY;
  if (!isReceipted()) {
    onBreach({ law: 'law 5', how: `after ${RECEIPTED_WITHIN_MS} ms: ${JSON.stringify(owed())}` });
  }
  const drainedMs = timeline.nowMs() - stoppedMs;
  await timeline.pass(RELEASED_WITHIN_MS, () => isEnough() || isReleased());
  if (isEnough()) return drainedMs;
  if (!isReleased()) {
    onBreach({ law: 'law 5', how: `not released after ${RELEASED_WITHIN_MS} ms: ${JSON.stringify(owed())}` });
  }
  for (const machine of world.lockedOut) await bringByStick(world, machine);
  for (let waitedMs = 0; waitedMs < FED_WITHIN_MS && !(await isFed(world)); waitedMs += FED_LOOK_MS)
    await timeline.pass(FED_LOOK_MS);
  note(`DRAINED after ${drainedMs} ms`);
  return drainedMs;
}

/** The screen of a machine that is not served says so, and somebody comes with the stick: once more for what waited. */
async function bringByStick(world: World, machine: Machine): Promise<void> {
  world.stick.isSound = true;
  for (let round = 0; round < 2; round++) {
    await carry(world, machine, 'fill');
    await carry(world, machine, 'bring');
  }
}

/** Whether everything in the platform's feed has come down. */
async function isFed({ platform, machines, lockedOut }: World): Promise<boolean> {
  const items = await platform.findRun()?.store.db.selectFrom('feedItems').select('itemId').execute();
  return machines
    .filter((machine) => !lockedOut.includes(machine))
    .every(({ terminal }) => {
      const here = terminal
        .database()
        .prepare<{ item_id: Uint8Array }>('SELECT item_id FROM feed_items')
        .all();
      const names = new Set(here.map((row) => toHex(row.item_id)));
      return items?.every(({ itemId }) => names.has(toHex(itemId))) ?? false;
    });
}
