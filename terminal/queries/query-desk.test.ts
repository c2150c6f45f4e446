/** The terminal's own journal, engine and desk, against a real platform over HTTP, whose source a test can bend. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { Fetch } from '../../base/fetch.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err, invariant } from '../../base/result.ts';
import {
  type BrokerBench,
  openBrokerBench,
  samplePerson,
} from '../../platform/broker/testing/broker-bench.ts';
import { DONGCUN, describeOnBoth, type TestPlatform } from '../../platform/testing/test-platform.ts';
import { createSyncEngine, type SyncEngine } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import { ENTRY_CLASS, parseHeader } from '../../sync/formats/entry.ts';
import { createQueries } from '../../sync/queries.ts';
import { keyFile } from '../keys/key-file.ts';
import { type OpenedKeeper, openKeeper } from '../open-keeper.ts';
import { folderParts } from '../testing/keeper-world.ts';
import type { QueryWish } from './content.ts';
import { createQueryDesk, type FetchState, type QueryDesk } from './query-desk.ts';

const crypto = createCrypto(systemRandom);
const nodeFetch = createNodeFetch({ tolerateDateErrors: () => false });
const MOTHER = samplePerson('张桂兰');

const WISH: QueryWish = {
  dataSet: 'household',
  from: '县公安局',
  parameters: [],
  person: { name: MOTHER.name, number: MOTHER.number, kind: 'citizen' },
  submitter: null,
  matter: null,
  purpose: '看我的户口登记',
  words: '同意本机向县公安局查我的户口登记，只用来给我看。',
  lang: 'zh',
  place: DONGCUN,
};

/** A terminal on real files, enrolled, its engine running, with a line that can be cut or tapped. */
async function openTerminal({ platform }: TestPlatform, folder: string) {
  const parts = folderParts(folder, { clock: systemClock, crypto });
  const keys = keyFile({ disk: parts.disk, random: systemRandom, crypto });
  const opening = openKeeper({ ...parts, keys });
  invariant(opening.ok, 'the terminal opens');
  const opened: OpenedKeeper = opening.value;
  const code = await platform.enrolmentCode(DONGCUN);
  const enrolled = await enrol({ fetch: nodeFetch, crypto }, opened.key, code);
  invariant(enrolled.ok && opened.enrol(enrolled.value).ok, 'the platform enrols it');
  const enrolment = opened.findEnrolment();
  invariant(enrolment, 'it is enrolled');
  const { origin, keySet, cert } = enrolment;
  const { terminalId } = cert;
  const { platformId } = keySet.value;

  const line: { isCut: (url: string) => boolean; bend: (url: string, body: Uint8Array) => Uint8Array } = {
    isCut: () => false,
    bend: (_url, body) => body,
  };
  const sent: { readonly url: string; readonly body: Uint8Array }[] = [];
  const fetch: Fetch = async (request) => {
    const url = new URL(request.url).pathname;
    if (line.isCut(url)) return err({ code: 'unreachable', detail: '' });
    sent.push({ url, body: request.body ?? new Uint8Array(0) });
    const answered = await nodeFetch(request);
    if (!answered.ok) return answered;
    return { ok: true, value: { ...answered.value, body: line.bend(url, answered.value.body) } };
  };

  const engine: SyncEngine = createSyncEngine({
    ...{ journal: opened.port, time: opened.time, clock: systemClock, random: systemRandom, fetch, crypto },
    identity: () => ({ origin, platformId, terminalId, key: opened.key, bootId: opened.bootId }),
    report: () => undefined,
  });
  opened.onKept(() => engine.nudge('new-entry'));
  const ignored: string[] = [];
  const queries = createQueries({
    ...{ client: engine.client, crypto },
    trust: () => {
      const { epoch, formerEpochs } = opened.port.loadTrust();
      return { platformId, terminalId, keySet, epoch, formerEpochs };
    },
    onIgnored: (why) => ignored.push(why),
  });
  let online = true;
  const desk = createQueryDesk({
    ...{ keeper: opened.keeper, queries, clock: systemClock, random: systemRandom },
    online: () => online,
    onChange: () => undefined,
  });
  engine.start();
  return {
    ...{ desk, line, sent, ignored, folder },
    countWaiting: () => engine.status().owed.waiting,
    setOnline: (is: boolean) => {
      online = is;
    },
    async stop() {
      await engine.stop();
      opened.close();
    },
  };
}

/** How a fetch ends. */
async function settled(desk: QueryDesk, fetchId: number): Promise<FetchState | undefined> {
  await expect
    .poll(() => ['sending-consent', 'asking'].includes(desk.find(fetchId) as string), { timeout: 15_000 })
    .toBe(false);
  return desk.find(fetchId);
}

