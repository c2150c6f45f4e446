import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { addDays, isoDate } from '../../base/calendar.ts';
import { dayInWords } from '../cases/words.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, filedCase, openProgress, type TestTerminal } from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const PASSWORD = 'a long password of staff';

describeOnBoth('a day settled with somebody', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let desk: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    const staff = { signIn: 'meets', name: '调解员', deskCode: DONGCUN.town.code, password: PASSWORD };
    await putStaff(test.platform.context, staff, { N: 2 ** 10, r: 8, p: 1 });
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    desk = await signInAs(test.platform, 'meets', PASSWORD);
  }, 60_000);

  async function filed(matterId: string) {
    const { version } = test.platform.context.book.find(matterId)!;
    const made = filedCase(DONGCUN, { matter: [matterId, version, new Uint8Array(32)] });
    expect((await here.offer([here.entry(made.content)])).outcomes).toEqual([0]);
    return made;
  }

  async function meets({ caseId }: { readonly caseId: Uint8Array }, fields: Record<string, string>) {
    const path = `/cases/${toHex(caseId)}`;
    const { text } = await desk.get(path);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
    const known = { token: field('token'), seen: field('seen'), actionKey: crypto.randomUUID() };
    const answer = await desk.post(path, { ...known, action: 'meet', ...fields });
    return { status: answer.status, offered: text.includes('约时间') };
  }

  const told = async (one: Awaited<ReturnType<typeof filed>>) =>
    openProgress(one, (await here.feed()).items).map(({ status, words }) => `${status}: ${words}`);

  it('is told as an appointment with its hour and place, and so is another day; the days run on', async () => {
    const mediation = await filed('mediation');
    const day = addDays(isoDate(test.clock.wallMs()), 3);
    const at = { 'meet-day': day, 'meet-from': '14:30', 'meet-where': '沙溪镇司法所' };
    expect(await meets(mediation, { ...at, words: '带上协议。' })).toEqual({ status: 303, offered: true });
    const later = addDays(day, 4);
    expect((await meets(mediation, { ...at, 'meet-day': later })).status).toBe(303);
    expect(await told(mediation)).toEqual([
      `booked: 约好了：${dayInWords(day)} 14:30，沙溪镇司法所。带上协议。`,
      `booked: 约好了：${dayInWords(later)} 14:30，沙溪镇司法所`,
    ]);
    const row = await test.platform.context.store.db
      .selectFrom('cases')
      .selectAll()
      .where('caseId', '=', mediation.caseId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: 'accepted', dueDate: expect.any(String) });
  });

  it('is neither over nor without hour and place, and of no other matter', async () => {
    const mediation = await filed('mediation');
    const today = isoDate(test.clock.wallMs());
    const at = { 'meet-day': addDays(today, 1), 'meet-from': '09:00', 'meet-where': '村委会' };
    for (const wrong of [
      { 'meet-day': addDays(today, -1) },
      { 'meet-day': 'soon' },
      { 'meet-from': '25:00' },
      { 'meet-where': ' ' },
    ])
      expect((await meets(mediation, { ...at, ...wrong })).status).toBe(409);
    expect(await told(mediation)).toEqual([]);
    expect(await meets(await filed('senior-card'), at)).toEqual({ status: 409, offered: false });
  });
});
