import { beforeAll, expect, it } from 'vitest';
import { civilTime, isoDate } from '../../base/calendar.ts';
import { readContent } from '../../sync/content-coding.ts';
import { noticeContentSchema } from '../../sync/feed-contents.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const HOUR_MS = 3_600_000;

describeOnBoth('notices', (host) => {
  let test: TestPlatform;
  let here: TestTerminal;
  let there: TestTerminal;
  let town: TestStaff;
  let county: TestStaff;

  beforeAll(async () => {
    test = await host.shared();
    for (const [signIn, deskCode] of [
      ['shaxi', '330624108'],
      ['county', '330624'],
    ] as const)
      await putStaff(
        test.platform.context,
        { signIn, name: `示例 ${signIn}`, deskCode, password: PASSWORD },
        CHEAP,
      );
    here = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    there = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    town = await signInAs(test.platform, 'shaxi', PASSWORD);
    county = await signInAs(test.platform, 'county', PASSWORD);
  }, 60_000);

  const momentIn = (ms: number) => {
    const at = test.clock.wallMs() + ms;
    const { hour, minute } = civilTime(at);
    return `${isoDate(at)}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  };
  const form = (title: string, change: Record<string, string> = {}) => ({
    ...{ title, body: '不要在溪边停留', issuer: '沙溪镇防汛办', phone: '8612 0000', area: '330624108' },
    ...{ until: momentIn(20 * HOUR_MS), danger: 'yes' },
    ...change,
  });

  /** Every notice item of a terminal, read. */
  async function noticesOf(terminal: TestTerminal) {
    const contents = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const page = await terminal.feed(after);
      if (page.items.length === 0) return contents;
      for (const { kind, content } of page.items) {
        const read = readContent(noticeContentSchema, content);
        if (kind === FEED_KIND.notice && read.ok) contents.push(read.value);
      }
      after = page.next;
    }
  }
  const named = async (terminal: TestTerminal, zh: string) =>
    (await noticesOf(terminal)).filter((one) => one.kind === 'notice.published' && one.title.zh === zh);

  it('go to the machines of their area alone, with issuer and expiry, and are taken back', async () => {
    expect((await town.post('/notices', form('今晚大雨'))).status).toBe(303);
    const [notice] = await named(here, '今晚大雨');
    expect(notice).toMatchObject({
      issuer: { zh: '沙溪镇防汛办', en: '沙溪镇防汛办' },
      danger: true,
      phone: '8612 0000',
    });
    expect(await named(there, '今晚大雨')).toEqual([]);
    const list = (await town.get('/notices')).text;
    expect(list).toContain('今晚大雨');
    expect(list).toContain('示例 shaxi');
    const withdraw = /name="withdraw" value="([0-9a-f]{32})"/.exec(list)![1]!;
    expect((await town.post('/notices', { withdraw })).status).toBe(303);
    expect((await noticesOf(here)).at(-1)).toMatchObject({
      kind: 'notice.withdrawn',
      noticeId: notice?.noticeId,
    });
    expect((await town.get('/notices')).text).toContain('示例 shaxi撤下');
    expect((await town.post('/notices', { withdraw })).status).toBe(422);
  });

  it('reach every machine when the county speaks, and one that comes later, as long as they stand', async () => {
    expect((await county.post('/notices', form('全县停电', { area: '330624', danger: 'no' }))).status).toBe(
      303,
    );
    for (const terminal of [here, there]) expect(await named(terminal, '全县停电')).toHaveLength(1);
    const later = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    expect(await named(later, '全县停电')).toHaveLength(1);
    expect(await named(later, '今晚大雨')).toEqual([]);
  });

  it('wake a machine that waits', async () => {
    const { next } = await here.feed();
    const waiting = here.feed(next, 20);
    await town.post('/notices', form('叫醒'));
    expect((await waiting).items.map(({ kind }) => kind)).toContain(FEED_KIND.notice);
  });

  it.each([
    ['another town', { area: '330624109' }],
    ['a village of another town', { area: '330624109200' }],
    ['all of the county', { area: '330624' }],
    ['nowhere', { area: '' }],
    ['an end that is past', { until: '2020-01-01T08:00' }],
    ['no end', { until: '' }],
    ['no issuer', { issuer: ' ' }],
    ['a title too long', { title: '长'.repeat(61) }],
    ['a phone that is none', { phone: 'call me' }],
    ['more than a year', { until: '2100-01-01T08:00' }],
  ])('a town’s desk cannot publish with %s', async (_name, change) => {
    const refused = await town.post('/notices', { ...form('不发'), ...change });
    // Another's area is as if it were not there; a bad form is told what is wrong with it.
    expect(refused.status).toBe('area' in change ? 404 : 422);
    expect(await named(here, '不发')).toEqual([]);
    expect((await town.post('/notices', { ...form('不发'), token: 'x' })).status).toBe(403);
  });

  it('are shown to the county whoever published them, and to no other desk', async () => {
    expect((await county.get('/notices')).text).toContain('今晚大雨');
    expect((await town.get('/notices')).text).not.toContain('全县停电');
  });
});