describeOnBoth('fetching shared data at a terminal', (host) => {
  let bench: BrokerBench;
  let test: TestPlatform;
  let terminal: Awaited<ReturnType<typeof openTerminal>>;
  beforeEach(async () => {
    bench = await openBrokerBench();
    test = await host.start({ broker: bench.broker });
    terminal = await openTerminal(test, mkdtempSync(join(tmpdir(), 'yizhan-queries-')));
  });
  afterEach(async () => {
    await terminal.stop();
    await bench.stop();
    rmSync(terminal.folder, { recursive: true });
  });

  const held = async (): Promise<(string | null)[]> => {
    const rows = await test.platform.context.store.db
      .selectFrom('bodies')
      .select('kind')
      .orderBy('heldOrder')
      .execute();
    return rows.map(({ kind }) => kind).filter((kind) => kind?.startsWith('consent'));
  };
  const classOfConsent = async () => {
    const row = await test.platform.context.store.db
      .selectFrom('bodies')
      .innerJoin('headers', 'headers.entryHash', 'bodies.entryHash')
      .select('headers.header')
      .where('bodies.kind', '=', 'consent')
      .executeTakeFirstOrThrow();
    const header = parseHeader(row.header);
    return header.ok && header.value.class;
  };
  const ask = (wish: Partial<QueryWish> = {}) => {
    const fetchId = terminal.desk.fetch({ ...WISH, ...wish });
    return { fetchId, end: settled(terminal.desk, fetchId) };
  };

  it('keeps the consent, waits for its receipt, asks, and shows what came', async () => {
    const { fetchId, end } = ask();
    expect(terminal.desk.find(fetchId)).toBe('sending-consent');
    expect(await end).toMatchObject({
      ok: true,
      value: { outcome: 'found', records: [{ name: '张桂兰', relation: '户主' }, { relation: '女儿' }] },
    });
    expect(terminal.sent.map(({ url }) => url)).toContain('/v1/queries');
    expect(await held()).toEqual(['consent']);
    terminal.desk.forget();
    expect(terminal.desk.find(fetchId)).toBeUndefined();
    await expect.poll(terminal.countWaiting).toBe(0);
    expect(await held()).toEqual(['consent']);
    expect(await classOfConsent()).toBe(ENTRY_CLASS.urgent);
    expect(terminal.ignored).toEqual([]);
  });

  it('lets nothing personal be read on the line or on its disk', async () => {
    await ask().end;
    const everything = [
      ...terminal.sent.map(({ url, body }) => Buffer.concat([Buffer.from(url), body])),
      ...readdirSync(terminal.folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => readFileSync(join(one.parentPath, one.name))),
    ];
    for (const word of [MOTHER.name, MOTHER.number, '户主', '陈秀英', WISH.words]) {
      expect(everything.filter((bytes) => bytes.includes(word))).toEqual([]);
    }
    expect(everything.some((bytes) => bytes.includes('household'))).toBe(true);
  });

  it('is offline at once where nobody can be reached, and keeps nothing', async () => {
    terminal.setOnline(false);
    const { fetchId, end } = ask();
    expect(await end).toEqual({ ok: false, error: 'offline' });
    terminal.setOnline(true);
    terminal.desk.again(fetchId);
    expect(await settled(terminal.desk, fetchId)).toMatchObject({ value: { outcome: 'found' } });
    expect(await held()).toEqual(['consent']);
  });

  it('is offline when the question is lost, asks again on the same consent, and takes back what nobody used', async () => {
    terminal.line.isCut = (url) => url === '/v1/queries';
    const { fetchId, end } = ask();
    expect(await end).toEqual({ ok: false, error: 'offline' });
    terminal.line.isCut = () => false;
    terminal.desk.again(fetchId);
    expect(await settled(terminal.desk, fetchId)).toMatchObject({ value: { outcome: 'found' } });
    expect(await held()).toEqual(['consent']);

    bench.failNext('away', 'later');
    const unused = ask();
    expect(await unused.end).toMatchObject({ value: { outcome: 'unavailable' } });
    terminal.desk.again(unused.fetchId);
    expect(await settled(terminal.desk, unused.fetchId)).toMatchObject({
      value: { outcome: 'later', afterS: 5 },
    });
    terminal.desk.forget();
    await expect.poll(held).toEqual(['consent', 'consent', 'consent.withdrawn']);
  });

  it('shows nothing of another person, whatever the source says', async () => {
    bench.failNext('another-person');
    expect(await ask().end).toMatchObject({ value: { outcome: 'unavailable' } });
  });

  it('takes a consent back when the person says so, and nothing is fetched on it any more', async () => {
    const { fetchId, end } = ask();
    await end;
    expect(terminal.desk.withdraw(fetchId).ok).toBe(true);
    expect(terminal.desk.withdraw(fetchId).ok).toBe(true);
    expect(terminal.desk.find(fetchId)).toBe('withdrawn');
    terminal.desk.again(fetchId);
    await expect.poll(held).toEqual(['consent', 'consent.withdrawn']);
    terminal.desk.forget();
    expect(bench.asked).toEqual(['household']);
  });

  it('asks what is open to anyone without a consent, and keeps nothing', async () => {
    const fetchId = terminal.desk.fetchOpen({
      dataSet: 'bus-stops',
      parameters: [{ name: 'line', value: '7' }],
    });
    expect(await settled(terminal.desk, fetchId)).toMatchObject({ ok: true, value: { outcome: 'found' } });
    const theirs = terminal.desk.fetchOpen({ dataSet: 'household', parameters: [] });
    expect(await settled(terminal.desk, theirs)).toMatchObject({
      value: { outcome: 'refused', reason: 'no-consent' },
    });
    expect([terminal.desk.consents(), await held()]).toEqual([[], []]);
    await expect.poll(() => terminal.countWaiting()).toBe(0);
  });

  it('names the consents of the visit also where what came was let go of', async () => {
    const first = ask();
    await first.end;
    terminal.desk.keepOnly([]);
    expect(terminal.desk.find(first.fetchId)).toBeUndefined();
    bench.failNext('away');
    const second = ask();
    await second.end;
    terminal.desk.keepOnly([]);
    expect(terminal.desk.consents()).toMatchObject([
      { fetchId: second.fetchId, dataSet: 'household', from: '县公安局', withdrawn: true },
      { fetchId: first.fetchId, withdrawn: false },
    ]);
    terminal.desk.withdraw(first.fetchId);
    expect(terminal.desk.consents().map(({ withdrawn }) => withdrawn)).toEqual([true, true]);
    await expect.poll(held).toEqual(['consent', 'consent', 'consent.withdrawn', 'consent.withdrawn']);
  });

  it('says who agreed for another', async () => {
    const daughter = samplePerson('陈秀英');
    const submitter = { name: daughter.name, number: daughter.number, kind: 'citizen', basis: 'family' };
    expect(await ask({ submitter }).end).toMatchObject({ value: { outcome: 'found' } });
  });

  it('stays taken back when the answer comes later', async () => {
    bench.failNext('silent');
    const { fetchId } = ask();
    await expect.poll(() => bench.asked.length).toBe(1);
    terminal.desk.withdraw(fetchId);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(terminal.desk.find(fetchId)).toBe('withdrawn');
    terminal.desk.forget();
    await expect.poll(terminal.countWaiting).toBe(0);
    expect(await held()).toEqual(['consent', 'consent.withdrawn']);
  });

  it('drops what comes after the visit', async () => {
    bench.failNext('silent');
    const { fetchId } = ask();
    await expect.poll(() => bench.asked.length).toBe(1);
    terminal.desk.forget();
    expect(terminal.desk.find(fetchId)).toBeUndefined();
    await expect.poll(held).toEqual(['consent', 'consent.withdrawn']);
  });

  it('believes no answer that was bent, or given to another question', async () => {
    const heard: Uint8Array[] = [];
    terminal.line.bend = (url, body) => {
      if (url === '/v1/queries') heard.push(body);
      return body;
    };
    expect(await ask().end).toMatchObject({ value: { outcome: 'found' } });
    terminal.line.bend = (url, body) => (url === '/v1/queries' ? heard[0]! : body);
    expect(await ask().end).toEqual({ ok: false, error: 'no-answer' });
    terminal.line.bend = (url, body) =>
      url === '/v1/queries' ? body.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) : body;
    expect(await ask().end).toEqual({ ok: false, error: 'no-answer' });
    expect(terminal.ignored).toEqual(['unopenable', 'unopenable']);
  });

  it('says where a platform answers no queries', async () => {
    const bare = await host.start();
    const other = await openTerminal(bare, mkdtempSync(join(tmpdir(), 'yizhan-queries-')));
    const fetchId = other.desk.fetch(WISH);
    expect(await settled(other.desk, fetchId)).toEqual({ ok: false, error: 'not-offered' });
    await other.stop();
    rmSync(other.folder, { recursive: true });
  });
});
