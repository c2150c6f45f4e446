/** A roll-out over real machines' feeds: who is told what, and that nothing more is told once it stands. */
import { beforeAll, expect, it } from 'vitest';
import { readContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { softwareContentSchema } from '../../sync/software-contents.ts';
import { takeReport } from '../fleet/take.ts';
import { sampleReport } from '../fleet/testing/sample-report.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { offerNow } from './keep-offers.ts';
import { type Plan, planSchema, usualPlan } from './plan.ts';
import { actOnRollout, beginRollout, findRollout, pinMachine } from './rollouts.ts';

const HOUR_MS = 3_600_000;

describeOnBoth('a roll-out', (host) => {
  let test: TestPlatform;
  let machines: readonly TestTerminal[];
  let staffId: number;
  const context = () => test.platform.context;

  beforeAll(async () => {
    test = await host.shared();
    const places = [DONGCUN, DONGCUN, JINGLING, JINGLING];
    const codes = await Promise.all(places.map((place) => test.platform.enrolmentCode(place)));
    machines = await Promise.all(codes.map((code) => enrolTerminal(code)));
    const row = await context()
      .store.db.insertInto('staff')
      .values({
        name: '石维护',
        signIn: 'keeper',
        password: '-',
        deskCode: '330624',
        disabled: 0,
      })
      .returning('staffId')
      .executeTakeFirstOrThrow();
    staffId = row.staffId;
  }, 60_000);

  const plan = (version: number, stages: Plan['stages']): Plan => ({
    ...usualPlan({ version, channel: 'pilot', pilot: [] }),
    stages,
  });
  const townThenAll = [
    { area: DONGCUN.town.code, percent: 100, holdHours: 1 },
    { area: 'all' as const, percent: 100, holdHours: 0 },
  ];
  const begin = (version: number, stages: Plan['stages'] = townThenAll) =>
    beginRollout(context(), plan(version, stages), staffId, '新版本');
  /** What each machine was told last: a release, nothing any more, or no word at all. */
  async function told(): Promise<readonly (number | null | undefined)[]> {
    await offerNow(context());
    const rows = await context()
      .store.db.selectFrom('feedItems')
      .select(['terminalId', 'content'])
      .where('kind', '=', FEED_KIND.software)
      .orderBy('position')
      .execute();
    return machines.map(({ terminalId }) => {
      const own = rows.filter((row) => Buffer.compare(row.terminalId, terminalId) === 0).at(-1);
      const read = own && readContent(softwareContentSchema, own.content);
      if (!read?.ok) return undefined;
      return read.value.kind === 'software.offer' ? read.value.version : null;
    });
  }
  const report = (index: number, version: number, state: string, crashes = 0) => {
    const terminalId = machines[index]?.terminalId ?? new Uint8Array();
    const atMs = test.clock.wallMs();
    const { counts } = sampleReport(atMs);
    const each =
      crashes > 0 ? [{ what: 'unclean-end' as const, on: null, matter: null, count: crashes }] : [];
    const update = { version: String(version), state };
    return takeReport(context(), terminalId, sampleReport(atMs, { update, counts: { ...counts, each } }));
  };

  it('begins with a town, and goes on to all once it held there', async () => {
    await begin(2);
    expect(await told()).toEqual([2, 2, undefined, undefined]);
    test.clock.advance(2 * HOUR_MS);
    // Silence proves nothing.
    expect(await told()).toEqual([2, 2, undefined, undefined]);
    await report(0, 2, 'committed');
    expect(await told()).toEqual([2, 2, 2, 2]);
    expect((await findRollout(context().store.db))?.standing).toMatchObject({ stage: 1, state: 'running' });
  });

  it('offers nothing while it is paused, and the same after', async () => {
    const rolloutNo = await begin(3, [{ area: 'all', percent: 100, holdHours: 0 }]);
    expect(await told()).toEqual([3, 3, 3, 3]);
    const by = { staffId, words: '先等等' };
    expect(await actOnRollout(context(), rolloutNo, 'pause', by)).toBe(true);
    expect(await told()).toEqual([null, null, null, null]);
    expect(await actOnRollout(context(), rolloutNo, 'pause', by)).toBe(false);
    expect(await actOnRollout(context(), rolloutNo, 'go-on', by)).toBe(true);
    expect(await told()).toEqual([3, 3, 3, 3]);
  });

  it('stops by itself when it fails, for good', async () => {
    const rolloutNo = await begin(4, [{ area: 'all', percent: 100, holdHours: 0 }]);
    await told();
    await report(0, 4, 'ill');
    expect(await told()).toEqual([4, 4, 4, 4]);
    await report(1, 4, 'crashed');
    expect(await told()).toEqual([null, null, null, null]);
    expect((await findRollout(context().store.db))?.standing.state).toBe('stopped');
    expect(await actOnRollout(context(), rolloutNo, 'go-on', { staffId, words: '' })).toBe(false);
  });

  it('stops for what fails only after a while: programs that end again and again', async () => {
    await begin(5, [{ area: 'all', percent: 100, holdHours: 0 }]);
    await told();
    for (const index of [0, 1, 2, 3]) await report(index, 5, 'committed');
    expect(await told()).toEqual([5, 5, 5, 5]);
    for (const index of [0, 1]) await report(index, 5, 'committed', 6);
    expect(await told()).toEqual([null, null, null, null]);
  });

  it('leaves a pinned machine alone, and tells nobody twice', async () => {
    const [pinned] = machines;
    if (pinned === undefined) throw new Error('no machine');
    await pinMachine(context(), { terminalId: pinned.terminalId, pinned: true, staffId, words: '展厅的' });
    await begin(6, [{ area: 'all', percent: 100, holdHours: 0 }]);
    expect(await told()).toEqual([null, 6, 6, 6]);
    const count = () =>
      context()
        .store.db.selectFrom('feedItems')
        .select('position')
        .where('kind', '=', FEED_KIND.software)
        .execute();
    const before = (await count()).length;
    await told();
    expect((await count()).length).toBe(before);
    await pinMachine(context(), { terminalId: pinned.terminalId, pinned: false, staffId, words: '' });
    expect(await told()).toEqual([6, 6, 6, 6]);
  });

  it('has plans of one form', () => {
    expect(planSchema.safeParse(usualPlan({ version: 2, channel: 'stable', pilot: [] })).success).toBe(true);
  });

  it('stays stopped where it went on by itself in the very moment in which somebody stopped it', async () => {
    const rolloutNo = await begin(40);
    const by = { staffId, words: 'halt' };
    const { db } = context().store;
    const late = (act: string, stage: number) =>
      db
        .insertInto('rolloutActs')
        .values({ rolloutNo, atMs: test.clock.wallMs(), staffId: null, act, stage, words: '' })
        .execute();
    expect(await actOnRollout(context(), rolloutNo, 'pause', by)).toBe(true);
    // Both had seen it running: the other gateway's word was written second.
    await late('stage', 1);
    expect((await findRollout(db))?.standing).toMatchObject({ state: 'paused', stage: 0 });
    expect(await actOnRollout(context(), rolloutNo, 'stop', by)).toBe(true);
    await late('stage', 1);
    await late('go-on', 0);
    expect((await findRollout(db))?.standing).toMatchObject({ state: 'stopped', stage: 0 });
    expect(await actOnRollout(context(), rolloutNo, 'go-on', by)).toBe(false);
  });
});
