import { expect, it } from 'vitest';
import { certFormat } from '../sync/formats/key-set.ts';
import { makeHelloRequest, makeNewKeyRequest } from '../sync/formats/messages.ts';
import { verifyCert } from '../sync/trust.ts';
import { sendAs } from './testing/send-as.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { crypto, enrolTerminal, newId, type TestTerminal } from './testing/test-terminal.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });
const newKey = () => crypto.signingKey(crypto.randomBytes(32));

/** A new key of a terminal's own (journal.md part 3, "New terminal key"). */
describeOnBoth('a new terminal key', (host) => {
  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = await host.shared();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    await terminal.hello();
    return { test, terminal };
  }

  async function certify(terminal: TestTerminal, next = newKey()) {
    const answered = await terminal.call('newKey', makeNewKeyRequest(next, terminal.terminalId));
    const cert = answered.ok ? certFormat.parse(answered.value) : undefined;
    if (!cert?.ok) throw new Error('no certificate');
    expect(verifyCert(crypto, terminal.trust().keySet, cert.value)).toMatchObject({
      ok: true,
      value: { terminalId: terminal.terminalId, publicKey: next.publicKey },
    });
    return next;
  }

  it('leaves the old one in use until it signs a request itself', async () => {
    const { test, terminal } = await begin();
    await certify(terminal);
    expect((await terminal.hello()).hello).toBeDefined();
    expect((await terminal.offer([terminal.entry(note('by the old'))])).outcomes).toEqual([0]);
    expect(await alarmsOf(test, terminal)).toEqual([]);
  });

  it('takes the place of the old one, which then asks for nothing any more and rings', async () => {
    const { test, terminal } = await begin();
    const old = terminal.key;
    const next = await certify(terminal);
    terminal.reboot();
    terminal.changeKey(next);
    expect((await terminal.hello()).hello).toBeDefined();
    expect((await terminal.offer([terminal.entry(note('by the new'))])).outcomes).toEqual([0]);

    terminal.reboot();
    terminal.changeKey(old);
    expect((await terminal.hello()).trouble).toMatchObject({ status: 401, problem: 'unknown-terminal' });
    const lateKey = await terminal.call('newKey', makeNewKeyRequest(newKey(), terminal.terminalId));
    expect(lateKey).toMatchObject({ error: { status: 401, problem: 'unknown-terminal' } });
    expect(await alarmsOf(test, terminal)).toEqual(['old-key']);

    terminal.changeKey(next);
    const asked = makeNewKeyRequest(old, terminal.terminalId);
    expect(await terminal.call('newKey', asked)).toMatchObject({ error: { status: 401 } });
    expect((await terminal.hello()).hello).toBeDefined();
  });

  it('verifies nothing less of what the old one signed', async () => {
    const { terminal } = await begin();
    const owed = [terminal.entry(note('one')), terminal.entry(note('two'))];
    terminal.changeKey(await certify(terminal));
    expect((await terminal.offer(owed)).outcomes).toEqual([0, 0]);
    const opened = terminal.entry(note('three'), { journal: terminal.newJournal() });
    expect((await terminal.offer([opened])).outcomes).toEqual([0]);
  });

  it('rings for nothing that the network held up', async () => {
    const { test, terminal } = await begin();
    const [old, bootId] = [terminal.key, terminal.bootId()];
    const next = await certify(terminal);
    terminal.reboot();
    terminal.changeKey(next);
    await terminal.hello();
    const content = makeHelloRequest({ nonce: newId(), heads: [] });
    const late = (counter: number) =>
      sendAs(terminal, { target: '/v1/hello', content, bootId, counter, key: old });
    expect(await late(5)).toMatchObject({ status: 401, problem: 'unknown-terminal' });
    expect(await alarmsOf(test, terminal)).toEqual([]);
    expect(await late(99)).toMatchObject({ status: 401 });
    expect(await late(100)).toMatchObject({ status: 401 });
    expect(await alarmsOf(test, terminal)).toEqual(['old-key']);
  });

  it('is rung for by nobody who only names the old one', async () => {
    const { test, terminal } = await begin();
    const old = terminal.key;
    terminal.changeKey(await certify(terminal));
    await terminal.hello();
    const content = makeHelloRequest({ nonce: newId(), heads: [] });
    const sent = { target: '/v1/hello', content, bootId: newId(), counter: 1, key: newKey() };
    const forged = { ...sent.key, publicKey: old.publicKey };
    expect(await sendAs(terminal, { ...sent, key: forged })).toMatchObject({
      status: 401,
      problem: 'unauthenticated',
    });
    expect(await alarmsOf(test, terminal)).toEqual([]);
  });

  it('of which two were certified leaves one, whichever is used first', async () => {
    const { terminal } = await begin();
    const [first, second] = [await certify(terminal), await certify(terminal)];
    terminal.changeKey(second);
    expect((await terminal.hello()).hello).toBeDefined();
    terminal.changeKey(first);
    expect((await terminal.hello()).trouble).toMatchObject({ problem: 'unknown-terminal' });
    terminal.changeKey(second);
    expect((await terminal.hello()).hello).toBeDefined();
  });

  it('is not for a revoked terminal', async () => {
    const { test, terminal } = await begin();
    await test.platform.context.store.db
      .updateTable('terminals')
      .set({ revokedMs: 1 })
      .where('terminalId', '=', terminal.terminalId)
      .execute();
    const asked = makeNewKeyRequest(newKey(), terminal.terminalId);
    expect(await terminal.call('newKey', asked)).toMatchObject({
      error: { status: 403, problem: 'revoked' },
    });
  });

  async function alarmsOf(test: TestPlatform, { terminalId }: TestTerminal): Promise<readonly string[]> {
    const { db } = test.platform.context.store;
    const rung = await db.selectFrom('alarms').select('kind').where('terminalId', '=', terminalId).execute();
    return rung.map(({ kind }) => kind);
  }
});
