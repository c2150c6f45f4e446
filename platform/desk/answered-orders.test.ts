import { beforeAll, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { encodeContent, readContent } from '../../sync/content-coding.ts';
import { FEED_KIND } from '../../sync/formats/feed.ts';
import { machineOrderContentSchema } from '../../sync/machine-orders.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { enrolTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { readAnswered } from './answered-orders.ts';
import { putStaff } from './staff.ts';

const PASSWORD = 'a long password of staff';
const HOUR_MS = 3_600_000;

describeOnBoth('orders that a machine answers', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let county: TestStaff;
  let page: string;

  beforeAll(async () => {
    test = await host.shared();
    const member = { signIn: 'county', name: '示例 县', deskCode: '330624', password: PASSWORD };
    await putStaff(test.platform.context, member, { N: 2 ** 10, r: 8, p: 1 });
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    page = `/machines/${toHex(terminal.terminalId)}`;
    county = await signInAs(test.platform, 'county', PASSWORD);
  }, 60_000);

  const answer = (orderId: Uint8Array, change: object = {}) =>
    encodeContent({
      ...{
        schema: 1,
        kind: 'audit.machine-order',
        orderId,
        order: 'machine.restart',
        outcome: 'done',
        why: null,
      },
      ...change,
    });
  /** The newest line of what was ordered. */
  const line = async () => {
    const { text } = await county.get(page);
    return /<tbody>.*?<\/tr>/s.exec(text.slice(text.indexOf('下过的令')))?.[0] ?? '';
  };
  let after: Uint8Array | undefined;
  const news = async () => {
    const { items, next } = await terminal.feed(after);
    after = next;
    return items;
  };

  it('come down with their end, and say what the machine made of them; its first word stands', async () => {
    await county.post(page, { order: 'restart', when: 'now', hours: '1' });
    const [item] = await news();
    expect(item).toMatchObject({ kind: FEED_KIND.machine });
    expect(item!.expires! - test.clock.wallMs()).toBeLessThanOrEqual(HOUR_MS);
    expect(item!.expires! - test.clock.wallMs()).toBeGreaterThan(HOUR_MS - 60_000);
    expect(readContent(machineOrderContentSchema, item!.content)).toMatchObject({
      value: { kind: 'machine.restart', when: 'now' },
    });
    expect(await line()).toContain('等机器做');
    const said = [
      answer(item!.itemId),
      answer(item!.itemId, { outcome: 'failed', why: 'interrupted' }),
      answer(new Uint8Array(16)),
    ];
    for (const content of said)
      expect((await terminal.offer([terminal.entry(content)])).outcomes).toEqual([0]);
    expect(await line()).toContain('做了');
  });

  it('show the report of a self-test, and why an order was not done', async () => {
    await county.post(page, { order: 'self-test', paper: 'yes' });
    const [item] = await news();
    const results = [{ device: 'slip-printer', passed: false, state: 'fault', reason: 'paper-out' }];
    const report = { atMs: 1, software: 'yizhan/9', clockTrusted: true, freeBytes: null, owed: 3, results };
    await terminal.offer([terminal.entry(answer(item!.itemId, { report }))]);
    for (const words of ['1 台不好', '回执打印机', '故障（paper-out）', 'yizhan/9'])
      expect((await county.get(page)).text).toContain(words);
    await county.post(page, { order: 'diagnostics' });
    const [other] = await news();
    await terminal.offer([terminal.entry(answer(other!.itemId, { outcome: 'failed', why: 'interrupted' }))]);
    expect(await line()).toContain('做到一半断了');
  });

  it('that end before they are read never come down, and the page says so', async () => {
    await county.post(page, { order: 'lock', reason: '停电', hours: '1' });
    test.clock.advance(HOUR_MS + 1);
    // A day's session is over by now only if it is shorter than this.
    county = await signInAs(test.platform, 'county', PASSWORD);
    expect(await news()).toEqual([]);
    expect(await line()).toContain('过期了，机器没有回话');
  });

  it('need a reason where villagers read it, and stay on record', async () => {
    expect((await county.post(page, { order: 'lock', reason: ' ' })).status).toBe(422);
    const { db } = test.platform.context.store;
    await expect(db.deleteFrom('orderAnswers').execute()).rejects.toThrow('append-only');
    await expect(db.updateTable('orderItems').set({ expiresMs: 0 }).execute()).rejects.toThrow('append-only');
  });
});

it('restart the terminal’s program, or all of the machine, as the form says', () => {
  const kindOf = (form: Record<string, string>) => {
    const order = readAnswered('restart', form);
    return typeof order === 'object' && order.order === 'answered' ? order.content.kind : order;
  };
  expect(kindOf({ when: 'now' })).toBe('machine.restart');
  expect(kindOf({ what: 'terminal' })).toBe('machine.restart');
  expect(kindOf({ what: 'all' })).toBe('machine.restart-all');
});
