/** A case on its way between a village's, a town's, a department's and the county's desk, and its days meanwhile. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { addDays, isoDate } from '../../base/calendar.ts';
import { workingDaysAfter } from '../cases/working-days.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import {
  enrolTerminal,
  filedCase,
  newId,
  openProgress,
  type TestTerminal,
} from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const DAY_MS = 86_400_000;
/** Its route has every level, and its department is 农业农村. */
const MATTER = 'farmland-subsidy';
const DEPARTMENT = '330624/农业农村';

/** Three holidays soon after any day: the tests run on today's date, whatever that is. */
function calendarFrom(today: string) {
  const off = [4, 5, 6].map((days) => addDays(today, days));
  return { years: new Set<string>(), off: new Set(off), on: new Set<string>() };
}

describeOnBoth('desks of three levels', (host) => {
  const calendar = calendarFrom(isoDate(Date.now()));
  let test: TestPlatform;
  let terminal: TestTerminal;
  const desks = new Map<string, TestStaff>();

  beforeAll(async () => {
    test = await host.shared({ calendar });
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    for (const deskCode of [DONGCUN.village.code, DONGCUN.town.code, DEPARTMENT, DONGCUN.county.code]) {
      const { context } = test.platform;
      await putStaff(
        context,
        { signIn: deskCode, name: `在${deskCode}`, deskCode, password: PASSWORD },
        CHEAP,
      );
      desks.set(deskCode, await signInAs(test.platform, deskCode, PASSWORD));
    }
  }, 60_000);

  const village = () => desks.get(DONGCUN.village.code)!;
  const town = () => desks.get(DONGCUN.town.code)!;
  const department = () => desks.get(DEPARTMENT)!;
  const county = () => desks.get(DONGCUN.county.code)!;

  async function file(matter = MATTER, by = terminal) {
    const version = test.platform.context.book.find(matter)?.version ?? 1;
    const filed = filedCase(DONGCUN, { matter: [matter, version, new Uint8Array(32)] });
    expect((await by.offer([by.entry(filed.content)])).outcomes).toEqual([0]);
    return { ...filed, id: toHex(filed.caseId) };
  }

  type Filed = Awaited<ReturnType<typeof file>>;

  async function whoHas({ id }: Filed): Promise<readonly string[]> {
    const having: string[] = [];
    for (const [code, staff] of desks)
      if ((await staff.get(`/cases/${id}`)).status === 200) having.push(code);
    return having;
  }

  async function told(filed: Filed) {
    const all = [];
    for (let after: Uint8Array | undefined; ; ) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return all;
      all.push(...openProgress(filed, page.items));
      after = page.next;
    }
  }

  const rowOf = ({ caseId }: Filed) =>
    test.platform.context.store.db
      .selectFrom('cases')
      .selectAll()
      .where('caseId', '=', caseId)
      .executeTakeFirstOrThrow();

  it('hand a case up level by level and back down, each seen by one desk alone', async () => {
    const filed = await file();
    expect(await whoHas(filed)).toEqual([DONGCUN.village.code]);
    expect((await village().act(filed.id, 'accept')).status).toBe(303);
    expect((await village().act(filed.id, 'forward')).status).toBe(409);
    expect((await village().act(filed.id, 'forward', { words: '村里看过了' })).location).toBe('/');
    expect(await whoHas(filed)).toEqual([DONGCUN.town.code]);
    expect((await town().get(`/cases/${filed.id}`)).text).toContain('村里看过了');
    await town().act(filed.id, 'send-back', { words: '少一个签名' });
    expect(await whoHas(filed)).toEqual([DONGCUN.village.code]);
    await village().act(filed.id, 'forward', { words: '补好了' });
    await town().act(filed.id, 'forward', { words: '请县里审' });
    expect(await whoHas(filed)).toEqual([DEPARTMENT]);
    expect((await department().act(filed.id, 'forward', { words: '再往上' })).status).toBe(404);
    expect((await department().act(filed.id, 'finish', { words: '钱下个月到' })).status).toBe(303);
    expect((await told(filed)).map(({ status, words }) => [status, words])).toEqual([
      ['accepted', expect.stringMatching(/^村里受理了，最迟\d+月\d+日办好$/)],
      ['finished', '钱下个月到'],
    ]);
  });

  it('are to be done by the day their share comes to, each warned by its own, while the whole has its day', async () => {
    // 3 days of the town and 2 of the county.
    const filed = await file('dog-registration');
    await town().act(filed.id, 'accept');
    const now = test.clock.wallMs();
    const after = (days: number) => workingDaysAfter(calendar, now, days);
    expect(await rowOf(filed)).toMatchObject({ deskDueDate: after(3), dueDate: after(5) });
    expect((await town().get(`/cases/${filed.id}`)).text).toMatch(/本级最迟 .*全件最迟/);
    const listed = async (staff: TestStaff, show: string) =>
      (await staff.get(`/?show=${show}`)).text.includes(filed.id);
    expect([await listed(town(), 'soon'), await listed(town(), 'late')]).toEqual([false, false]);
    const { db } = test.platform.context.store;
    const levelDay = (deskDueDate: string) =>
      db.updateTable('cases').set({ deskDueDate }).where('caseId', '=', filed.caseId).execute();
    await levelDay(isoDate(now));
    expect([await listed(town(), 'soon'), await listed(town(), 'late')]).toEqual([true, false]);
    await levelDay(addDays(isoDate(now), -1));
    expect([await listed(town(), 'soon'), await listed(town(), 'late')]).toEqual([false, true]);
    // The county has the days of both: what the town took too long is taken from its own.
    await town().act(filed.id, 'forward', { words: '请县里审' });
    expect(await rowOf(filed)).toMatchObject({ deskDueDate: after(5), dueDate: after(5) });
    expect(await listed(county(), 'late')).toBe(false);
  });

  it('have the next level where nobody works at one', async () => {
    const there = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    const filed = await file(MATTER, there);
    expect((await rowOf(filed)).deskCode).toBe(JINGLING.town.code);
    // Of no department of its own: the county itself.
    const other = await file('petition');
    expect(await whoHas(other)).toEqual([DONGCUN.county.code]);
  });

  it('count days from the first acceptance, by the calendar, and not while the villager must act', async () => {
    const filed = await file();
    const days = test.platform.context.book.find(MATTER)!.time!.workingDays;
    await village().act(filed.id, 'accept');
    const accepted = await rowOf(filed);
    const plain = workingDaysAfter(calendar, accepted.acceptedMs!, days);
    expect(accepted.dueDate).toBe(plain);
    expect(plain! > workingDaysAfter({ ...calendar, off: new Set() }, accepted.acceptedMs!, days)!).toBe(
      true,
    );

    await village().act(filed.id, 'forward', { words: '请镇里看' });
    expect((await rowOf(filed)).dueDate).toBe(plain);
    await town().act(filed.id, 'ask-supplement', { words: '请带户口本' });
    expect((await rowOf(filed)).dueDate).toBeNull();
    const askedMs = test.clock.wallMs();
    const more = { schema: 1, kind: 'case.supplemented', caseId: filed.caseId, submissionId: newId() };
    test.clock.advance(9 * DAY_MS);
    await terminal.offer([terminal.entry({ ...more, words: '带来了', answers: {}, attachments: [] })]);
    const backMs = test.clock.wallMs();
    const pause = [{ fromMs: askedMs, untilMs: backMs }];
    const later = workingDaysAfter(calendar, accepted.acceptedMs!, days, pause)!;
    expect(later > plain!).toBe(true);
    expect((await rowOf(filed)).dueDate).toBe(later);
    const again = await signInAs(test.platform, DONGCUN.town.code, PASSWORD);
    desks.set(DONGCUN.town.code, again);
    await again.act(filed.id, 'accept');
    expect(await rowOf(filed)).toMatchObject({ dueDate: later, acceptedMs: accepted.acceptedMs });
    for (const [code] of desks) desks.set(code, await signInAs(test.platform, code, PASSWORD));
  });

  it('warn before a case is late, and count late and soon at the top', async () => {
    const numbers = async (staff: TestStaff) => {
      const { text } = await staff.get('/');
      return ['已超期', '快到期', '待受理'].map((words) =>
        Number(new RegExp(`${words} <b>(\\d+)</b>`).exec(text)?.[1]),
      );
    };
    const before = await numbers(village());
    const [late, soon, fine] = [await file(), await file(), await file()];
    const today = isoDate(test.clock.wallMs());
    const set = async (filed: Filed, dueDate: string) =>
      test.platform.context.store.db
        .updateTable('cases')
        .set({ dueDate })
        .where('caseId', '=', filed.caseId)
        .execute();
    await set(late, addDays(today, -9));
    await set(soon, workingDaysAfter(calendar, test.clock.wallMs(), 2)!);
    await set(fine, workingDaysAfter(calendar, test.clock.wallMs(), 3)!);
    const after = await numbers(village());
    expect(after.map((number, index) => number - before[index]!)).toEqual([1, 1, 3]);
    const { text } = await village().get('/');
    const at = [late, soon, fine].map(({ id }) => text.indexOf(id));
    expect([...at].sort((a, b) => a - b)).toEqual(at);
    expect(text).toContain('还有 2 个工作日');
    const listed = async (show: string) => (await village().get(`/?show=${show}`)).text;
    expect(await listed('late')).toContain(late.id);
    expect(await listed('soon')).toContain(soon.id);
    for (const show of ['late', 'soon']) expect(await listed(show)).not.toContain(fine.id);
    // No year stands in this calendar, and the desk says so.
    expect(text).toContain('期限先只按周末算');
  });

  it('refuse only with a reason and with what can still be done, and tell both', async () => {
    const filed = await file();
    const noRemedy = await village().act(filed.id, 'refuse', { words: '不够条件', 'remedy-words': ' ' });
    expect(noRemedy).toMatchObject({ status: 409 });
    expect(noRemedy.text).toContain('请写明还可以怎么办');
    const noReason = await village().act(filed.id, 'refuse', { 'remedy-words': '不服可以申请行政复议' });
    expect(noReason.status).toBe(409);
    const fields = { words: '不够条件', 'remedy-words': '不服可以向县人民政府申请行政复议' };
    expect((await village().act(filed.id, 'refuse', fields)).status).toBe(303);
    const [refused] = await told(filed);
    expect(refused?.words).toBe('不够条件。不服可以向县人民政府申请行政复议');
    expect(refused?.remedy).toMatchObject({ words: '不服可以向县人民政府申请行政复议' });
  });

  it('give the county back what it froze, and it hands that down again', async () => {
    const filed = await file();
    const { content } = filedCase(DONGCUN);
    const report = {
      ...{ schema: 1, kind: 'case.frozen', caseId: newId(), submissionId: newId(), lastUseMs: 1, lang: 'zh' },
      ...{
        localNumber: content.localNumber,
        slipCode: '111111',
        submitter: content.submitter,
        place: DONGCUN,
      },
      ...{ caseReplyKey: null, frozenCaseIds: [filed.caseId] },
    };
    await terminal.offer([terminal.entry(report)]);
    expect(await whoHas(filed)).toEqual([DONGCUN.county.code]);
    expect((await county().act(filed.id, 'send-back', { words: '没事' })).status).toBe(409);
    await county().act(filed.id, 'unfreeze', { words: '核对过' });
    await county().act(filed.id, 'send-back', { words: '接着办' });
    expect(await whoHas(filed)).toEqual([DEPARTMENT]);
  });

  describe('what staff did', () => {
    it('stands on the county’s page, and on no other desk’s', async () => {
      const filed = await file();
      await village().act(filed.id, 'accept');
      await town().get(`/cases/${filed.id}`);
      const { text } = await county().get('/log');
      expect(text).toContain('受理');
      expect(text).toContain(`在${DONGCUN.village.code}`);
      expect(text).toContain('没让做');
      expect(text).not.toContain('陈桂芳');
      const own = (await county().get(`/log?desk=${DONGCUN.village.code}`)).text;
      expect(own).not.toContain(`在${DONGCUN.town.code}<`);
      for (const staff of [village(), town(), department()])
        expect((await staff.get('/log')).status).toBe(404);
    });

    it('can be changed, taken away, replaced or emptied by nobody', async () => {
      const { db } = test.platform.context.store;
      for (const [table, key] of [
        ['staff_acts', 'act_no'],
        ['case_views', 'view_id'],
      ] as const) {
        const run = (text: string) => sql.raw(text).execute(db);
        const before = await run(`SELECT * FROM ${table} ORDER BY ${key}`);
        expect(before.rows.length).toBeGreaterThan(0);
        const tries = [
          `UPDATE ${table} SET at_ms = 0`,
          `DELETE FROM ${table}`,
          ...(host.kind === 'sqlite'
            ? [`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`]
            : [`TRUNCATE ${table}`, `TRUNCATE ${table} CASCADE`]),
        ];
        for (const text of tries) await expect(run(text), text).rejects.toThrow('append-only');
        expect((await run(`SELECT * FROM ${table} ORDER BY ${key}`)).rows).toEqual(before.rows);
      }
    });

    it('notes signing in, and names that were guessed at', async () => {
      await signInAs(test.platform, DONGCUN.village.code, 'wrong');
      await signInAs(test.platform, 'somebody', 'wrong');
      const rows = await test.platform.context.store.db
        .selectFrom('staffActs')
        .select(['deskCode', 'decision'])
        .where('operation', '=', 'door.sign-in')
        .orderBy('actNo', 'desc')
        .limit(2)
        .execute();
      expect(rows).toEqual([
        { deskCode: '', decision: 'refused' },
        { deskCode: DONGCUN.village.code, decision: 'refused' },
      ]);
    });
  });
});
