/**
 * A roll-out from its start to its end among a fleet, and one that has to stop by itself: a real platform, the real
 * feed and real signed reports, machines that are made up, and time that goes as quickly as they can.
 */
import { toBase64Url, toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { invariant } from '../../base/result.ts';
import { offerNow } from '../../platform/rollouts/keep-offers.ts';
import { findRolloutView } from '../../platform/rollouts/overview.ts';
import { type Plan, usualPlan } from '../../platform/rollouts/plan.ts';
import { actOnRollout, beginRollout, findRollout, pinMachine } from '../../platform/rollouts/rollouts.ts';
import { createPlatform } from '../../platform/server.ts';
import type { DatabasePlace } from '../../platform/store/store.ts';
import { optionsIn } from '../../platform/testing/test-platform.ts';
import { readContent } from '../../sync/content-coding.ts';
import { FEED_KIND, pageFormat } from '../../sync/formats/feed.ts';
import { softwareContentSchema } from '../../sync/software-contents.ts';
import { COUNTY } from './console.ts';
import { enterTerminals } from './county.ts';
import { createReporters, inParallel, placeOfMachine, type Reporters, spread } from './reporting.ts';

/** One roll-out as it went. */
export interface RolledOut {
  readonly what: string;
  readonly stages: readonly {
    readonly name: string;
    readonly tried: number;
    readonly failed: number;
    /** Simulated time from its first offer to the next stage's, or to its end, in hours. */
    readonly hours: number;
  }[];
  readonly tried: number;
  readonly failed: number;
  readonly state: string;
  /** Of each look, in real milliseconds: of the clock, and of this process's processor time. */
  readonly lookMs: readonly number[];
  readonly lookProcessorMs: readonly number[];
}

/** What came of both, and what was not as it has to be. */
export interface RolloutsMeasured {
  readonly rolled: readonly RolledOut[];
  readonly wrong: readonly string[];
}

const HOUR_MS = 3_600_000;
const STEP_MS = HOUR_MS / 2;
/** Outside the hours in which machines change over. */
const REST_MS = 6 * HOUR_MS;
const CHINA_MS = 8 * HOUR_MS;
const AT_ONCE = 16;
/** Days after which something is wrong. */
const MOST_DAYS = 40;
/** What waits so long waits in simulated time, and is looked for by the world itself. */
const OWN_LOOK_MS = 30_000;

/** One machine in this world. */
interface MadeUp {
  readonly number: number;
  /** Minutes into the hours of change at which it changes over. */
  readonly minute: number;
  readonly isPinned: boolean;
  cursor: string;
  /** What it may install now. */
  offered: number | null;
  runs: number;
  /** Releases it tried, in order. */
  readonly tried: number[];
}

/** Rolls one release out among so many machines, 2 in 100 of which fail; then one that 20 in 100 fail. */
export async function measureRollouts(
  machines: number,
  at: { readonly folder: string; readonly database: DatabasePlace },
  say: (text: string) => void,
): Promise<RolloutsMeasured> {
  const clock = quickClock();
  const backups = { ...optionsIn(at.folder).backups, everyMs: 400 * 24 * HOUR_MS };
  const platform = await createPlatform({ ...optionsIn(at.folder), database: at.database, clock, backups });
  try {
    const world = await createWorld(platform.context, platform.gatewayUrl, clock, machines);
    say(`${machines} machines: a release that 2 in 100 fail`);
    const good = await world.rollOut('a release that 2 in 100 fail', 2, (number) => number % 50 === 13, true);
    say(`${machines} machines: a release that 20 in 100 fail`);
    const bad = await world.rollOut('a release that 20 in 100 fail', 3, (number) => number % 5 === 3, false);
    world.close();
    return { rolled: [good, bad], wrong: world.wrong };
  } finally {
    await platform.stop();
  }
}

/** Real timers for what is short; time itself is moved on by hand. */
function quickClock(): Clock & { advance(ms: number): void } {
  let aheadMs = 0;
  return {
    wallMs: () => systemClock.wallMs() + aheadMs,
    monoMs: () => systemClock.monoMs() + aheadMs,
    after: (delayMs, task) => (delayMs >= OWN_LOOK_MS ? () => {} : systemClock.after(delayMs, task)),
    advance(ms) {
      aheadMs += ms;
    },
  };
}

type Platform = Awaited<ReturnType<typeof createPlatform>>;

async function createWorld(
  context: Platform['context'],
  origin: string,
  clock: ReturnType<typeof quickClock>,
  count: number,
) {
  const crypto = createCrypto(systemRandom);
  const { store, keys } = context;
  const secret = crypto.randomBytes(32);
  await enterTerminals(store, { crypto, clock, keys }, secret, { first: 0, count });
  await spread(crypto, store, secret, count);
  const none = new Uint8Array(0);
  const facts = { origin, platformId: keys.platformId, secret, sealPublicKey: none, answerPublicKey: none };
  const reporters = createReporters(crypto, clock, facts, count);
  const machines = Array.from(
    { length: count },
    (_, number): MadeUp => ({
      ...{ number, minute: (number * 7) % 200, isPinned: number % 100 === 50 },
      ...{ cursor: '', offered: null, runs: 1, tried: [] },
    }),
  );
  const byId = new Map(machines.map((machine) => [reporters.idOf(machine.number), machine]));
  const staffId = await enterStaff(context);
  for (const { number, isPinned } of machines) {
    if (!isPinned) continue;
    const terminalId = Buffer.from(reporters.idOf(number), 'hex');
    await pinMachine(context, { terminalId, pinned: true, staffId, words: '展厅的' });
  }
  const rung = new Set<MadeUp>();
  const bell = {
    ...context.bell,
    ring(terminalId: Uint8Array) {
      const machine = byId.get(toHex(terminalId));
      if (machine) rung.add(machine);
      context.bell.ring(terminalId);
    },
  };
  const wrong: string[] = [];
  const answerKey = keys.answerKey().key.publicKey;

  /** Those who were woken read what there is. */
  async function readFeeds(): Promise<void> {
    const woken = [...rung];
    rung.clear();
    await inParallel(woken.length, AT_ONCE, (index) => readFeed(woken[index]!));
  }

  async function readFeed(machine: MadeUp): Promise<void> {
    const answer = await reporters
      .line(machine.number)
      .call('feed', { query: `?after=${machine.cursor}&waitS=0` });
    const page = pageFormat.parse(new Uint8Array(answer.body));
    invariant(
      page.ok && pageFormat.isSignedBy(crypto, page.value, answerKey),
      'a page of the feed is signed',
    );
    machine.cursor = toBase64Url(page.value.value.next);
    for (const { kind, content } of page.value.value.items) {
      if (kind !== FEED_KIND.software) continue;
      const read = readContent(softwareContentSchema, content);
      invariant(read.ok, 'what is said of the software can be read');
      machine.offered = read.value.kind === 'software.offer' ? read.value.version : null;
    }
  }

  /** Whoever may, and whose minute has come, changes over, and says what came of it. */
  async function changeOver(version: number, minute: number, fails: (number: number) => boolean) {
    const now = machines.filter(
      (one) => one.offered === version && one.minute <= minute && !one.tried.includes(version),
    );
    await inParallel(now.length, AT_ONCE, async (index) => {
      const machine = now[index]!;
      machine.tried.push(version);
      const isBad = fails(machine.number);
      if (!isBad) machine.runs = version;
      const update = { version: String(version), state: isBad ? 'ill' : 'committed' };
      await reporters.send(machine.number, { update });
    });
  }

  async function rollOut(
    what: string,
    version: number,
    fails: (number: number) => boolean,
    withPause: boolean,
  ): Promise<RolledOut> {
    const plan = planOf(version, reporters);
    const rolloutNo = await beginRollout(context, plan, staffId, what);
    const [lookMs, lookProcessorMs]: [number[], number[]] = [[], []];
    const began: number[] = [clock.wallMs()];
    const doneAt: [tried: number, failed: number][] = [];
    const triers = () => machines.filter(({ tried }) => tried.includes(version));
    const failedOf = (some: readonly MadeUp[]) => some.filter(({ number }) => fails(number)).length;
    let isPaused = false;
    const look = async () => {
      const [startMs, spent] = [performance.now(), process.cpuUsage()];
      await offerNow({ ...context, bell });
      const { user, system } = process.cpuUsage(spent);
      lookMs.push(performance.now() - startMs);
      lookProcessorMs.push((user + system) / 1_000);
      await readFeeds();
      const now = await findRollout(store.db);
      invariant(now?.rolloutNo === rolloutNo, 'it is the newest');
      while (began.length <= now.standing.stage) {
        began.push(clock.wallMs());
        doneAt.push([triers().length, failedOf(triers())]);
      }
      return now;
    };
    const endMs = clock.wallMs() + MOST_DAYS * 24 * HOUR_MS;
    let now = await look();
    while (now.standing.state === 'running' && clock.wallMs() < endMs) {
      const { minute, isIn } = into(plan, clock.wallMs());
      if (isIn) await changeOver(version, minute, fails);
      now = await look();
      if (withPause && !isPaused && now.standing.stage === plan.stages.length - 2) {
        isPaused = true;
        await pauseADay(rolloutNo, version);
        now = await look();
      }
      const isAll = now.standing.stage === plan.stages.length - 1;
      if (isAll && machines.every((one) => one.isPinned || one.tried.includes(version))) break;
      clock.advance(isIn ? STEP_MS : Math.min(REST_MS, untilNext(plan, clock.wallMs())));
    }
    doneAt.push([triers().length, failedOf(triers())]);
    began.push(clock.wallMs());
    await check(version, fails, withPause);
    return {
      ...{ what: `${count} machines, ${what}`, state: now.standing.state, lookMs, lookProcessorMs },
      ...{ tried: triers().length, failed: failedOf(triers()) },
      stages: doneAt.map(([tried, failed], stage) => ({
        name: nameOf(plan.stages[stage]!),
        tried: tried - (doneAt[stage - 1]?.[0] ?? 0),
        failed: failed - (doneAt[stage - 1]?.[1] ?? 0),
        hours: Math.round((began[stage + 1]! - began[stage]!) / HOUR_MS),
      })),
    };
  }

  /** Paused for a day and a night of change: nobody takes it meanwhile. */
  async function pauseADay(rolloutNo: number, version: number): Promise<void> {
    const by = { staffId, words: '先等等' };
    await actOnRollout(context, rolloutNo, 'pause', by);
    await offerNow({ ...context, bell });
    await readFeeds();
    const before = machines.filter(({ tried }) => tried.includes(version)).length;
    clock.advance(24 * HOUR_MS);
    await changeOver(version, 240, () => false);
    const after = machines.filter(({ tried }) => tried.includes(version)).length;
    if (after !== before) wrong.push(`${after - before} took release ${version} while it was paused`);
    await actOnRollout(context, rolloutNo, 'go-on', by);
  }

  /** Holds what the platform counts against what the machines did. */
  async function check(version: number, fails: (number: number) => boolean, isToEnd: boolean): Promise<void> {
    const rollout = await findRolloutView(context);
    invariant(rollout, 'there is a roll-out');
    const tried = machines.filter((one) => one.tried.includes(version));
    const bad = tried.filter(({ number }) => fails(number));
    const sum = (kind: keyof (typeof rollout.stages)[number]['counts']) =>
      rollout.stages.reduce((all, { counts }) => all + counts[kind], 0);
    const counted = `${sum('well') + sum('failed') + sum('crashing')} ${sum('failed')}`;
    const say = (isRight: boolean, words: string) => {
      if (!isRight) wrong.push(`release ${version}: ${words}`);
    };
    say(counted === `${tried.length} ${bad.length}`, `counted ${counted}, was ${tried.length} ${bad.length}`);
    say(!tried.some(({ isPinned }) => isPinned), 'a pinned machine took it');
    say(reporters.refused() === 0, `${reporters.refused()} reports were refused`);
    const offered = machines.filter((one) => one.offered === version);
    if (isToEnd) {
      say(rollout.standing.state === 'running', `it is ${rollout.standing.state}`);
      say(
        rollout.standing.stage === rollout.plan.stages.length - 1,
        `it stands in stage ${rollout.standing.stage}`,
      );
      say(tried.length === machines.filter(({ isPinned }) => !isPinned).length, 'somebody was left out');
    } else {
      say(rollout.standing.state === 'stopped', `it is ${rollout.standing.state}`);
      say(offered.length === 0, `${offered.length} are still offered it`);
      say(tried.length * 2 < machines.length, `${tried.length} took it before it stopped`);
    }
  }

  return { rollOut, wrong, close: () => reporters.close() };
}

async function enterStaff({ store }: Platform['context']): Promise<number> {
  const { staffId } = await store.db
    .insertInto('staff')
    .values({ name: '石维护', signIn: 'keeper', password: '-', deskCode: COUNTY.code, disabled: 0 })
    .returning('staffId')
    .executeTakeFirstOrThrow();
  return staffId;
}

const PILOT = 20;

/** Pilot, a village, its town, half the county, all; a day each. */
function planOf(version: number, reporters: Reporters): Plan {
  const place = placeOfMachine(0);
  invariant(place, 'the first village is known');
  const pilot = Array.from({ length: PILOT }, (_, number) => reporters.idOf(number));
  const day = { percent: 100, holdHours: 24 };
  return {
    ...usualPlan({ version, channel: 'stable', pilot }),
    stages: [
      { area: 'pilot', ...day },
      { area: place.village.code, ...day },
      { area: place.town.code, ...day },
      { area: COUNTY.code, percent: 50, holdHours: 24 },
      { area: 'all', percent: 100, holdHours: 0 },
    ],
    // So few that a small stage's chance stops nothing where 2 in 100 fail.
    stop: { percent: 5, least: 10 },
  };
}

function nameOf({ area, percent }: Plan['stages'][number]): string {
  return `${area}, ${percent} %`;
}

/** Whether machines change over now, and how many minutes into it this is. */
function into({ hours }: Plan, nowMs: number) {
  const china = new Date(nowMs + CHINA_MS);
  const minute = china.getUTCHours() * 60 + china.getUTCMinutes();
  const isIn =
    hours.days.includes(china.getUTCDay() || 7) && minute >= hours.fromMinute && minute < hours.toMinute;
  return { isIn, minute: minute - hours.fromMinute };
}

/** Until the next half hour at which machines may change over. */
function untilNext(plan: Plan, nowMs: number): number {
  const first = STEP_MS - (nowMs % STEP_MS);
  for (let waitMs = first; waitMs < 8 * 24 * HOUR_MS; waitMs += STEP_MS) {
    if (into(plan, nowMs + waitMs).isIn) return waitMs;
  }
  throw new Error('broken invariant: every week has hours of change');
}
