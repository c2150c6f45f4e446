import { describe, expect, it, vi } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { SqlFailure } from '../../base/sql.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import { type MachineOrderContent, machineOrderAnswerSchema } from '../../sync/machine-orders.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import { watched } from '../program/source.ts';
import {
  contentOf,
  crash,
  crypto,
  idOf,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
} from '../testing/keeper-world.ts';
import { createOrderRunner, type OrderAnswer } from './order-runner.ts';
import type { MachineLock } from './order-table.ts';

const HOUR_MS = 3_600_000;
const REASON = { zh: '停电检修', en: 'Power works' };
const ORDERS = {
  restart: { schema: 1, kind: 'machine.restart', when: 'vacant' },
  restartNow: { schema: 1, kind: 'machine.restart', when: 'now' },
  restartAll: { schema: 1, kind: 'machine.restart-all', when: 'vacant' },
  selfTest: { schema: 1, kind: 'machine.self-test', paper: false },
  diagnostics: { schema: 1, kind: 'machine.diagnostics' },
  lock: { schema: 1, kind: 'machine.lock', when: 'vacant', reason: REASON },
  unlock: { schema: 1, kind: 'machine.unlock' },
} as const satisfies Record<string, MachineOrderContent>;

/** What lies on a machine's disks at one moment. */
interface Disks {
  readonly image: Uint8Array | undefined;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly mirror: ReadonlyMap<string, Uint8Array>;
}

function disksOf({ store, disk, mirrorDisk }: MemoryParts): Disks {
  return { image: store.findImage(), files: disk.files(), mirror: mirrorDisk.files() };
}

/** One run of a machine's program; what it did counts through all runs. */
interface Deeds {
  restarts: number;
  tests: number;
  bundles: number;
  /** What the launcher was asked for, and whether it is on trial, or says no. */
  asked?: string[];
  isTrial?: boolean;
  refusal?: string | undefined;
}

function run(parts: MemoryParts, deeds: Deeds, isVacant = true, work?: () => Promise<OrderAnswer>) {
  const opened = openEnrolled(parts);
  const vacant = watched(isVacant);
  const lock = watched<MachineLock | null>(opened.orders.findLock() ?? null);
  const done = async (): Promise<OrderAnswer> => ({ outcome: 'done', why: null });
  const runner = createOrderRunner({
    ...{ table: opened.orders, keeper: opened.keeper, crypto, clock: parts.clock, log: () => {}, vacant },
    ...{ nowMs: () => opened.time.nowMs(), sureMs: () => opened.sureMs(), onLock: (next) => lock.set(next) },
    deeds: {
      restart() {
        deeds.restarts += 1;
      },
      machine: {
        mustWait: () => deeds.isTrial ?? false,
        async ask(name) {
          if (deeds.refusal !== undefined) return deeds.refusal;
          deeds.asked = [...(deeds.asked ?? []), name];
          return undefined;
        },
        isTaken: (name) => deeds.asked?.includes(name) ?? false,
      },
      selfTest() {
        deeds.tests += 1;
        return (work ?? done)();
      },
      diagnose() {
        deeds.bundles += 1;
        return (work ?? done)();
      },
    },
  });
  return { opened, vacant, lock, runner };
}

/** The feed brings orders, each of an item of its own by `name`. */
function bring(
  opened: OpenedKeeper,
  orders: Readonly<Record<string, MachineOrderContent | Uint8Array>>,
  expiresMs = SAMPLE_MS + HOUR_MS,
) {
  const after = opened.port.feedCursor();
  opened.port.applyPage({
    after,
    next: concat(after, Uint8Array.of(1)),
    items: Object.entries(orders).map(([name, order]) => ({
      ...{ itemId: idOf(name), kind: FEED_KIND.machine, expires: expiresMs, caseId: null, order: null },
      content: order instanceof Uint8Array ? order : encodeContent(order),
    })),
  });
}

const answers = (opened: OpenedKeeper) =>
  parsed(offered(opened))
    .map(contentOf)
    .filter(({ kind }) => kind === 'audit.machine-order')
    .map((content) => machineOrderAnswerSchema.parse(content));
const said = (opened: OpenedKeeper) =>
  answers(opened).map(({ order, outcome, why }) => [order.replace('machine.', ''), outcome, why]);
const settle = () => new Promise((resolve) => setImmediate(resolve));
const noDeeds = (): Deeds => ({ restarts: 0, tests: 0, bundles: 0 });

