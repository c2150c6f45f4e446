import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { equalBytes, toBase64Url, toHex } from '../base/bytes.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { openApiDocument } from '../sync/contract.ts';
import { formatEnrolmentCode, parseEnrolmentCode } from '../sync/formats/enrolment.ts';
import { entryBytes } from '../sync/formats/entry.ts';
import { makeHelloRequest, makeNewKeyRequest, parseProblem } from '../sync/formats/messages.ts';
import { signedBytes } from '../sync/formats/signed.ts';
import { writeMark } from './backup/mark.ts';
import { restoreToPostgres } from './backup/restore.ts';
import { createGateway } from './gateway/gateway.ts';
import { sendAs } from './testing/send-as.ts';
import { DONGCUN, describeOnBoth, JINGLING, type TestPlatform } from './testing/test-platform.ts';
import {
  bent,
  crypto,
  enrolAt,
  enrolTerminal,
  filedCase,
  newId,
  nodeFetch,
  post,
  type TestTerminal,
} from './testing/test-terminal.ts';

const note = (words: string) => ({ schema: 1, kind: 'audit.note', words });
const newKey = () => crypto.signingKey(crypto.randomBytes(32));

describeOnBoth('the gateway', (host) => {
  async function begin(): Promise<{ test: TestPlatform; terminal: TestTerminal }> {
    const test = await host.shared();
    return { test, terminal: await enrolTerminal(await test.platform.enrolmentCode(DONGCUN)) };
  }

  describe('enrolment', () => {
    it('gives the same answer to the same key, and refuses another with an alarm', async () => {
      const { platform } = await host.start();
      const code = await platform.enrolmentCode(DONGCUN);
      const key = newKey();
      const first = await enrolAt(code, key);
      const again = await enrolAt(code, key);
      expect(toHex(again.trust!.terminalId)).toBe(toHex(first.trust!.terminalId));
      expect(signedBytes(again.cert!)).toEqual(signedBytes(first.cert!));
      expect(first.cert!.value.place).toBe('330624108248');
      expect((await enrolAt(code, newKey())).status).toBe(409);
      const alarms = await platform.context.store.db.selectFrom('alarms').select('kind').execute();
      expect(alarms).toEqual([{ kind: 'code-reused' }]);
    });

    it('tells nothing to a wrong secret or a certified key, and slows a guesser down', async () => {
      const { platform } = await host.start();
      const code = parseEnrolmentCode(await platform.enrolmentCode(DONGCUN));
      if (!code.ok) throw new Error('a code of ours');
      const guess = () => formatEnrolmentCode({ ...code.value, secret: crypto.randomBytes(16) });
      expect((await enrolAt(guess(), newKey())).status).toBe(403);
      const key = newKey();
      await enrolAt(await platform.enrolmentCode(DONGCUN), key);
      expect((await enrolAt(await platform.enrolmentCode(JINGLING), key)).status).toBe(403);
      const statuses = await Promise.all(
        Array.from({ length: 30 }, () => enrolAt(guess(), newKey()).then((answer) => answer.status)),
      );
      expect(statuses).toContain(429);
    });
  });

  describe('trust', () => {
    it('says hello over the nonce, and hands out later key sets and new terminal keys', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      expect((await terminal.hello()).hello).toMatchObject({ keySet: 1 });
      test.platform.addSealKey();
      expect((await terminal.hello()).hello).toMatchObject({ keySet: 2 });
      const old = terminal.entry(note('sealed to the old key'));
      await terminal.fetchKeySets();
      expect(terminal.trust().keySet.value.number).toBe(2);
      const fresh = terminal.entry(note('sealed to the new key'));
      expect(equalBytes(old.header.sealKeyId, fresh.header.sealKeyId)).toBe(false);
      expect((await terminal.offer([old, fresh])).outcomes).toEqual([0, 0]);
      await test.restart();
      expect(test.platform.context.keys.newest().value.number).toBe(2);
    });

    it('publishes its paths as OpenAPI', async () => {
      const { platform } = await host.shared();
      const response = await globalThis.fetch(`${platform.gatewayUrl}/v1/openapi.json`);
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument('1'))));
    });

    it('certifies a new key for who holds both, once and again', async () => {
      const { test, terminal } = await begin();
      const next = newKey();
      const request = makeNewKeyRequest(next, terminal.terminalId);
      const first = await terminal.call('newKey', request);
      expect(await terminal.call('newKey', request)).toEqual(first);
      const other = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      expect(await other.call('newKey', request)).toMatchObject({ error: { status: 401 } });
      const stolen = makeNewKeyRequest(next, other.terminalId);
      expect(await other.call('newKey', stolen)).toMatchObject({ error: { status: 401 } });
    });
  });

  describe('releases', () => {
    it('come only for what is held, linked and in a checked backup', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((words) => terminal.entry(note(words)));
      expect((await terminal.offer([a!, b!, d!])).releases).toEqual([]);
      expect((await terminal.offer([])).releases).toEqual([]);
      expect(await test.platform.backUpNow()).toBe(3);
      const { releases } = await terminal.offer([c!]);
      expect(releases.flatMap((release) => release.ranges)).toEqual([
        { from: 1, to: 2, hashAtTo: a && b!.entryHash },
        { from: 4, to: 4, hashAtTo: d!.entryHash },
      ]);
      expect((await terminal.offer([c!])).releases).toEqual([]);
      expect(await test.platform.backUpNow()).toBe(1);
      expect(await test.platform.backUpNow()).toBe(0);

      const all = async () => (await terminal.offer([])).releases.flatMap((release) => release.ranges);
      const whole = { from: 1, to: 4, hashAtTo: d!.entryHash };
      expect(await all()).toEqual([whole]);
      // Asked again, because the answer was lost: said again, and from one row, however long the journal.
      expect(await all()).toEqual([whole]);
      expect((await terminal.offer([c!])).releases).toEqual([]);
      await terminal.hello([terminal.journal]);
      expect((await terminal.offer([c!])).releases.flatMap((release) => release.ranges)).toEqual([whole]);
      const e = terminal.entry(note('e'));
      await terminal.offer([e]);
      await test.platform.backUpNow();
      const news = (await terminal.offer([e])).releases.flatMap((release) => release.ranges);
      expect(news).toEqual([{ from: 5, to: 5, hashAtTo: e.entryHash }]);
    });

    it('end at the head that the terminal names too, where an older disk no longer knows what follows', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const first = terminal.entry(note('first'));
      const old = { ...terminal.journal };
      const second = terminal.entry(note('second'));
      await terminal.offer([first, second]);
      await test.platform.backUpNow();
      await terminal.hello([old]);
      expect((await terminal.offer([])).releases.flatMap(({ ranges }) => ranges)).toEqual([
        { from: 1, to: 1, hashAtTo: first.entryHash },
        { from: 1, to: 2, hashAtTo: second.entryHash },
      ]);
    });

    it('end at the head of each of two machines with one disk, whichever of them began last', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const first = terminal.entry(note('first'));
      const copy = { ...terminal.journal, entryHash: terminal.journal.prev };
      await terminal.hello();
      const bootId = terminal.bootId();
      terminal.reboot();
      const second = terminal.entry(note('second'));
      await terminal.offer([first, second]);
      await test.platform.backUpNow();
      await terminal.hello([terminal.journal]);
      const content = makeHelloRequest({ nonce: newId(), heads: [copy] });
      await sendAs(terminal, { target: '/v1/hello', content, bootId, counter: 99 });
      expect((await terminal.offer([])).releases.flatMap(({ ranges }) => ranges)).toEqual([
        { from: 1, to: 1, hashAtTo: first.entryHash },
        { from: 1, to: 2, hashAtTo: second.entryHash },
      ]);
    });

    it('follow both branches of a fork found after its first branch was said', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const root = terminal.entry(note('root'));
      const copy = { ...terminal.journal };
      const left = terminal.entry(note('left'));
      await terminal.offer([root, left]);
      await test.platform.backUpNow();
      await terminal.offer([]);
      const right = terminal.entry(note('right'), { journal: copy });
      await terminal.offer([right]);
      await test.platform.backUpNow();
      const tips = (await terminal.offer([])).releases.flatMap(({ ranges }) => ranges);
      expect(tips.map(({ from, hashAtTo }) => `${from} ${toHex(hashAtTo)}`).sort()).toEqual(
        [left, right].map(({ entryHash }) => `1 ${toHex(entryHash)}`).sort(),
      );
    });

    it('are given for each branch of a fork, and never over a refused entry', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const root = terminal.entry(note('root'));
      const copy = { ...terminal.journal };
      const left = terminal.entry(note('left'));
      const hurt = terminal.entry(note('hurt'));
      const after = terminal.entry(note('after'));
      const right = terminal.entry(note('right'), { journal: copy });
      await terminal.offer([root, left, { ...hurt, body: bent(hurt.body!, 50) }, after, right]);
      await test.platform.backUpNow();
      const ranges = (await terminal.offer([])).releases.flatMap((release) => release.ranges);
      const named = ranges.map(({ from, to, hashAtTo }) => `${from}-${to} ${toHex(hashAtTo)}`).sort();
      expect(named).toEqual(
        [
          `1-2 ${toHex(left.entryHash)}`,
          `1-2 ${toHex(right.entryHash)}`,
          `4-4 ${toHex(after.entryHash)}`,
        ].sort(),
      );
    });
  });

  it('answers in a new epoch after a restore, and holds again what the backup lacked', async () => {
    const test = await host.start();
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const filed = filedCase(DONGCUN);
    const before = terminal.entry(filed.content);
    await terminal.offer([before]);
    await test.platform.backUpNow();
    const lost = terminal.entry(note('held after the backup'));
    expect((await terminal.offer([lost])).outcomes).toEqual([0]);
    await test.platform.stop();

    const backups = join(test.folder, 'backups');
    const file = join(backups, readdirSync(backups).find((name) => name.endsWith('.db'))!);
    const place = await host.freshPlace();
    if (place.kind === 'sqlite') copyFileSync(file, place.path);
    else expect(await restoreToPostgres(file, place.url)).toEqual({ ok: true, value: undefined });
    const gatewayPort = Number(new URL(terminal.origin).port);
    const restored = await test.restart(place, { gateway: { host: '127.0.0.1', port: gatewayPort } });

    const former = terminal.trust().epoch!;
    // The connection kept alive to the platform that ended may fail once before a new one is made.
    const said = (await terminal.hello([terminal.journal])).hello;
    expect(said ?? (await terminal.hello([terminal.journal])).hello).toBeDefined();
    expect(equalBytes(terminal.trust().epoch!, former)).toBe(false);
    expect((await terminal.offer([before, lost])).outcomes).toEqual([0, 0]);
    const { db } = restored.context.store;
    expect(await db.selectFrom('bodies').select('entryId').execute()).toHaveLength(2);
    expect(await db.selectFrom('cases').select('caseId').execute()).toHaveLength(1);
    expect(await db.selectFrom('alarms').select('kind').execute()).toEqual([{ kind: 'restored' }]);
    expect(await restored.backUpNow()).toBe(2);
  });

  it('makes a new epoch, once, for a database that is older than what was held here', async () => {
    const test = await host.start();
    const epoch = toHex(test.platform.context.epoch);
    expect(toHex((await test.restart()).context.epoch)).toBe(epoch);
    writeMark(nodeDisk(join(test.folder, 'backups')), 1_000);
    const later = toHex((await test.restart()).context.epoch);
    expect(later).not.toBe(epoch);
    const last = await test.restart();
    expect(toHex(last.context.epoch)).toBe(later);
    const alarms = await last.context.store.db.selectFrom('alarms').select('kind').execute();
    expect(alarms).toEqual([{ kind: 'restored' }]);
  });

  describe('the feed', () => {
    it('goes on page by page from the cursor, and wakes a waiting terminal', async () => {
      const { test, terminal } = await begin();
      const empty = await terminal.feed();
      expect(empty).toMatchObject({ items: [], next: empty.after });
      const waiting = terminal.feed(empty.next, 20);
      await put(test, terminal, 1, null);
      expect((await waiting).items).toHaveLength(1);
      await put(test, terminal, 60, null);
      const first = await terminal.feed();
      const second = await terminal.feed(first.next);
      expect([first.items.length, second.items.length]).toEqual([50, 11]);
      expect((await terminal.feed(second.next)).items).toEqual([]);
      const ids = [...first.items, ...second.items].map((item) => toHex(item.itemId));
      expect(new Set(ids).size).toBe(61);
    });

    it('leaves out what expired, and knows only its own cursors', async () => {
      const { test, terminal } = await begin();
      await put(test, terminal, 1, 1);
      await put(test, terminal, 1, null);
      expect((await terminal.feed()).items).toHaveLength(1);
      const wrong = `?after=${toBase64Url(new Uint8Array(5))}&waitS=0`;
      expect(await terminal.call('feed', undefined, wrong)).toMatchObject({ error: { status: 400 } });
      expect(await terminal.call('feed', undefined, '?after=&waitS=26')).toMatchObject({
        error: { status: 400 },
      });
    });

    it('lets a waiting terminal go when the platform stops', async () => {
      const test = await host.start();
      const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
      const after = (await terminal.feed()).next;
      const waiting = terminal.feed(after, 25).then((page) => page.items);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await test.platform.stop();
      expect(await waiting).toEqual([]);
    });

    it("is a terminal's own", async () => {
      const { test, terminal } = await begin();
      const other = await enrolTerminal(await test.platform.enrolmentCode(JINGLING));
      await put(test, terminal, 1, null);
      expect((await other.feed()).items).toEqual([]);
    });
  });

  /** One more request of an earlier boot, its counter far on. */
  async function put(
    { platform }: TestPlatform,
    { terminalId }: TestTerminal,
    count: number,
    expiresMs: number | null,
  ): Promise<void> {
    const { flushOutbox, ringFor } = await import('./feed/outbox.ts');
    const items = Array.from({ length: count }, () => ({
      ...{ itemId: newId(), terminalId, kind: 5, expiresMs, caseId: null, content: new Uint8Array(0) },
    }));
    const { store, bell } = platform.context;
    await store.transaction((tx) => flushOutbox(tx, items, 1));
    ringFor(bell, items);
  }

  it('says that a fault is its own, and nothing of it', async () => {
    const { platform } = await host.shared();
    const logged: unknown[] = [];
    const broken = {
      ...platform.context,
      log: (name: string) => void logged.push(name),
      keys: {
        ...platform.context.keys,
        keySets(): never {
          throw new RangeError('陈桂芳');
        },
      },
    };
    const gateway = createGateway(broken, { tls: null, fonts: null });
    const answered = await gateway.inject({ method: 'GET', url: '/v1/keysets?after=0' });
    await gateway.close();
    expect(answered.statusCode).toBe(500);
    expect(parseProblem(answered.rawPayload)).toEqual({
      ok: true,
      value: { code: 'fault', retryAfterS: null },
    });
    expect(answered.rawPayload.toString()).not.toContain('陈桂芳');
    expect(logged).toEqual(['program.fault']);
  });

  it('answers paths that are none with a problem, and no body it was not promised', async () => {
    const { platform } = await host.shared();
    const sent = await nodeFetch({
      ...{ method: 'GET', url: `${platform.gatewayUrl}/v1/nothing`, headers: {} },
      ...{ timeoutMs: 5_000, maxBytes: 1_000 },
    });
    if (!sent.ok) throw new Error('it answers');
    expect(sent.value.status).toBe(404);
    expect(parseProblem(sent.value.body)).toMatchObject({ value: { code: 'not-found' } });
    const text = await post(`${platform.gatewayUrl}/v1/enrol`, entryLike(), { 'content-type': 'text/plain' });
    expect(text.status).toBe(400);
  });
});

const entryLike = () => entryBytes({ headerBytes: newId(), signature: new Uint8Array(64), body: null });
