import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { addDays, isoDate } from '../base/calendar.ts';
import { workingDaysAfter } from './cases/working-days.ts';
import { putStaff } from './desk/staff.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { signInAs, type TestStaff } from './testing/test-staff.ts';
import { enrolTerminal, filedCase, newId, openProgress, type TestTerminal } from './testing/test-terminal.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';

describeOnBoth('after filing', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let town: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    const { context } = test.platform;
    const staff = { signIn: 'shaxi-after', name: '工作人员', deskCode: '330624108', password: PASSWORD };
    await putStaff(context, staff, CHEAP);
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    town = await signInAs(test.platform, 'shaxi-after', PASSWORD);
  }, 60_000);

  async function file(fields: Record<string, unknown> = {}) {
    const filed = filedCase(DONGCUN, {
      matter: ['village-banquet', 1, new Uint8Array(32)],
      answers: { tables: 12, phone: '13800138000' },
      ...fields,
    });
    expect((await terminal.offer([terminal.entry(filed.content)])).outcomes).toEqual([0]);
    return { ...filed, id: toHex(filed.caseId) };
  }

  type Filed = Awaited<ReturnType<typeof file>>;

  async function progressOf(filed: Filed) {
    let after: Uint8Array | undefined;
    const told = [];
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return told;
      told.push(...openProgress(filed, page.items));
      after = page.next;
    }
  }

  async function offer(filed: Filed, kind: string, fields: Record<string, unknown> = {}) {
    const content = { schema: 1, kind, caseId: filed.caseId, submissionId: newId(), ...fields };
    expect((await terminal.offer([terminal.entry(content)])).outcomes).toEqual([0]);
  }

  const alarms = async () =>
    (await test.platform.context.store.db.selectFrom('alarms').selectAll().execute()).length;
  const refusal = { words: '场地不符合', 'remedy-words': '可以向县政府申请复议', 'remedy-by': '2030-01-31' };

  it('asks by the matter’s own names, with a last day by working days, and in words that say the same', async () => {
    const filed = await file();
    const { text } = await town.get(`/cases/${filed.id}`);
    expect(text).toContain('name="ask-question-tables"');
    expect(text).not.toContain('name="ask-question-unknown"');
    const asked = {
      'ask-question-tables': 'on',
      'ask-question-phone': 'on',
      'ask-question-unknown': 'on',
      'ask-days': '5',
      words: '桌数和电话对不上',
    };
    expect((await town.act(filed.id, 'ask-supplement', asked)).status).toBe(303);
    const { calendar, clock } = test.platform.context;
    const by = workingDaysAfter(calendar, clock.wallMs(), 5) ?? '';
    const [told] = await progressOf(filed);
    expect(told).toMatchObject({ status: 'supplement', ask: { by, note: '桌数和电话对不上' } });
    expect(told?.ask?.items.map(({ of, id }) => [of, id])).toEqual([
      ['question', 'tables'],
      ['question', 'phone'],
    ]);
    const [, month, day] = by.split('-');
    expect(told?.words).toMatch(
      new RegExp(`^请补：.+、.+。桌数和电话对不上。最迟${Number(month)}月${Number(day)}日$`),
    );
  });

  it('refuses an ask that asks for nothing, and days that cannot be', async () => {
    const filed = await file();
    expect((await town.act(filed.id, 'ask-supplement', { 'ask-days': '5' })).status).toBe(409);
    for (const days of ['0', '-1', '1e3', '999', '']) {
      const one = await file();
      await town.act(one.id, 'ask-supplement', { 'ask-question-tables': 'on', 'ask-days': days });
      expect((await progressOf(one))[0]?.ask?.by).toBeNull();
    }
  });

  it('shows what was supplied beside what was there, and says what nobody asked for', async () => {
    const filed = await file();
    await town.act(filed.id, 'ask-supplement', { 'ask-question-tables': 'on' });
    const [asked] = await progressOf(filed);
    const answers = { tables: 7, where: 'home', 'material-other': 'x' };
    await offer(filed, 'case.supplemented', { words: null, askedMs: asked?.atMs, answers, attachments: [] });
    const { text } = await town.get(`/cases/${filed.id}`);
    const supplied = text.slice(text.indexOf('补的材料</h2>'));
    expect(supplied).toMatch(/补的<\/b> 7 桌<br><span class="aside">原来<\/span> 12 桌/);
    expect(supplied.match(/没有要求补这一项/g)).toHaveLength(2);
    expect((await progressOf(filed)).at(-1)).toMatchObject({ status: 'supplemented' });
  });

  it('says at the desk when the last day of an ask has passed, and not a day before', async () => {
    const filed = await file();
    await town.act(filed.id, 'ask-supplement', { 'ask-question-tables': 'on', 'ask-days': '5' });
    const listed = async () => (await town.get('/?show=ask-late')).text.includes(filed.id);
    const { context } = test.platform;
    const { askBy } = await context.store.db
      .selectFrom('cases')
      .select('askBy')
      .where('caseId', '=', filed.caseId)
      .executeTakeFirstOrThrow();
    expect(askBy).toBe(workingDaysAfter(context.calendar, context.clock.wallMs(), 5));
    expect(await listed()).toBe(false);
    const today = isoDate(context.clock.wallMs());
    const lastDay = (day: string) =>
      context.store.db.updateTable('cases').set({ askBy: day }).where('caseId', '=', filed.caseId).execute();
    await lastDay(today);
    expect(await listed()).toBe(false);
    await lastDay(addDays(today, -1));
    expect(await listed()).toBe(true);
    expect((await town.get(`/cases/${filed.id}`)).text).toMatch(/补，已经过了/);
    // What comes after it all the same is taken as what was asked for; the desk decides.
    await offer(filed, 'case.supplemented', { words: null, answers: { tables: 3 }, attachments: [] });
    expect(await listed()).toBe(false);
    expect((await progressOf(filed)).at(-1)).toMatchObject({ status: 'supplemented' });
  });

  it('attaches what nobody asked for, says so, and leaves the case where it is', async () => {
    const statusOf = async (filed: Filed) =>
      (
        await test.platform.context.store.db
          .selectFrom('cases')
          .select('status')
          .where('caseId', '=', filed.caseId)
          .executeTakeFirstOrThrow()
      ).status;
    const supplied = (tables: number, askedMs?: number) => ({
      ...{ words: null, answers: { tables }, attachments: [] },
      ...(askedMs === undefined ? {} : { askedMs }),
    });
    const filed = await file();
    await town.act(filed.id, 'accept');
    await offer(filed, 'case.supplemented', supplied(4));
    expect(await statusOf(filed)).toBe('accepted');
    expect((await progressOf(filed)).at(-1)).toMatchObject({
      ...{ status: 'accepted', words: '补的材料收到了，附在后面，进度不变' },
    });
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('没有要求补，附在后面');
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('4 桌');

    // The same ask answered twice: the second one answers no ask that stands.
    const ask = { 'ask-question-tables': 'on' };
    await town.act(filed.id, 'ask-supplement', ask);
    const first = (await progressOf(filed)).at(-1)?.atMs;
    await offer(filed, 'case.supplemented', supplied(5, first));
    test.clock.advance(1_000);
    await town.act(filed.id, 'ask-supplement', ask);
    await offer(filed, 'case.supplemented', supplied(6, first));
    expect(await statusOf(filed)).toBe('supplement');
    // Nothing is told that would stand as another ask.
    expect((await progressOf(filed)).at(-1)).toMatchObject({ status: 'supplement', ask: { by: null } });
    await offer(filed, 'case.supplemented', supplied(7, (await progressOf(filed)).at(-1)?.atMs));
    expect(await statusOf(filed)).toBe('supplemented');
  });

  it('lets the decision stand where a withdrawal or a supplement came later, tells its person, and rings nobody', async () => {
    const before = await alarms();
    const finished = await file();
    await town.act(finished.id, 'accept');
    await town.act(finished.id, 'finish');
    await offer(finished, 'case.withdrawn', { words: null });
    expect((await progressOf(finished)).at(-1)).toMatchObject({
      status: 'finished',
      words: '撤回晚了一步：送到时这一件已经办好了',
    });

    const refused = await file();
    await town.act(refused.id, 'ask-supplement', { 'ask-question-tables': 'on' });
    const [asked] = await progressOf(refused);
    expect((await town.act(refused.id, 'refuse', refusal)).status).toBe(303);
    await offer(refused, 'case.supplemented', {
      words: null,
      askedMs: asked?.atMs,
      answers: { tables: 3 },
      attachments: [],
    });
    const told = await progressOf(refused);
    expect(told.at(-2)).toMatchObject({
      status: 'refused',
      words: '场地不符合。可以向县政府申请复议。最迟1月31日',
      remedy: { words: '可以向县政府申请复议', by: '2030-01-31' },
    });
    expect(told.at(-1)).toMatchObject({
      status: 'refused',
      words: '补的材料晚了一步：送到时已经决定不予办理',
    });
    const { text } = await town.get(`/cases/${refused.id}`);
    expect(text).toContain('村民补的材料晚到了，决定不变');
    expect(text).toContain('3 桌');
    expect(await alarms()).toBe(before);
  });

  it('ends a case that was taken back first, whatever a desk still means to do', async () => {
    const filed = await file();
    await town.act(filed.id, 'accept');
    await offer(filed, 'case.withdrawn', { words: null });
    expect((await town.act(filed.id, 'finish')).status).toBe(409);
    expect((await town.act(filed.id, 'refuse', refusal)).status).toBe(409);
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('村民撤回');
    await offer(filed, 'case.withdrawn', { words: null });
    expect((await progressOf(filed)).map(({ status, words }) => [status, words]).slice(-2)).toEqual([
      ['withdrawn', '已经撤回'],
      ['withdrawn', '撤回晚了一步：送到时这一件已经撤回了'],
    ]);
  });

  it('says where a result is, and records that it was taken', async () => {
    const filed = await file();
    await town.act(filed.id, 'accept');
    const where = { words: '登记表盖好章了', 'result-how': 'collect', 'result-where': '3 号窗口' };
    await town.act(filed.id, 'finish', where);
    expect((await progressOf(filed)).at(-1)).toMatchObject({
      words: '登记表盖好章了。带身份证到3 号窗口来取',
      result: { how: 'collect', where: '3 号窗口', matterId: null },
    });
    await offer(filed, 'case.collected', { how: 'card' });
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('村民取走了结果');

    const odd = await file();
    await offer(odd, 'case.collected', { how: 'card' });
    const body = await test.platform.context.store.db
      .selectFrom('bodies')
      .select(['filing', 'oddity'])
      .orderBy('heldOrder', 'desc')
      .executeTakeFirstOrThrow();
    expect(body).toEqual({ filing: 'unfiled', oddity: 'collect: not-now' });
  });

  it('holds a case whose card is in doubt until somebody has seen its holder, and lets it be refused', async () => {
    const filed = await file();
    await town.act(filed.id, 'accept', { atCounter: 'wanted' });
    expect((await town.get(`/cases/${filed.id}`)).text).toContain('要本人到便民中心核对');
    expect(await town.act(filed.id, 'finish')).toMatchObject({ status: 409 });
    expect(await town.act(filed.id, 'finish', { atCounter: 'wanted' })).toMatchObject({ status: 409 });
    await town.act(filed.id, 'ask-supplement', { 'ask-question-tables': 'on' });
    await offer(filed, 'case.supplemented', { words: null, answers: { tables: 3 }, attachments: [] });
    await town.act(filed.id, 'accept');
    expect(await town.act(filed.id, 'finish')).toMatchObject({ status: 409 });
    expect((await town.act(filed.id, 'finish', { atCounter: 'seen' })).status).toBe(303);
    expect((await progressOf(filed)).at(-1)).toMatchObject({ status: 'finished', atCounter: false });

    const dead = await file();
    await town.act(dead.id, 'accept', { atCounter: 'wanted' });
    expect((await town.act(dead.id, 'refuse', refusal)).status).toBe(303);
  });

  it('closes what was handed in twice by the number of the case that goes on', async () => {
    const filed = await file();
    const number = '330624260610000000001';
    expect((await town.act(filed.id, 'refuse', { 'remedy-words': '', 'duplicate-of': number })).status).toBe(
      303,
    );
    expect(await progressOf(filed)).toMatchObject([
      {
        status: 'refused',
        words: `同一件事已经在办，这一件不再重办。按编号 ${number} 那一件办，不用再交`,
        duplicate: { number },
      },
    ]);
  });

  it('prints a result with a matter of the catalog that prints, and with no other', async () => {
    const printing = test.platform.context.book.all().find(({ certificate }) => certificate !== undefined);
    for (const [wish, matterId] of [
      [`print/${printing?.id}`, printing?.id],
      ['print/village-banquet', undefined],
      ['elsewhere', undefined],
    ] as const) {
      const filed = await file();
      await town.act(filed.id, 'accept');
      await town.act(filed.id, 'finish', { 'result-how': wish });
      expect((await progressOf(filed)).at(-1)?.result?.matterId).toBe(matterId);
    }
  });

  it('keeps the day of a case that waits for its person out of the list’s due days, and counts again afterwards', async () => {
    const filed = await file();
    await town.act(filed.id, 'accept');
    const dueOf = async () =>
      (
        await test.platform.context.store.db
          .selectFrom('cases')
          .select('dueDate')
          .where('caseId', '=', filed.caseId)
          .executeTakeFirstOrThrow()
      ).dueDate;
    const due = await dueOf();
    await town.act(filed.id, 'ask-supplement', { 'ask-question-tables': 'on' });
    expect(await dueOf()).toBeNull();
    await offer(filed, 'case.supplemented', { words: null, answers: { tables: 3 }, attachments: [] });
    expect((await dueOf()) ?? '').toBeTruthy();
    expect(isoDate(test.platform.context.clock.wallMs()) <= ((await dueOf()) ?? '')).toBe(true);
    expect(due).not.toBeNull();
  });
});