describe('orders of the platform', () => {
  it('are looked at again after a look that the disk failed', async () => {
    const deeds = noDeeds();
    const { opened, runner } = run(memoryParts(), deeds, false);
    bring(opened, { a: ORDERS.selfTest });
    const { pending } = opened.orders;
    const failing = vi.spyOn(opened.orders, 'pending').mockImplementationOnce(() => {
      throw new SqlFailure({ code: 'io', detail: 'made up' });
    });
    expect(() => runner.look()).toThrow('made up');
    failing.mockImplementation(pending);
    bring(opened, { b: ORDERS.diagnostics });
    await settle();
    expect(deeds.bundles).toBe(1);
  });

  it('are done once each, in their order, and answered', async () => {
    const deeds = noDeeds();
    const { opened, lock, runner } = run(memoryParts(), deeds);
    bring(opened, { a: ORDERS.lock, b: ORDERS.selfTest, c: ORDERS.diagnostics });
    await settle();
    expect(lock.now()?.reason).toEqual(REASON);
    runner.look();
    await settle();
    expect(said(opened)).toEqual([
      ['lock', 'done', null],
      ['self-test', 'done', null],
      ['diagnostics', 'done', null],
    ]);
    expect(deeds).toEqual({ restarts: 0, tests: 1, bundles: 1 });
    bring(opened, { d: ORDERS.unlock });
    expect(lock.now()).toBeNull();
  });

  it('wait for nobody to stand there, unless they are for at once', async () => {
    const deeds = noDeeds();
    const { opened, vacant, lock } = run(memoryParts(), deeds, false);
    bring(opened, { a: ORDERS.lock, b: ORDERS.selfTest });
    await settle();
    expect([lock.now(), deeds.tests, said(opened)]).toEqual([null, 0, []]);
    vacant.set(true);
    await settle();
    expect([lock.now()?.reason, deeds.tests]).toEqual([REASON, 1]);
    vacant.set(false);
    bring(opened, { c: ORDERS.restart, d: ORDERS.restartNow });
    expect(deeds.restarts).toBe(1);
  });

  it('are not done after their end, and that is said', () => {
    const deeds = noDeeds();
    const { opened, vacant } = run(memoryParts(), deeds, false);
    bring(opened, { a: ORDERS.restart }, SAMPLE_MS + 1);
    opened.time.raiseFloor(SAMPLE_MS + 2);
    vacant.set(true);
    expect(deeds.restarts).toBe(0);
    expect(said(opened)).toEqual([['restart', 'expired', null]]);
  });

  it('are answered where nobody can read them, and a lock that was taken back meanwhile is not set', () => {
    const deeds = noDeeds();
    const { opened, vacant, lock } = run(memoryParts(), deeds, false);
    const changes: unknown[] = [];
    lock.onChange(() => changes.push(lock.now()));
    bring(opened, { a: ORDERS.lock, b: Uint8Array.of(1), c: ORDERS.unlock });
    vacant.set(true);
    expect(said(opened)).toEqual([
      ['lock', 'failed', 'superseded'],
      ['unknown', 'failed', 'unreadable'],
      ['unlock', 'done', null],
    ]);
    expect(changes).toEqual([]);
  });

  it('restart once: the run after it says that it was done', () => {
    const deeds = noDeeds();
    const parts = memoryParts();
    const first = run(parts, deeds);
    bring(first.opened, { a: ORDERS.restart });
    expect([deeds.restarts, said(first.opened)]).toEqual([1, []]);
    first.runner.look();
    first.runner.stop();
    crash(parts);
    const second = run(parts, deeds);
    expect([deeds.restarts, said(second.opened)]).toEqual([1, [['restart', 'done', null]]]);
    second.runner.stop();
    crash(parts);
    expect(said(run(parts, deeds).opened)).toEqual([['restart', 'done', null]]);
    expect(deeds.restarts).toBe(1);
  });

  it('restart the whole machine once, not in a trial, and the run after it says so', async () => {
    const deeds: Deeds = { ...noDeeds(), isTrial: true };
    const parts = memoryParts();
    const first = run(parts, deeds);
    bring(first.opened, { a: ORDERS.restartAll, b: ORDERS.selfTest });
    await settle();
    expect([deeds.asked, deeds.tests]).toEqual([undefined, 1]);
    deeds.isTrial = false;
    first.runner.look();
    bring(first.opened, { c: ORDERS.diagnostics });
    await settle();
    first.runner.look();
    // What comes now waits for the run after.
    expect([deeds.asked?.length, deeds.bundles]).toEqual([1, 0]);
    expect(said(first.opened)).toEqual([['self-test', 'done', null]]);
    first.runner.stop();
    crash(parts);
    const second = run(parts, deeds);
    await settle();
    expect([deeds.asked?.length, deeds.bundles, deeds.restarts]).toEqual([1, 1, 0]);
    expect(said(second.opened)).toContainEqual(['restart-all', 'done', null]);
  });

  it('say why the whole machine was not restarted, and that it was not where nobody heard of it', async () => {
    const deeds: Deeds = { ...noDeeds(), refusal: 'no-launcher' };
    const parts = memoryParts();
    const first = run(parts, deeds);
    bring(first.opened, { a: ORDERS.restartAll });
    await settle();
    expect(said(first.opened)).toEqual([['restart-all', 'failed', 'no-launcher']]);
    deeds.refusal = undefined;
    bring(first.opened, { b: ORDERS.restartAll });
    await settle();
    // Killed before the launcher read it.
    deeds.asked = [];
    first.runner.stop();
    crash(parts);
    expect(said(run(parts, deeds).opened)).toContainEqual(['restart-all', 'failed', 'interrupted']);
    expect(deeds.asked).toEqual([]);
  });

  it('that were broken off are not begun again, and that is said', async () => {
    const deeds = noDeeds();
    const parts = memoryParts();
    const first = run(parts, deeds, true, () => new Promise(() => {}));
    bring(first.opened, { a: ORDERS.selfTest, b: ORDERS.diagnostics });
    first.runner.stop();
    crash(parts);
    const { opened } = run(parts, deeds);
    await settle();
    expect(said(opened)).toEqual([
      ['self-test', 'failed', 'interrupted'],
      ['diagnostics', 'failed', 'interrupted'],
    ]);
    expect(deeds).toMatchObject({ tests: 1, bundles: 1 });
  });

  it('keep a lock through a restart', () => {
    const parts = memoryParts();
    const first = run(parts, noDeeds());
    bring(first.opened, { a: ORDERS.lock });
    first.runner.stop();
    crash(parts);
    expect(run(parts, noDeeds()).lock.now()?.reason).toEqual(REASON);
  });

  it('are not done again where the database was lost and its mirror has the answer', () => {
    const deeds = noDeeds();
    const parts = memoryParts();
    const first = run(parts, deeds);
    bring(first.opened, { a: ORDERS.restart });
    first.runner.stop();
    crash(parts);
    const second = run(parts, deeds);
    second.runner.stop();
    crash(parts);
    parts.store.putImage(undefined);
    const { opened } = run(parts, deeds);
    bring(opened, { a: ORDERS.restart });
    expect([deeds.restarts, said(opened)]).toEqual([1, [['restart', 'done', null]]]);
  });

  it('killed at any commit, or before any change of the mirror: nothing is done twice, and each is answered once', async () => {
    const { lock: a, selfTest: b, diagnostics: c, restartAll: d, restart: e } = ORDERS;
    const orders = { a, b, c, d, e };
    const live = async (parts: MemoryParts, deeds: Deeds) => {
      const { opened, runner } = run(parts, deeds);
      bring(opened, orders);
      await settle();
      runner.look();
      await settle();
      runner.stop();
      crash(parts);
    };
    const whole = memoryParts();
    openEnrolled(whole).close();
    const deeds = noDeeds();
    const deaths: { disk: Disks; deeds: Deeds }[] = [];
    const note = () => {
      deaths.push({ disk: disksOf(whole), deeds: { ...deeds } });
    };
    whole.store.onCommit = (when) => {
      if (when === 'after') note();
    };
    whole.mirrorDisk.onChange = () => {
      note();
      return undefined;
    };
    await live(whole, deeds);
    await live(whole, deeds);
    expect(deaths.length).toBeGreaterThan(15);
    for (const { disk, deeds: soFar } of deaths) {
      const parts = memoryParts();
      parts.store.putImage(disk.image);
      parts.disk.restore(disk.files);
      parts.mirrorDisk.restore(disk.mirror);
      const done = { ...soFar };
      // The restarts that were ordered, or others after the kill: three more lives see everything answered.
      for (let lives = 0; lives < 3; lives += 1) await live(parts, done);
      const { opened, lock, runner } = run(parts, done);
      runner.stop();
      expect(lock.now()?.reason).toEqual(REASON);
      const all = said(opened).map(([order]) => order);
      expect(all.sort()).toEqual(['diagnostics', 'lock', 'restart', 'restart-all', 'self-test']);
      const { restarts, tests, bundles, asked = [] } = done;
      expect(Math.max(restarts, tests, bundles, asked.length)).toBe(1);
      crash(parts);
    }
  });
});
