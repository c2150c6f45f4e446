import { createHash } from 'node:crypto';
import { toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { actOnCase } from '../../platform/cases/act.ts';
import type { StaffAction } from '../../platform/cases/machine.ts';
import { flushOutbox, type Outbox, ringFor } from '../../platform/feed/outbox.ts';
import { HELLO_BACK_MS } from '../../sync/time.ts';
import { type Chance, createChance } from './chance.ts';
import { createTimeline, type Timeline } from './clock.ts';
import { createCryptoMaker } from './crypto.ts';
import { awaitKilled } from './death.ts';
import { createForger } from './forger.ts';
import { type History, type Step, stepWords } from './history.ts';
import { checkLaws, checkMirror } from './laws.ts';
import { type Breach, createLedger, type Ledger } from './ledger.ts';
import { CALM, createNetwork, type Network } from './network.ts';
import { type Ordered, orderAll } from './orders.ts';
import { type Card, makeCards, makeSubmission } from './people.ts';
import { createSimulatedPlatform, type PlatformBends, type SimulatedPlatform } from './platform.ts';
import { createStick, type Stick } from './stick.ts';
import { createSimulatedTerminal, type SimulatedTerminal, type TerminalBends } from './terminal.ts';
import { createWatch } from './watch.ts';

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
/** A feed that is not cut hands over everything within this. */
const FED_WITHIN_MS = 10 * 60_000;
const FED_LOOK_MS = 30_000;

const CARDS = 3;
/** Answers of the programs' own start-up test were checked once, here. */
const crypto = createCrypto();

interface World {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly network: Network;
  readonly platform: SimulatedPlatform;
  readonly terminal: SimulatedTerminal;
  readonly ledger: Ledger;
  readonly stick: Stick;
  readonly cards: readonly Card[];
  cutUntilMs: number;
}

/** Runs a history from the beginning of the world, then holds it against the laws. */
export async function runHistory(history: History, bug?: Bug): Promise<Outcome> {
  const trace: string[] = [];
  const breaches: Breach[] = [];
  const chance = createChance(`history ${history.seed}`);
  const timeline = createTimeline();
  const note = (what: string) => void trace.push(`${timeline.nowMs()} ${what}`);
  const onBreach = (breach: Breach) => {
    note(`BREACH ${breach.law}: ${breach.how}`);
    breaches.push(breach);
  };
  const onFault = (how: string) => onBreach({ law: 'bug', how });
  const makeCrypto = createCryptoMaker();
  const watch = createWatch(crypto, onBreach);
  const platform = createSimulatedPlatform({
    ...{ timeline, note, onFault, makeCrypto, chance: chance.stream('platform') },
    gateways: history.gateways,
    ...(bug?.platform && { bends: bug.platform }),
  });
  const network = createNetwork({
    ...{ timeline, note, chance: chance.stream('network'), onReply: watch.onReply },
    forge: createForger(makeCrypto(chance.stream('forger')), chance.stream('forging')),
    async answer(request, signal) {
      const response = await platform.answer(request, signal);
      const run = platform.findRun();
      if (response && run) await watch.checkAnswer(request, response, run);
      return response;
    },
  });
  await platform.start();
  const terminal: SimulatedTerminal = createSimulatedTerminal({
    ...{ timeline, network, note, onFault, makeCrypto, chance: chance.stream('terminal') },
    enrolmentCode: await platform.enrolmentCode(),
    onWhole: () => {
      for (const breach of checkMirror(terminal, watch)) onBreach(breach);
    },
    ...{ onCommitted: watch.onCommitted, onMirrorRemoved: watch.onMirrorRemoved, onHurt: watch.onHurt },
    onRemoved: watch.onRemoved,
    ...(bug?.terminal && { bends: bug.terminal }),
  });
  const ledger = createLedger(watch.closedJournals, onBreach);
  const cards = makeCards(chance.stream('cards'), CARDS);
  const world: World = {
    ...{ timeline, network, platform, terminal, ledger, cards },
    ...{ chance: chance.stream('visitors'), cutUntilMs: 0 },
    stick: createStick({ watch, note, chance: chance.stream('stick') }),
  };
  let drainedMs = Number.POSITIVE_INFINITY;
  try {
    terminal.start();
    for (const step of history.steps) {
      note(`STEP ${stepWords(step)}`);
      await timeline.pass(0);
      await take(world, step);
      checkTime(terminal, onBreach);
    }
    drainedMs = await letTimePass(world, note, onBreach);
    checkTime(terminal, onBreach);
    const run = platform.findRun();
    if (!run || !terminal.findRun()) onBreach({ law: 'law 5', how: 'a program does not come back' });
    else
      for (const breach of await checkLaws({ terminal, platform: run, ledger, cards, watch }))
        onBreach(breach);
  } catch (error) {
    // A program that threw where nobody catches: what came of it is no longer worth a look.
    onFault(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await terminal.end();
    await platform.end();
  }
  const traceHash = createHash('sha256').update(trace.join('\n')).digest('hex');
  return { breaches, trace, traceHash, drainedMs };
}

/** A hello that came back in ten seconds is wrong by half of that at most, and nothing else sets the clock (law 9). */
function checkTime(terminal: SimulatedTerminal, onBreach: (breach: Breach) => void): void {
  const errorMs = terminal.findTimeErrorMs();
  if (errorMs === undefined || Math.abs(errorMs) <= HELLO_BACK_MS / 2 + 1) return;
  onBreach({ law: 'law 9', how: `the time it trusts is wrong by ${errorMs} ms` });
}

async function take(world: World, step: Step): Promise<void> {
  const { timeline, chance, network, platform, terminal, ledger, cards } = world;
  switch (step.do) {
    case 'file': {
      const card = cards[step.card]!;
      const about = caseIdsOf(ledger, card);
      const parts = { crypto, chance, nowMs: timeline.nowMs() };
      const submission = makeSubmission(parts, card, step.matter, about);
      return ledger.note(submission, terminal.file(submission));
    }
    case 'file-again': {
      const { submission } = ledger.latest() ?? {};
      if (submission && terminal.hurts().database === 0) ledger.note(submission, terminal.file(submission));
      return;
    }
    case 'pass':
      return timeline.pass(step.ms);
    case 'weather':
      network.weather = step.weather;
      return;
    case 'partition':
      return cut(world, step.ms);
    case 'kill-terminal':
      return terminal.dieAs(step);
    case 'kill-platform':
      return platform.dieAt(step.atPoint, step.downMs);
    case 'restore-platform':
      await platform.restore();
      return;
    case 'handle':
      return handleCase(world);
    case 'order':
      return order(world, step.what);
    case 'set-clock':
      return terminal.setClock(step.offsetMs);
    case 'fill-disk':
      return terminal.fill(step.which, step.ms);
    case 'rotate-keys':
      return platform.rotateKeys();
    case 'stick':
      return carry(world, step.what);
  }
}

/** The cases that this person was told are kept. */
function caseIdsOf(ledger: Ledger, card: Card): readonly Uint8Array[] {
  return [...ledger.filed.values()].flatMap(({ submission, kept }) =>
    kept && submission.card === card && submission.content.kind === 'case.submitted' && submission.row
      ? [submission.row.caseId]
      : [],
  );
}

/** Somebody goes with the stick; a machine that is down is passed by. */
async function carry(world: World, what: 'fill' | 'bring' | 'read-back'): Promise<void> {
  const { stick, terminal, platform } = world;
  const [atTerminal, atPlatform] = [terminal.findRun(), platform.findRun()];
  if (what === 'bring') {
    if (atPlatform) await stick.bring(atPlatform);
  } else if (atTerminal) {
    if (what === 'fill') stick.fill(atTerminal);
    else stick.readBack(atTerminal);
  }
}

function cut(world: World, ms: number): void {
  const { timeline, network } = world;
  network.isCut = true;
  world.cutUntilMs = Math.max(world.cutUntilMs, timeline.nowMs() + ms);
  timeline.after(ms, () => {
    if (timeline.nowMs() >= world.cutUntilMs) network.isCut = false;
  });
}

/** The county orders; a platform that is down is passed by. */
async function order({ platform }: World, what: Ordered): Promise<void> {
  const run = platform.findRun();
  if (run) await orderAll(run, what);
}

/** Staff take the next step of some case. */
async function handleCase({ platform, chance }: World): Promise<void> {
  const run = platform.findRun();
  if (!run) return;
  const cases = await run.store.db
    .selectFrom('cases')
    .select(['caseId', 'status', 'actionCount'])
    .orderBy('caseId')
    .execute();
  if (cases.length === 0) return;
  const { caseId, status, actionCount } = chance.pick(cases);
  const action: StaffAction = status === 'received' ? chance.pick(['accept', 'ask-supplement']) : 'finish';
  const context = run.context();
  const outbox: Outbox = [];
  await awaitKilled(
    context.store.transaction(async (tx) => {
      const act = {
        ...{ caseId, action, words: '样例', provinceNumber: null, staffId: null, entryId: null },
        ...{ actionKey: `staff/${toHex(chance.bytes(8))}`, seenActionCount: actionCount },
      };
      await actOnCase(tx, context, act, outbox);
      await flushOutbox(tx, outbox, context.clock.wallMs());
    }),
  );
  if (run.life.alive()) ringFor(context.bell, outbox);
}

/** No more faults, no new work, nobody who touches anything: law 5. */
async function letTimePass(
  world: World,
  note: (what: string) => void,
  onBreach: (breach: Breach) => void,
): Promise<number> {
  const { timeline, network, platform, terminal } = world;
  note('FAULTS STOP');
  network.weather = CALM;
  network.isCut = false;
  world.cutUntilMs = Number.POSITIVE_INFINITY;
  platform.calm();
  terminal.calm();
  const stoppedMs = timeline.nowMs();
  const owed = () => terminal.findRun()?.engine?.status().owed;
  const isReceipted = () => owed()?.waiting === 0;
  const isReleased = () => isReceipted() && owed()?.held === 0;
  await timeline.pass(RECEIPTED_WITHIN_MS, isReceipted);
  if (!isReceipted()) {
    onBreach({ law: 'law 5', how: `after ${RECEIPTED_WITHIN_MS} ms: ${JSON.stringify(owed())}` });
  }
  const drainedMs = timeline.nowMs() - stoppedMs;
  await timeline.pass(RELEASED_WITHIN_MS, isReleased);
  if (!isReleased()) {
    onBreach({ law: 'law 5', how: `not released after ${RELEASED_WITHIN_MS} ms: ${JSON.stringify(owed())}` });
  }
  for (let waitedMs = 0; waitedMs < FED_WITHIN_MS && !(await isFed(world)); waitedMs += FED_LOOK_MS)
    await timeline.pass(FED_LOOK_MS);
  note(`DRAINED after ${drainedMs} ms`);
  return drainedMs;
}

/** Whether everything in the platform's feed has come down. */
async function isFed({ platform, terminal }: World): Promise<boolean> {
  const items = await platform.findRun()?.store.db.selectFrom('feedItems').select('itemId').execute();
  const here = terminal.database().prepare<{ item_id: Uint8Array }>('SELECT item_id FROM feed_items').all();
  const names = new Set(here.map((row) => toHex(row.item_id)));
  return items?.every(({ itemId }) => names.has(toHex(itemId))) ?? false;
}
