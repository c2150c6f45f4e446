/** Machines report over real HTTP; a maintainer sees them, and no case. */
import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest, parseReportAnswer } from '../../sync/formats/report.ts';
import { type MachineReport, MOST_REPORT_BYTES } from '../../sync/report-contents.ts';
import { maintainersDesk } from '../desk/roles.ts';
import { putStaff } from '../desk/staff.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase, type TestTerminal } from '../testing/test-terminal.ts';
import { createFleetBook } from './book.ts';
import { DEFAULT_RULES } from './rules.ts';
import { sampleReport } from './testing/sample-report.ts';
import { noteAlerts } from './watch.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of a maintainer';

describeOnBoth('the fleet', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let maintainer: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    const deskCode = maintainersDesk(DONGCUN.county.code);
    await putStaff(
      test.platform.context,
      { signIn: 'keeper', name: '石维护', deskCode, password: PASSWORD },
      CHEAP,
    );
    maintainer = await signInAs(test.platform, 'keeper', PASSWORD);
  }, 60_000);

  const report = (change: Partial<MachineReport> = {}) =>
    here.call('reports', makeReportRequest(encodeContent(sampleReport(test.clock.wallMs(), change))));
  /** A page, once what it rests on is no longer that of a moment ago. */
  async function look(path: string) {
    test.clock.advance(1_500);
    return maintainer.get(path);
  }

  it('takes a report, says when the next is wanted, and shows the machine', async () => {
    const answered = await report({ journal: { owed: 3, oldestS: 7_300 } });
    expect(answered.ok && parseReportAnswer(answered.value)).toMatchObject({
      ok: true,
      value: { everyS: 900 },
    });
    const { text } = await look('/fleet');
    expect(text).toContain(`/fleet/machines/${toHex(here.terminalId)}`);
    expect(text).toContain('3 条，最早 2 小时');
    expect(text).toContain('还没报过');
    const machine = await look(`/fleet/machines/${toHex(here.terminalId)}`);
    expect(machine.text).toContain('身份证读卡器');
    expect(machine.text).toContain('第 7 版，217 项');
  });

  it('refuses what is no report, or too much of one', async () => {
    const wrong = await here.call('reports', makeReportRequest(encodeContent({ schema: 1 })));
    expect(wrong).toMatchObject({ ok: false, error: { status: 400 } });
    const named = await report({ software: { version: '陈桂芳', hash: null } });
    expect(named).toMatchObject({ ok: false, error: { status: 400 } });
    const large = await here.call('reports', makeReportRequest(new Uint8Array(MOST_REPORT_BYTES)));
    expect(large).toMatchObject({ ok: false, error: { status: 413 } });
  });

  it('counts what grew, once, and anew where the sums begin anew', async () => {
    const counts = (countsId: string, count: number): MachineReport['counts'] => ({
      ...{ countsId, sinceMs: 0, dropped: 0 },
      each: [{ what: 'abandoned', on: 'question', matter: 'farmland-subsidy', count }],
    });
    await report({ counts: counts('1'.repeat(16), 2), uptimeS: 8_000 });
    await report({ counts: counts('1'.repeat(16), 5), uptimeS: 8_900 });
    // Held up on its way: the one after it is here.
    await report({ counts: counts('1'.repeat(16), 3), uptimeS: 8_500 });
    await report({ counts: counts('1'.repeat(16), 5), uptimeS: 9_000 });
    await report({ counts: counts('2'.repeat(16), 4), uptimeS: 9_100 });
    const rows = await test.platform.context.store.db.selectFrom('fleetCounts').selectAll().execute();
    expect(rows).toMatchObject([
      { what: 'abandoned', page: 'question', matter: 'farmland-subsidy', count: 9 },
    ]);
    const { text } = await look(`/fleet/machines/${toHex(here.terminalId)}`);
    expect(text).toContain('没办完就走');
  });

  it('shows a maintainer no case, and sends them to the machines', async () => {
    const filed = filedCase(DONGCUN);
    await here.offer([here.entry(filed.content)]);
    expect(await maintainer.get('/')).toMatchObject({ status: 303, location: '/fleet' });
    for (const path of [
      `/cases/${toHex(filed.caseId)}`,
      '/misuse',
      '/ratings',
      '/log',
      '/fetches',
      '/alarms',
      '/cash',
    ])
      expect((await maintainer.get(path)).status, path).toBe(404);
  });

  it('rings for what is wrong, until it is not; somebody says they see to it', async () => {
    await report({ disk: { freeBytes: 1, totalBytes: 64 * 2 ** 30 }, uptimeS: 20_000 });
    const rung = await ring('磁盘快满了');
    const alert = /name="alert" value="(\d+)"/.exec(rung)?.[1] ?? '';
    await maintainer.post('/fleet/alerts', { alert, words: '明天上午去换' });
    expect((await look('/fleet/alerts')).text).toContain('明天上午去换');
    await report({ uptimeS: 21_000 });
    expect(await ring('没有告警')).toContain('石维护');
  });

  it('stays readable whatever spans a machine says, and rings for it all the same', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const devices = [{ kind: 'card-reader', state: 'fault', reason: null, sinceMs: 0 }] as const;
    await report({
      ...{ atMs: most, devices: [...devices], uptimeS: most, clockTrusted: false },
      journal: { owed: 1, oldestS: most },
    });
    await ring('时间没有校准');
    const rung = await ring('条目送不出去');
    expect(rung).toContain('身份证读卡器');
    const machine = await look(`/fleet/machines/${toHex(here.terminalId)}`);
    expect(machine).toMatchObject({ status: 200 });
    await report({ bootId: '1'.repeat(32) });
    await ring('没有告警');
  });

  /** What the page of alerts says once the watch has looked. */
  async function ring(words: string): Promise<string> {
    const { context } = test.platform;
    const { alerts, nowMs } = await createFleetBook(context, DEFAULT_RULES).view();
    await noteAlerts(context, alerts, { ...DEFAULT_RULES, quiet: null }, nowMs);
    const { text } = await look('/fleet/alerts');
    expect(text).toContain(words);
    return text;
  }

  it('tells an open page that something changed', async () => {
    const { deskUrl } = test.platform;
    await report({ uptimeS: 22_000, bootId: '1'.repeat(32) });
    const stopping = new AbortController();
    const headers = { cookie: maintainer.cookie };
    const answer = await fetch(`${deskUrl}/fleet/live`, { headers, signal: stopping.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let said = '';
    while (!said.includes('event: changed')) said += (await reader.read()).value ?? '';
    stopping.abort();
    const page = await fetch(`${deskUrl}/fleet`, { headers });
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
  }, 15_000);

  it('keeps a maintainer signed in by an open page, and nobody who sees cases', async () => {
    const { context } = test.platform;
    const county = { signIn: 'county-fleet', name: '王', deskCode: DONGCUN.county.code, password: PASSWORD };
    await putStaff(context, county, CHEAP);
    const { cookie } = await signInAs(test.platform, county.signIn, PASSWORD);
    for (const [who, status] of [
      [maintainer.cookie, 200],
      [cookie, 303],
    ] as const) {
      for (let time = 0; time < 3; time += 1) {
        const { deskUrl } = test.platform;
        const headers = { cookie: who, 'x-live': '1' };
        const answer = await fetch(`${deskUrl}/fleet`, { headers, redirect: 'manual' });
        if (time === 2) expect(answer.status).toBe(status);
        test.clock.advance(20 * 60_000);
        if (who === cookie) continue;
        await report({ uptimeS: 30_000 + time, bootId: '1'.repeat(32) });
      }
    }
  });

  it('measures versions by those that run: one that all went back from rings nowhere', async () => {
    const { context } = test.platform;
    const other = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    const book = createFleetBook(context, DEFAULT_RULES);
    const says = (terminal: TestTerminal, version: string, uptimeS: number) => {
      const software = { version, hash: null };
      const said = sampleReport(test.clock.wallMs(), { software, uptimeS, bootId: '2'.repeat(32) });
      return terminal.call('reports', makeReportRequest(encodeContent(said)));
    };
    const isOld = async () => {
      test.clock.advance(1_500);
      const line = (await book.view()).find(toHex(here.terminalId));
      return line?.findings.some(({ kind }) => kind === 'software');
    };
    await says(other, 'yizhan/0.9.0', 1);
    await says(here, 'yizhan/0.5.0', 1);
    expect(await isOld()).toBe(false);
    test.clock.advance(15 * 86_400_000);
    await says(here, 'yizhan/0.5.0', 2);
    expect(await isOld()).toBe(true);
    await says(other, 'yizhan/0.5.0', 2);
    expect(await isOld()).toBe(false);
  });
});
