/** The page of roll-outs, as a maintainer works with it: over HTTP, with machines that report. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../../base/bytes.ts';
import { nodeDisk } from '../../../base/node/disk.ts';
import { encodeContent } from '../../../sync/content-coding.ts';
import { FEED_KIND, stepBackFormat } from '../../../sync/formats/feed.ts';
import { makeReportRequest } from '../../../sync/formats/report.ts';
import { sampleReport } from '../../fleet/testing/sample-report.ts';
import { offerNow } from '../../rollouts/keep-offers.ts';
import { findRollout } from '../../rollouts/rollouts.ts';
import { findStepBackTarget, signStepBackLine } from '../../rollouts/step-back.ts';
import { putSampleReleases } from '../../software/testing/sample-releases.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../../testing/test-staff.ts';
import { crypto, enrolTerminal, type TestTerminal } from '../../testing/test-terminal.ts';
import { maintainersDesk } from '../roles.ts';
import { putStaff } from '../staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of a maintainer';
const PATH = '/fleet/rollouts';

describeOnBoth('the page of roll-outs', (host) => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-rollouts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let test: TestPlatform;
  let machines: readonly TestTerminal[];
  let maintainer: TestStaff;

  beforeAll(async () => {
    putSampleReleases({ crypto, disk: nodeDisk(join(folder, 'pilot')), nowMs: Date.now() }, [
      '0.5.0',
      '0.6.0',
      '0.7.0',
    ]);
    test = await host.shared({ releases: nodeDisk(folder) });
    const enrolled: TestTerminal[] = [];
    for (const place of [DONGCUN, DONGCUN, JINGLING, JINGLING])
      enrolled.push(await enrolTerminal(await test.platform.enrolmentCode(place)));
    machines = enrolled;
    const deskCode = maintainersDesk(DONGCUN.county.code);
    const staff = { signIn: 'keeper', name: '石维护', deskCode, password: PASSWORD };
    await putStaff(test.platform.context, staff, CHEAP);
    maintainer = await signInAs(test.platform, 'keeper', PASSWORD);
    for (const index of machines.keys()) await report(index);
  }, 60_000);

  const report = (index: number, update?: { readonly version: string; readonly state: string }) =>
    machines[index]?.call(
      'reports',
      makeReportRequest(
        encodeContent(sampleReport(test.clock.wallMs(), { uptimeS: 60 + index, ...(update && { update }) })),
      ),
    );
  /** The page, once what it rests on is no longer that of a moment ago. */
  async function look(): Promise<string> {
    await offerNow(test.platform.context);
    test.clock.advance(2_500);
    return (await maintainer.get(PATH)).text;
  }
  /** A form of that page, sent with its token; answers the page that follows. */
  async function send(what: string, fields: Record<string, string>) {
    test.clock.advance(2_500);
    const { text } = await maintainer.get(PATH);
    const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return maintainer.post(`${PATH}/${what}`, { token, ...fields });
  }
  const PLAN = {
    ...{ version: '3', channel: 'pilot', pilot: '镜岭村', words: '修好了出纸', from: '01:00', to: '05:00' },
    ...{ day1: 'yes', day3: 'yes', stopPercent: '3', stopLeast: '2' },
    ...{ area0: 'pilot', percent0: '100', hold0: '48', area1: 'all', percent1: '100', hold1: '0' },
  };
  const rollout = async () => findRollout(test.platform.context.store.db);

  it('has the releases there are, and begins none without a look at what it comes to', async () => {
    const text = await look();
    expect(text).toContain('还没有发布过软件');
    for (const name of ['0.5.0', '0.6.0', '0.7.0']) expect(text).toContain(name);
    const shown = await send('begin', PLAN);
    expect(shown).toMatchObject({ status: 200 });
    expect(shown.text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).toMatch(
      /1 试点机器 2 台 到这时共 2 台 至少 2 天 2 全部机器 2 台 到这时共 4 台 最后一步/,
    );
    expect(shown.text).toContain('周一、周三 01:00–05:00');
    expect(await rollout()).toBeUndefined();
    const changed = await send('begin', { ...PLAN, sure: 'back' });
    expect(changed.text).toContain('value="修好了出纸"');
    expect(await send('begin', { ...PLAN, sure: 'yes' })).toMatchObject({ status: 303, location: PATH });
    expect(await rollout()).toMatchObject({
      plan: { version: 3, hours: { days: [1, 3], fromMinute: 60, toMinute: 300 } },
      standing: { state: 'running', stage: 0 },
    });
  });

  it('says what is wrong with a plan, and keeps what was written', async () => {
    const wrong: readonly (readonly [Record<string, string>, string])[] = [
      [{ words: ' ' }, '请写为什么发这一版'],
      [{ version: '9' }, '请选一个发布过'],
      [{ pilot: '没有村' }, '没有找到“没有村”'],
      [{ pilot: '' }, '请写哪几台试点'],
      [{ channel: 'stable' }, '只在试用库'],
      [{ from: '06:00' }, '开始要在结束以前'],
      [{ day1: '', day3: '' }, '请至少选一天'],
      [{ percent0: '0' }, '1 到 100'],
      [{ area0: '', area1: '' }, '请至少写一步'],
    ];
    const before = await rollout();
    for (const [change, words] of wrong) {
      const answer = await send('begin', { ...PLAN, ...change, sure: 'yes' });
      expect(answer.status, words).toBe(422);
      expect(answer.text).toContain(words);
      expect(answer.text).toContain('name="from" type="time"');
    }
    expect(await rollout()).toEqual(before);
  });

  it('counts each stage’s machines as they report, and says what it waits for', async () => {
    await report(2, { version: '3', state: 'committed' });
    const text = (await look()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('试点机器 2 台 ● 1 ○ 1');
    expect(text).toContain('全部机器 2 台 ，还没有到');
    expect(text).toMatch(/还要站到 \d+月\d+日 \d+:\d\d/);
    expect(text).not.toContain('一半说好');
  });

  it('pauses, goes on and hurries by whoever says why; each is on record with their name', async () => {
    const rolloutNo = String((await rollout())?.rolloutNo);
    const act = (name: string, words: string) =>
      send('act', { rollout: rolloutNo, stage: '0', act: name, words });
    expect((await act('pause', '')).text).toContain('请写为什么');
    expect((await act('pause', '等镇里看过')).status).toBe(303);
    expect(await look()).toContain('等镇里看过');
    expect((await rollout())?.standing.state).toBe('paused');
    expect((await act('pause', '再停')).text).toContain('没有做');
    expect((await act('go-on', '看过了')).status).toBe(303);
    expect((await act('stage', '县里急用')).status).toBe(303);
    expect((await rollout())?.standing).toMatchObject({ state: 'running', stage: 1 });
    const text = await look();
    for (const words of ['等镇里看过', '看过了', '县里急用', '石维护']) expect(text).toContain(words);
    const noted = await test.platform.context.store.db
      .selectFrom('staffActs')
      .select(['operation', 'subject'])
      .where('operation', '=', 'rollouts.act')
      .execute();
    expect(noted).toHaveLength(5);
    expect(noted.every(({ subject }) => subject === rolloutNo)).toBe(true);
  });

  it('leaves a pinned machine where it is, and says so', async () => {
    const machine = toHex(machines[0]!.terminalId);
    const page = `/fleet/machines/${machine}`;
    expect((await maintainer.get(page)).text).toContain('留在这一版');
    await send('pins', { machine, pinned: 'yes', words: '展厅的机器', from: 'machine' });
    expect(await look()).toContain('展厅的机器');
    expect((await maintainer.get(page)).text).toContain('展厅的机器');
    await send('pins', { machine, pinned: 'no', words: '展完了' });
    expect(await look()).toContain('没有。要哪一台');
  });

  it('says that it stopped by itself, how many failed, and where', async () => {
    await report(0, { version: '3', state: 'ill' });
    await report(1, { version: '3', state: 'crashed' });
    const page = await look();
    const text = page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('自己停的');
    expect(text).toContain('换过的 3 台里 2 台不好');
    expect(text).toContain('自检没过');
    expect(text).toContain('反复退出');
    expect(page).not.toContain('value="go-on"');
  });

  it('sends a step back once a named person signed it, and nothing else', async () => {
    const { context } = test.platform;
    const asked = await send('step-back', { from: '3', to: '2' });
    const line = /YZB1\.[\w-]+/.exec(asked.text)?.[0] ?? '';
    const target = findStepBackTarget(line);
    expect(target).toMatchObject({ fromVersion: 3, toVersion: 2, terminalId: null });
    expect((await send('step-back', { from: '2', to: '3' })).text).toContain('请从新的版本退到旧的版本');
    const seed = crypto.randomBytes(32);
    const by = { reason: '出纸坏了', atMs: test.clock.wallMs() };
    const signed = target ? signStepBackLine(crypto, seed, target, by) : '';
    // Nobody knows this key yet.
    expect((await send('step-back', { signed, line })).text).toContain('签名不对');
    context.keys.addOrderKey(crypto.signingKey(seed).publicKey, '俞局长');
    expect((await send('step-back', { signed, line })).status).toBe(303);
    const items = await context.store.db
      .selectFrom('feedItems')
      .select(['terminalId', 'content'])
      .where('kind', '=', FEED_KIND.stepBack)
      .execute();
    expect(items).toHaveLength(4);
    const sent = stepBackFormat.parse(items[0]?.content ?? new Uint8Array());
    expect(sent.ok && sent.value.value).toMatchObject({ fromVersion: 3, toVersion: 2, reason: '出纸坏了' });
    const orders = await context.store.db.selectFrom('machineOrders').select('words').execute();
    expect(orders.map(({ words }) => words)).toContain('软件从第 3 版退回第 2 版：出纸坏了（俞局长签令）');
  });

  it('tells a page that stands open that somebody paused it', async () => {
    await send('begin', { ...PLAN, sure: 'yes' });
    const { deskUrl } = test.platform;
    const stopping = new AbortController();
    const headers = { cookie: maintainer.cookie };
    const stream = await fetch(`${deskUrl}/fleet/live`, { headers, signal: stopping.signal });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const changes = { count: 0 };
    void (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        changes.count += (value ?? '').split('event: changed').length - 1;
      }
    })().catch(() => undefined);
    // What the first looks find is not what this is about.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const before = changes.count;
    const rolloutNo = String((await rollout())?.rolloutNo);
    await send('act', { rollout: rolloutNo, act: 'pause', words: '夜里停电' });
    await expect.poll(() => changes.count, { timeout: 10_000 }).toBeGreaterThan(before);
    stopping.abort();
  }, 20_000);

  it('goes on one stage, however often that is pressed', async () => {
    const [area2, hold1, percent2, hold2] = ['all', '48', '100', '0'];
    await send('begin', { ...PLAN, percent1: '10', hold1, area2, percent2, hold2, sure: 'yes' });
    const rolloutNo = String((await rollout())?.rolloutNo);
    const page = (await maintainer.get(PATH)).text;
    const stage = /name="stage" value="(\d+)"/.exec(page)?.[1] ?? '';
    const press = () => send('act', { rollout: rolloutNo, stage, act: 'stage', words: '县里急用' });
    expect((await press()).status).toBe(303);
    expect((await press()).text).toContain('没有做');
    expect((await rollout())?.standing).toMatchObject({ state: 'running', stage: 1 });
  });
});
