/** What each step of a history does to the world. */
import { toHex } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { actOnCase } from '../../platform/cases/act.ts';
import type { StaffAction } from '../../platform/cases/machine.ts';
import { flushOutbox, type Outbox, ringFor } from '../../platform/feed/outbox.ts';
import type { Chance } from './chance.ts';
import type { Timeline } from './clock.ts';
import { awaitKilled } from './death.ts';
import type { Step } from './history.ts';
import type { Ledger } from './ledger.ts';
import type { Machine } from './machine.ts';
import { type Ordered, orderAll } from './orders.ts';
import { type Card, makeSubmission } from './people.ts';
import type { SimulatedPlatform } from './platform.ts';
import type { Stick } from './stick.ts';

/** What a history happens in. */
export interface World {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly platform: SimulatedPlatform;
  /** One; two once a disk was copied. */
  readonly machines: readonly Machine[];
  readonly stick: Stick;
  readonly cards: readonly Card[];
  /** Copies the first machine's disks for another one, which goes on from there; nothing where there are two. */
  clone(): void;
  cutUntilMs: number;
  /** Machines that are not served any more when faults have stopped. */
  lockedOut: readonly Machine[];
}

/** Answers of the start-up test were checked once, here. */
const crypto = createCrypto();

/** Carries out one step. */
export async function take(world: World, step: Step): Promise<void> {
  const { timeline, chance, platform, cards } = world;
  const { terminal, ledger } = machineOf(world, step);
  switch (step.do) {
    case 'file': {
      const card = cards[step.card]!;
      const about = caseIdsOf(ledger, card);
      const parts = { crypto, chance, nowMs: timeline.nowMs() };
      const submission = makeSubmission(parts, card, step.matter, about);
      return ledger.note(submission, terminal.file(submission), terminal.dueKeyId());
    }
    case 'file-again': {
      const { submission } = ledger.latest() ?? {};
      if (submission && terminal.hurts().database === 0)
        ledger.note(submission, terminal.file(submission), terminal.dueKeyId());
      return;
    }
    case 'pass':
      return timeline.pass(step.ms);
    case 'weather':
      for (const { network } of world.machines) network.weather = step.weather;
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
      return carry(world, machineOf(world, step), step.what);
    case 'new-key':
      return terminal.changeKey();
    case 'clone':
      return world.clone();
  }
}

/** The machine a step happens to; the first where there is but one. */
function machineOf({ machines }: World, step: Step): Machine {
  const at = 'machine' in step ? (step.machine ?? 0) : 0;
  return machines[at] ?? machines[0]!;
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
export async function carry(
  { stick, platform }: World,
  { terminal, watch }: Machine,
  what: 'fill' | 'bring' | 'read-back',
): Promise<void> {
  const [atTerminal, atPlatform] = [terminal.findRun(), platform.findRun()];
  if (what === 'bring') {
    if (atPlatform) await stick.bring(atPlatform, watch);
  } else if (atTerminal) {
    if (what === 'fill') stick.fill(atTerminal);
    else stick.readBack(atTerminal, watch);
  }
}

function cut(world: World, ms: number): void {
  const { timeline, machines } = world;
  for (const { network } of machines) network.isCut = true;
  world.cutUntilMs = Math.max(world.cutUntilMs, timeline.nowMs() + ms);
  timeline.after(ms, () => {
    if (timeline.nowMs() < world.cutUntilMs) return;
    for (const { network } of world.machines) network.isCut = false;
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
