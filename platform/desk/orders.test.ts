import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { readContent } from '../../sync/content-coding.ts';
import { matterOrderContentSchema } from '../../sync/feed-contents.ts';
import { FEED_KIND, orderFormat } from '../../sync/formats/feed.ts';
import { verifyOrder } from '../../sync/trust.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from '../testing/test-platform.ts';
import { signInAs, type TestStaff } from '../testing/test-staff.ts';
import { bent, crypto, enrolTerminal, filedCase, type TestTerminal } from '../testing/test-terminal.ts';
import { putStaff } from './staff.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const PASSWORD = 'a long password of staff';
const KEYS_PROGRAM = join(import.meta.dirname, '../keys/main.ts');

describeOnBoth('orders to machines', (host) => {
  let test: TestPlatform;
  let terminal: TestTerminal;
  let county: TestStaff;
  let page: string;

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
    terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    page = `/machines/${toHex(terminal.terminalId)}`;
    county = await signInAs(test.platform, 'county', PASSWORD);
  }, 60_000);

  const run = (...words: string[]) =>
    execFileSync(process.execPath, [KEYS_PROGRAM, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  async function itemsOf(one: TestTerminal) {
    const items = [];
    let after: Uint8Array | undefined;
    for (;;) {
      const { items: more, next } = await one.feed(after);
      if (more.length === 0) return items;
      items.push(...more);
      after = next;
    }
  }

  it('sync now and a new journal come down, and stay on record with who gave them', async () => {
    for (const order of ['sync-now', 'new-journal'])
      expect((await county.post(page, { order })).location).toBe(page);
    expect((await itemsOf(terminal)).map(({ kind }) => kind)).toEqual([
      FEED_KIND.syncNow,
      FEED_KIND.newJournal,
    ]);
    const { text } = await county.get(page);
    for (const words of ['马上同步', '另开一本台账', '示例 county']) expect(text).toContain(words);
    const { db } = test.platform.context.store;
    await expect(db.deleteFrom('machineOrders').execute()).rejects.toThrow('append-only');
  });

  it('a matter is taken out for one machine or for all, with its reason, and put back', async () => {
    const other = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    const matter = 'old-age-allowance';
    expect((await county.post(page, { order: 'matter-out', matter, reason: '' })).status).toBe(422);
    expect((await county.post(page, { order: 'matter-out', matter: 'none', reason: 'x' })).status).toBe(422);
    await county.post(page, { order: 'matter-out', matter, reason: '系统升级，下周一再办' });
    const [item] = (await itemsOf(terminal)).filter(({ kind }) => kind === FEED_KIND.matter);
    const read = readContent(matterOrderContentSchema, item!.content);
    expect(read).toMatchObject({
      value: { kind: 'matter.out', matterId: matter, reason: { zh: '系统升级，下周一再办' } },
    });
    expect(await itemsOf(other)).toEqual([]);
    await county.post(page, { order: 'matter-in', matter, scope: 'county' });
    expect((await itemsOf(other)).map(({ kind }) => kind)).toEqual([FEED_KIND.matter]);
    const later = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
    expect(
      (await itemsOf(later)).map(({ content }) => readContent(matterOrderContentSchema, content)),
    ).toMatchObject([{ value: { kind: 'matter.in' } }]);
  });

  it('are the county’s alone', async () => {
    const town = await signInAs(test.platform, 'shaxi', PASSWORD);
    expect((await town.get(page)).status).toBe(404);
    expect((await town.post(page, { order: 'revoke' })).status).toBe(404);
    expect((await county.post(page, { order: 'revoke', token: 'x' })).status).toBe(403);
    expect((await county.post(page, { order: 'anything' })).status).toBe(422);
    expect((await county.get(`/machines/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('revoking reaches whoever waits as a signed word, and everybody else as a refusal', async () => {
    const lost = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const { next } = await lost.feed();
    const waiting = lost.feed(next, 20);
    await county.post(`/machines/${toHex(lost.terminalId)}`, { order: 'revoke' });
    expect((await waiting).items.map(({ kind }) => kind)).toContain(FEED_KIND.revoked);
    expect(await lost.call('feed', undefined, '?after=&waitS=0')).toMatchObject({
      error: { problem: 'revoked' },
    });
    expect((await county.post(`/machines/${toHex(lost.terminalId)}`, { order: 'sync-now' })).status).toBe(
      422,
    );
  });

  it('a refused entry is abandoned by a named person, whose key never came near the platform', async () => {
    const good = terminal.entry(filedCase(DONGCUN).content);
    const refused = { ...good, signature: bent(good.signature) };
    expect((await terminal.offer([refused])).outcomes).toEqual([1]);
    const shown = await county.get(page);
    expect(shown.text).toContain('签名不对');
    const line = /YZO1\.[\w-]+/.exec(shown.text)![0];

    const file = join(test.folder, 'li.key');
    const { keyId, keySet } = JSON.parse(
      run('order-key', '--data', test.folder, '--holder', '李某', '--out', file),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(keyId);
    const signed = run('sign', '--key', file, '--reason', '已当面补办', line).trim();

    const spoilt = signed.slice(0, -8) + (signed.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA');
    expect((await county.post(page, { order: 'abandon', signed: spoilt })).status).toBe(422);
    expect((await county.post(page, { order: 'abandon', signed: line })).status).toBe(422);
    expect((await county.post(page, { order: 'abandon', signed })).status).toBe(303);
    expect((await county.get(page)).text).toContain('李某签令放弃第');

    const item = (await itemsOf(terminal)).find(({ kind }) => kind === FEED_KIND.abandon);
    expect((await terminal.hello([])).hello?.keySet).toBe(keySet);
    await terminal.fetchKeySets();
    const order = orderFormat.parse(item!.content);
    if (!order.ok) throw new Error('an order');
    expect(verifyOrder(crypto, terminal.trust(), order.value)).toMatchObject({ ok: true });
    expect(equalBytes(order.value.value.entryHash, good.entryHash)).toBe(true);

    run('retire-order-key', '--data', test.folder, '--id', keyId);
    expect((await county.post(page, { order: 'abandon', signed })).status).toBe(422);
    rmSync(file);
  });

  it('nothing that is held, or another machine’s, can be abandoned', async () => {
    const held = terminal.entry(filedCase(DONGCUN).content);
    const refused = { ...held, signature: bent(held.signature) };
    await terminal.offer([refused]);
    const { text } = await county.get(page);
    const line = [...text.matchAll(/YZO1\.[\w-]+/g)].at(-1)![0];
    const file = join(test.folder, 'wang.key');
    run('order-key', '--data', test.folder, '--holder', '王某', '--out', file);
    const signed = run('sign', '--key', file, '--reason', '补办了', line).trim();
    const other = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    expect(
      (await county.post(`/machines/${toHex(other.terminalId)}`, { order: 'abandon', signed })).status,
    ).toBe(422);
    expect((await terminal.offer([held])).outcomes).toEqual([0]);
    expect((await county.post(page, { order: 'abandon', signed })).status).toBe(422);
  });
});
