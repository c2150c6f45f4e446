import { expect, it } from 'vitest';
import { makeBatch, makeHelloRequest, parseProblem } from '../sync/formats/messages.ts';
import { AUTH_HEADER, makeAuth } from '../sync/formats/request.ts';
import { sendAs } from './testing/send-as.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from './testing/test-platform.ts';
import { crypto, enrolTerminal, newId, post, type TestTerminal } from './testing/test-terminal.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });
const newKey = () => crypto.signingKey(crypto.randomBytes(32));

/** Who a request is from, and which of their requests it is (journal.md part 3, "Requests"). */
describeOnBoth('requests', (host) => {
  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = await host.shared();
    return { test, terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)) };
  }

  const target = '/v1/hello';
  const content = () => makeHelloRequest({ nonce: newId(), heads: [] });
  const problemOf = async (answer: Awaited<ReturnType<typeof post>>) => {
    const problem = parseProblem(answer.body);
    return problem.ok ? `${answer.status} ${problem.value.code}` : String(answer.status);
  };

  it('are taken once each, in any order within the window', async () => {
    const { terminal } = await begin();
    const { key, terminalId, platformId, origin } = terminal;
    const bootId = newId();
    const send = async (counter: number, fields: object = {}, body = content()) => {
      const proof = { platformId, terminalId, bootId, counter, method: 'POST', target, content: body };
      const auth = makeAuth(crypto, key, { ...proof, ...fields });
      return problemOf(await post(`${origin}${target}`, body, { [AUTH_HEADER]: auth }));
    };
    expect(await send(300)).toBe('200');
    expect(await send(300)).toBe('409 replayed');
    expect(await send(45)).toBe('200');
    expect(await send(44)).toBe('200');
    expect(await send(43)).toBe('409 replayed');
    expect(await send(299)).toBe('200');
    expect(await send(301, { target: '/v1/entries' })).toBe('401 unauthenticated');
    expect(await send(301, { method: 'GET' })).toBe('401 unauthenticated');
    expect(await send(301, { content: content() })).toBe('401 unauthenticated');
    expect(await send(301, { platformId: newId() })).toBe('401 unauthenticated');
    expect(await send(301, { terminalId: newId() })).toBe('401 unknown-terminal');
    expect(await send(301)).toBe('200');
  });

  it('are refused unsigned, forged, or in the name of another terminal', async () => {
    const { test, terminal } = await begin();
    const other = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const { platformId, origin } = terminal;
    const body = content();
    const proof = { platformId, bootId: newId(), counter: 1, method: 'POST', target, content: body };
    const auth = (key = terminal.key, terminalId = terminal.terminalId) =>
      makeAuth(crypto, key, { ...proof, terminalId });
    const send = async (headers: Record<string, string>) =>
      problemOf(await post(`${origin}${target}`, body, headers));
    expect(await send({})).toBe('401 unauthenticated');
    expect(await send({ [AUTH_HEADER]: 'AAAA' })).toBe('401 unauthenticated');
    expect(await send({ [AUTH_HEADER]: `${auth().slice(0, -6)}AAAAAA` })).toBe('401 unauthenticated');
    expect(await send({ [AUTH_HEADER]: auth(newKey()) })).toBe('401 unknown-terminal');
    expect(await send({ [AUTH_HEADER]: auth(other.key, terminal.terminalId) })).toBe('401 unknown-terminal');
    expect(await send({ [AUTH_HEADER]: auth() })).toBe('200');
  });

  it('ring when an old boot goes on after another began, and are served all the same', async () => {
    const { test, terminal } = await begin();
    await terminal.hello();
    const old = terminal.bootId();
    terminal.reboot();
    await terminal.hello();
    expect((await terminal.hello()).hello).toBeDefined();
    await goOn(terminal, old);
    expect(await alarmsOf(test, terminal)).toEqual(['clone-mark']);
  });

  it('ring for no clone when one of the boot before was held up by the network', async () => {
    const { test, terminal } = await begin();
    await terminal.hello();
    const old = terminal.bootId();
    terminal.reboot();
    await terminal.hello();
    await goOn(terminal, old, 3);
    expect(await alarmsOf(test, terminal)).toEqual([]);
  });

  it('ring for no older disk when a hello was held up while its journal went on', async () => {
    const { test, terminal } = await begin();
    const first = terminal.entry(note('first'));
    await terminal.offer([first]);
    const heads = [{ ...terminal.journal, entryHash: terminal.journal.prev }];
    const hello = makeHelloRequest({ nonce: newId(), heads });
    const bootId = terminal.bootId();
    await send(terminal, '/v1/entries', nextBatch(terminal), { bootId, counter: 3 });
    await send(terminal, '/v1/hello', hello, { bootId, counter: 2 });
    expect(await alarmsOf(test, terminal)).toEqual([]);
    await send(terminal, '/v1/hello', hello, { bootId, counter: 4 });
    expect(await alarmsOf(test, terminal)).toEqual(['head-behind']);
  });

  it('of a revoked terminal are told so, and nothing else', async () => {
    const { test, terminal } = await begin();
    await test.platform.context.store.db
      .updateTable('terminals')
      .set({ revokedMs: 1 })
      .where('terminalId', '=', terminal.terminalId)
      .execute();
    expect((await terminal.hello()).trouble).toMatchObject({ status: 403, problem: 'revoked' });
    expect((await terminal.offer([terminal.entry(note('late'))])).trouble).toMatchObject({ status: 403 });
  });

  it('that are too large or no CBOR are turned away', async () => {
    const { terminal } = await begin();
    const heavy = Array.from({ length: 17 }, () =>
      terminal.entry({ ...note('heavy'), more: 'x'.repeat(200_000) }),
    );
    expect((await terminal.offer(heavy)).trouble).toMatchObject({ status: 413, problem: 'too-large' });
    expect(await terminal.call('entries', Uint8Array.of(0xff))).toMatchObject({ error: { status: 400 } });
    const many = Array.from({ length: 101 }, () => terminal.offered(heavy[0]!));
    expect(() => makeBatch(many)).toThrow();
  });

  const goOn = (terminal: TestTerminal, bootId: Uint8Array, counter = 99) =>
    send(terminal, '/v1/entries', nextBatch(terminal), { bootId, counter });

  const nextBatch = (terminal: TestTerminal) =>
    makeBatch([terminal.offered(terminal.entry(note('one more')))]);

  async function send(
    terminal: TestTerminal,
    target: string,
    content: Uint8Array,
    sent: { readonly bootId: Uint8Array; readonly counter: number },
  ): Promise<void> {
    expect((await sendAs(terminal, { target, content, ...sent })).status).toBe(200);
  }

  async function alarmsOf(test: TestPlatform, { terminalId }: TestTerminal): Promise<readonly string[]> {
    const { db } = test.platform.context.store;
    const rung = await db.selectFrom('alarms').select('kind').where('terminalId', '=', terminalId).execute();
    return rung.map(({ kind }) => kind);
  }
});
