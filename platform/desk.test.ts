import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { addDays, isoDate } from '../base/calendar.ts';
import { putStaff } from './desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { send, signInAs, type TestStaff } from './testing/test-staff.ts';
import { enrolTerminal, filedCase, newId, openProgress, type TestTerminal } from './testing/test-terminal.ts';

/** Guesses are cheap here, so that the suite is quick. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';

describeOnBoth('the desk', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let town: TestStaff;
  let county: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    const { context } = test.platform;
    for (const [signIn, deskCode] of [
      ['shaxi', '330624108'],
      ['jingling', '330624109'],
      ['county', '330624'],
    ] as const) {
      await putStaff(context, { signIn, name: `工作人员 ${signIn}`, deskCode, password: PASSWORD }, CHEAP);
    }
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    town = await signInAs(test.platform, 'shaxi', PASSWORD);
    county = await signInAs(test.platform, 'county', PASSWORD);
  }, 60_000);

  async function file(fields: Record<string, unknown> = {}) {
    const filed = filedCase(DONGCUN, fields);
    expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
    return { ...filed, id: toHex(filed.caseId) };
  }

  async function progressOf(filed: Awaited<ReturnType<typeof file>>) {
    let after: Uint8Array | undefined;
    const told = [];
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return told;
      told.push(...openProgress(filed, page.items));
      after = page.next;
    }
  }

  it('shows a case whole: people, basis, assurance, evidence, answers by their labels, history', async () => {
    const parent = {
      ...{ name: '王秀英', number: '330699193503124021', kind: 'citizen' },
      ...{ birth: '1935-03-12', sex: '2', address: null },
    };
    const filed = await file({
      subject: parent,
      basis: 'family',
      evidence: [{ type: 'relation', question: 'relation', value: '女儿' }],
      answers: { 'unknown-question': '<script>alert(1)</script>', 'a-list': ['one', 'two'] },
    });
    const list = await town.get('/');
    expect(list.text).toContain(filed.localNumber.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3'));
    expect(list.text).not.toContain('陈桂芳');
    const { status, text } = await town.get(`/cases/${filed.id}`);
    expect(status).toBe(200);
    const shown = [
      '陈桂芳',
      '王秀英',
      '330699193503124021',
      '刷了身份证',
      '与当事人的关系',
      '女儿',
      '董村',
      '县里收到',
    ];
    for (const words of shown) expect(text).toContain(words);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    const views = await test.platform.context.store.db
      .selectFrom('caseViews')
      .selectAll()
      .where('caseId', '=', filed.caseId)
      .execute();
    expect(views).toHaveLength(1);
  });

  it('says that a case came by a code from the phone, whose it was, and who looked at it', async () => {
    const came = (checked: string) =>
      file({
        assurance: 'phone',
        evidence: [{ type: 'phone-code', issuer: '浙里办', codeId: newId(), checked }],
      });
    const here = await town.get(`/cases/${(await came('here')).id}`);
    for (const words of ['亮了手机码，没有刷身份证', '浙里办的码', '当时没网'])
      expect(here.text).toContain(words);
    const there = await town.get(`/cases/${(await came('platform')).id}`);
    expect(there.text).toContain('县里当场核过');
  });

  it('accepts, asks for a supplement, takes it, accepts again and finishes; the villager is told each', async () => {
    const filed = await file();
    expect((await town.act(filed.id, 'accept')).location).toBe(`/cases/${filed.id}`);
    expect((await town.act(filed.id, 'ask-supplement', { words: '请带户口本' })).status).toBe(303);
    const more = { schema: 1, kind: 'case.supplemented', caseId: filed.caseId, submissionId: newId() };
    const supplement = { ...more, words: '户口本带来了', answers: {}, attachments: [] };
    await terminal.offer([terminal.entry(supplement)]);
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('户口本带来了');
    await town.act(filed.id, 'accept');
    await town.act(filed.id, 'register', { provinceNumber: '330624261121000000001' });
    await town.act(filed.id, 'finish', { words: '下个月起发到社保卡' });

    const told = await progressOf(filed);
    expect(told.map((one) => one.status)).toEqual([
      'accepted',
      'supplement',
      'supplemented',
      'accepted',
      'registered',
      'finished',
    ]);
    expect(told[0]?.words).toMatch(/^镇里受理了，最迟\d+月\d+日办好$/);
    expect(told[1]?.words).toBe('请带户口本');
    expect(told.at(-1)).toMatchObject({
      words: '下个月起发到社保卡',
      provinceNumber: '330624261121000000001',
    });
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('这一件已经办结');
    expect((await town.get('/?show=closed')).text).toContain(filed.id);
  });

  it('asks whoever submitted to the counter for their card, and later says that they were seen; never why', async () => {
    const filed = await file();
    await town.act(filed.id, 'accept', { words: '请到镇便民中心核对身份', atCounter: 'wanted' });
    await town.act(filed.id, 'finish', { words: '好了', atCounter: 'seen' });
    const other = await file();
    await town.act(other.id, 'accept', { atCounter: 'lost' });
    const told = [...(await progressOf(filed)), ...(await progressOf(other))];
    expect(told.map(({ atCounter }) => atCounter)).toEqual([true, false, undefined]);
  });

  it('refuses with a reason and not without, and tells nothing where nothing is remembered', async () => {
    const filed = await file();
    const silent = await file({ caseReplyKey: null });
    expect(await town.act(filed.id, 'refuse')).toMatchObject({ status: 409 });
    expect((await town.act(filed.id, 'refuse', { words: '年龄还没到，满 80 岁再来' })).status).toBe(303);
    expect((await town.act(silent.id, 'refuse', { words: '不归这里办' })).status).toBe(303);
    expect((await progressOf(filed)).map(({ status, words }) => [status, words])).toEqual([
      ['refused', '年龄还没到，满 80 岁再来。带户口本到镇便民中心再办'],
    ]);
    expect(await progressOf(silent)).toEqual([]);
    expect((await town.act(filed.id, 'accept')).status).toBe(409);
  });

  it('does a form sent twice once, and a page grown old not at all', async () => {
    const filed = await file();
    const page = await town.get(`/cases/${filed.id}`);
    const seen = /name="seen" value="(\d+)"/.exec(page.text)![1]!;
    const twice = { action: 'accept', seen, actionKey: 'the same form' };
    expect((await town.post(`/cases/${filed.id}`, twice)).status).toBe(303);
    expect((await town.post(`/cases/${filed.id}`, twice)).status).toBe(303);
    const old = { action: 'refuse', seen, actionKey: 'another', words: '太晚了' };
    const late = await town.post(`/cases/${filed.id}`, old);
    expect(late).toMatchObject({ status: 409 });
    expect(late.text).toContain('刚才有人办了这一件');
    expect((await progressOf(filed)).map((one) => one.status)).toEqual(['accepted']);
  });

  it('is not open to another desk, and goes up to the county only where the route does', async () => {
    const local = await file();
    const other = await signInAs(test.platform, 'jingling', PASSWORD);
    for (const staff of [other, county]) {
      expect((await staff.get(`/cases/${local.id}`)).status).toBe(404);
      expect(
        (await staff.post(`/cases/${local.id}`, { action: 'accept', seen: '1', token: 'x' })).status,
      ).toBe(404);
      expect((await staff.get('/')).text).not.toContain(local.id);
    }
    const token = /name="token" value="([^"]+)"/.exec((await other.get('/')).text)![1]!;
    const stolen = await other.post(`/cases/${local.id}`, { action: 'accept', seen: '1', token });
    expect(stolen.status).toBe(404);

    const matters = test.platform.context.book;
    const goesUp = ['old-age-allowance', 'temporary-assistance', 'problem-report'].find((id) =>
      matters
        .find(id)
        ?.route.map(({ level }) => level)
        .join()
        .includes('town,county'),
    );
    expect(goesUp).toBeDefined();
    const higher = await file({ matter: [goesUp, 1, new Uint8Array(32)] });
    expect((await town.act(higher.id, 'forward', { words: '请县里审' })).location).toBe('/');
    expect((await town.get(`/cases/${higher.id}`)).status).toBe(404);
    await county.act(higher.id, 'accept');
    expect((await progressOf(higher))[0]?.words).toMatch(/^县里受理了/);
  });

  it('sends what this platform does not know to the county', async () => {
    const filed = await file({ matter: ['something-new', 3, new Uint8Array(32)] });
    expect((await town.get(`/cases/${filed.id}`)).status).toBe(404);
    expect((await county.get(`/cases/${filed.id}`)).text).toContain('本平台没有事项 something-new');
  });

  it('names no private matter in its list', async () => {
    const { matters } = { matters: test.platform.context.book };
    const assistance = matters.find('temporary-assistance')!;
    expect(assistance.private).toBe(true);
    const filed = await file({ matter: [assistance.id, assistance.version, new Uint8Array(32)] });
    const list = (await town.get('/')).text;
    expect(list).toContain(filed.id);
    expect(list).not.toContain(assistance.name.short.zh);
    expect((await town.get(`/cases/${filed.id}`)).text).toContain(assistance.name.official.zh);
  });

  it('stops a frozen case until the county has looked', async () => {
    const filed = await file();
    const caseId = newId();
    const { content } = filedCase(DONGCUN, { caseId });
    const report = {
      ...{ schema: 1, kind: 'case.frozen', caseId, submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{
        localNumber: content.localNumber,
        slipCode: '111111',
        submitter: content.submitter,
        place: DONGCUN,
      },
      ...{ caseReplyKey: null, frozenCaseIds: [filed.caseId] },
    };
    await terminal.offer([terminal.entry(report)]);
    expect((await town.get(`/cases/${filed.id}`)).status).toBe(404);
    expect((await county.get(`/cases/${toHex(caseId)}`)).text).toContain('陈桂芳');
    expect(await county.act(filed.id, 'accept')).toMatchObject({ status: 409 });
    expect((await county.act(filed.id, 'unfreeze', { words: '打电话核对过，是本人' })).status).toBe(303);
    expect((await county.act(filed.id, 'accept')).status).toBe(303);
    expect((await progressOf(filed)).map(({ status, words }) => [status, words])).toEqual([
      ['frozen', '先停下了，县里在查'],
      ['resumed', '打电话核对过，是本人'],
      ['accepted', expect.stringContaining('受理了')],
    ]);
  });

  it('shows how much time is left, late first', async () => {
    const filed = await file();
    const { db } = test.platform.context.store;
    const dueDate = addDays(isoDate(test.clock.wallMs()), -10);
    await db.updateTable('cases').set({ dueDate }).where('caseId', '=', filed.caseId).execute();
    const list = (await town.get('/')).text;
    expect(list.indexOf(filed.id)).toBe(list.indexOf('/cases/') + '/cases/'.length);
    expect(list).toMatch(/过了 \d+ 个工作日/);
  });

  it('keeps its log: a row is neither changed nor taken away', async () => {
    const filed = await file();
    const { db } = test.platform.context.store;
    const rows = db.updateTable('caseActions').set({ words: 'other' }).where('caseId', '=', filed.caseId);
    await expect(rows.execute()).rejects.toThrow('append-only');
    await expect(db.deleteFrom('caseActions').where('caseId', '=', filed.caseId).execute()).rejects.toThrow();
  });

  it('gives the county the account of each machine, codes for new ones, and alarms', async () => {
    await terminal.hello([{ ...terminal.journal, seq: terminal.journal.seq + 2 }]);
    const machines = await county.get('/machines');
    expect(machines.text).toMatch(/还欠 \d+–\d+/);
    const made = await county.post('/machines', { village: '330624108248' });
    const code = /YZ1\|[^<]+/.exec(made.text)![0];
    expect((await enrolTerminal(code)).cert?.value.place).toBe('330624108248');
    expect((await county.post('/machines', { village: '330624108999' })).status).toBe(422);
    const spare = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const revoke = toHex(spare.terminalId);
    expect((await town.post('/machines', { revoke })).status).toBe(404);
    expect((await spare.hello()).hello).toBeDefined();
    expect((await county.post('/machines', { revoke })).status).toBe(303);
    expect((await spare.hello()).trouble).toMatchObject({ status: 403, problem: 'revoked' });
    expect((await county.post('/machines', { revoke })).status).toBe(422);
    expect((await town.get('/machines')).status).toBe(404);
    expect((await town.get('/alarms')).status).toBe(404);

    await terminal.offer([terminal.entry({ schema: 1, kind: 'something.new' })]);
    const alarms = await county.get('/alarms');
    expect(alarms.text).toContain('未能立案');
    const alarm = /name="alarm" value="(\d+)"/.exec(alarms.text)![1]!;
    await county.post('/alarms', { alarm });
    expect((await county.get('/alarms')).text).toContain('看过');
  });

  describe('its door', () => {
    it('is closed to other hosts and origins, and to forms of other sites', async () => {
      const { deskUrl } = test.platform;
      const { host: own } = new URL(deskUrl);
      const cookie = town.cookie;
      expect((await send(`${deskUrl}/`, 'GET', { cookie })).status).toBe(200);
      expect((await send(`${deskUrl}/`, 'GET', { cookie, host: 'evil.example' })).status).toBe(403);
      expect(
        (await send(`${deskUrl}/`, 'GET', { cookie, host: own, origin: 'http://evil.example' })).status,
      ).toBe(403);
      const form = { name: 'shaxi', password: PASSWORD };
      expect((await send(`${deskUrl}/sign-in`, 'POST', {}, form)).status).toBe(403);
      expect((await send(`${deskUrl}/sign-in`, 'POST', { origin: 'http://evil.example' }, form)).status).toBe(
        403,
      );
      const filed = await file();
      const act = { action: 'accept', seen: '1', actionKey: 'k' };
      const path = `${deskUrl}/cases/${filed.id}`;
      expect((await send(path, 'POST', { cookie, origin: deskUrl }, act)).status).toBe(403);
      const token = { ...act, token: 'A'.repeat(32) };
      expect((await send(path, 'POST', { cookie, origin: deskUrl }, token)).status).toBe(403);
      const crossSite = { cookie, origin: deskUrl, 'sec-fetch-site': 'cross-site' };
      expect((await send(path, 'POST', crossSite, act)).status).toBe(403);
      expect(await progressOf(filed)).toEqual([]);
    });

    it('sends who is not signed in to the sign-in page, under a strict policy', async () => {
      const { deskUrl } = test.platform;
      const away = await send(`${deskUrl}/`, 'GET', {});
      expect(away).toMatchObject({ status: 303, location: '/sign-in' });
      expect(away.policy).toContain("default-src 'none'");
      expect((await send(`${deskUrl}/`, 'GET', { cookie: 'desk=AAAA' })).status).toBe(303);
      expect(town.setCookie).toMatch(/HttpOnly; SameSite=Strict/);
    });

    it('ends a session at sign-out, after idling, and for staff who left', async () => {
      const staff = await signInAs(test.platform, 'jingling', PASSWORD);
      await staff.post('/', {});
      const { text } = await staff.get('/');
      const token = /name="token" value="([^"]+)"/.exec(text)![1]!;
      const { deskUrl } = test.platform;
      await send(`${deskUrl}/sign-out`, 'POST', { cookie: staff.cookie, origin: deskUrl }, { token });
      expect((await staff.get('/')).status).toBe(303);

      const left = await signInAs(test.platform, 'jingling', PASSWORD);
      const { db } = test.platform.context.store;
      await db.updateTable('staff').set({ disabled: 1 }).where('signIn', '=', 'jingling').execute();
      expect((await left.get('/')).status).toBe(303);
      expect((await signInAs(test.platform, 'jingling', PASSWORD)).status).toBe(403);

      const idle = await signInAs(test.platform, 'county', PASSWORD);
      test.clock.advance(31 * 60_000);
      expect((await idle.get('/')).status).toBe(303);
      town = await signInAs(test.platform, 'shaxi', PASSWORD);
      county = await signInAs(test.platform, 'county', PASSWORD);
    });

    it('slows down guessing, tells no name apart, and opens again with time', async () => {
      const tries = [];
      for (let count = 0; count < 7; count += 1) tries.push(await signInAs(test.platform, 'shaxi', 'wrong'));
      expect(tries.map((one) => one.status)).toEqual([403, 403, 403, 403, 403, 429, 429]);
      expect((await signInAs(test.platform, 'shaxi', PASSWORD)).status).toBe(429);
      const stranger = await signInAs(test.platform, 'nobody', PASSWORD);
      expect(stranger.status).toBe(403);
      expect(stranger.text).toBe(tries[0]!.text);
      test.clock.advance(10 * 60_000);
      expect((await signInAs(test.platform, 'shaxi', PASSWORD)).status).toBe(303);
    });
  });
});
