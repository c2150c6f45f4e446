/** Alerts told to somebody outside, over real HTTP: signed, in order, again until taken, once by its id, not at night. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findDateStartMs } from '../../base/calendar.ts';
import { systemClock } from '../../base/node/clock.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest } from '../../sync/formats/report.ts';
import type { PlatformContext } from '../context.ts';
import { type DatabasePlace, openStore, type Store } from '../store/store.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { crypto, enrolTerminal, nodeFetch } from '../testing/test-terminal.ts';
import type { Alert } from './group.ts';
import { DEFAULT_RULES } from './rules.ts';
import { type AlertHook, findHookSecret, oweAlerts, startTellingAlerts } from './tell-alerts.ts';
import { sampleReport } from './testing/sample-report.ts';
import { noteAlerts } from './watch.ts';

const SECRET = Buffer.from('a secret of more than twenty-four bytes');
const HOUR_MS = 3_600_000;
const TOWN = '330624108';

/** What came, and what is answered: a status, or a line that breaks. */
interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describeOnBoth('alerts told outside', (host) => {
  let heard: Heard[];
  let answers: (number | 'break')[];
  let server: ReturnType<typeof createServer>;
  let hook: AlertHook;
  let place: DatabasePlace;
  let store: Store;
  let telling: ReturnType<typeof startTellingAlerts> | undefined;
  let aheadMs: number;
  const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + aheadMs };

  /** Telling alone, on a database of its own: the watch of a whole platform ends what no machine of it shows. */
  async function begin(): Promise<void> {
    const opened = await openStore(place);
    if (!opened.ok) throw new Error(opened.error.code);
    store = opened.value;
    const fleet = { lines: [], alerts: [], towns: [], find: () => undefined, nowMs: 0 };
    const book = { view: async () => fleet, onChange: () => () => undefined };
    telling = startTellingAlerts(context(), { book, rules: DEFAULT_RULES }, hook);
  }
  async function end(): Promise<void> {
    if (telling === undefined) return;
    await telling.stop();
    await store.close();
    telling = undefined;
  }
  function context(): Pick<PlatformContext, 'store' | 'clock' | 'crypto' | 'log' | 'county'> {
    return { ...{ store, clock, crypto, log: () => undefined }, county: DONGCUN.county };
  }

  beforeEach(async () => {
    [heard, answers] = [[], []];
    server = createServer((request: IncomingMessage, response: ServerResponse) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        heard.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') });
        const answer = answers.shift() ?? 204;
        if (answer === 'break') request.socket.destroy();
        else response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const secret = findHookSecret(`whsec_${SECRET.toString('base64')}`)!;
    const url = `http://127.0.0.1:${port}/alerts`;
    hook = { url, secret, fetch: nodeFetch, timeoutMs: 2_000 };
    place = await host.freshPlace();
    aheadMs = 0;
    toHour(10);
    await begin();
  }, 60_000);
  afterEach(async () => {
    await end();
    server.close();
  });

  /** The next time that it is this hour in China. */
  function toHour(hour: number): void {
    const nowMs = clock.wallMs();
    const midnightMs = findDateStartMs(new Date(nowMs + 8 * HOUR_MS).toISOString().slice(0, 10))!;
    const atMs = midnightMs + hour * HOUR_MS;
    aheadMs += atMs > nowMs ? atMs - nowMs : atMs + 24 * HOUR_MS - nowMs;
  }
  async function note(...alerts: readonly Pick<Alert, 'kind' | 'subject' | 'machines'>[]): Promise<void> {
    const nowMs = clock.wallMs();
    const since = alerts.map((alert) => ({ ...alert, sinceMs: nowMs }));
    await noteAlerts({ store }, since, DEFAULT_RULES, nowMs, oweAlerts(context()));
  }
  const told = () => heard.map(({ body }) => JSON.parse(body) as { type: string; data: { kind: string } });
  const outcomes = async () =>
    (await store.db.selectFrom('alertMessages').select('outcome').orderBy('messageNo').execute()).map(
      ({ outcome }) => outcome,
    );
  const cut = { kind: 'town-silent', subject: TOWN, machines: 7 } as const;
  const paper = { kind: 'paper', subject: 'ab'.repeat(16), machines: 1 } as const;

  it('says what began and what ended, signed as the standard says, and nothing else', async () => {
    await note(cut);
    await note(cut);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    await note();
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2);
    expect(told().map(({ type }) => type)).toEqual(['alert.began', 'alert.ended']);
    const [first] = heard;
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = first!.headers;
    const mac = createHmac('sha256', SECRET).update(`${id}.${at}.${first!.body}`).digest('base64');
    expect(signature).toBe(`v1,${mac}`);
    expect(JSON.parse(first!.body)).toEqual({
      type: 'alert.began',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      data: {
        ...{ alertId: expect.any(Number), kind: 'town-silent', subject: TOWN, place: '沙溪镇', machines: 7 },
        ...{ words: '全镇一起没有消息，多半是停电或断网（7 台）', sinceMs: expect.any(Number) },
      },
    });
  });

  it('says it again until it is taken, by the same id and in order; what is never taken holds up nothing', async () => {
    answers = [503, 'break', 204, 422];
    await note(cut);
    await note(cut, paper);
    const pass = async () => {
      aheadMs += 10_000;
      return (await outcomes()).slice(0, 2);
    };
    await expect.poll(pass, { timeout: 20_000, interval: 300 }).toEqual(['taken', 'refused']);
    expect(told().slice(0, 4)).toMatchObject(
      ['town-silent', 'town-silent', 'town-silent', 'paper'].map((kind) => ({ data: { kind } })),
    );
    const ids = heard.slice(0, 3).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  }, 30_000);

  it('leaves what is not urgent for the morning, its end too, and goes on after a restart', async () => {
    await note(paper);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    toHour(23);
    await note(cut, { ...paper, subject: 'cd'.repeat(16) });
    await note();
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(3);
    expect(told().map(({ data }) => data.kind)).toEqual(['paper', 'town-silent', 'town-silent']);
    expect(await outcomes()).toEqual(['taken', null, 'taken', 'taken']);
    await end();
    await begin();
    toHour(8);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(4);
    expect(told().at(-1)).toMatchObject({ type: 'alert.ended', data: { kind: 'paper' } });
  }, 40_000);

  it('gives up after a day, and owes nothing where nobody is told', async () => {
    answers = Array.from({ length: 9 }, () => 500);
    await note(cut);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    aheadMs += 25 * HOUR_MS;
    await expect.poll(outcomes, { timeout: 10_000 }).toEqual(['given-up']);
    await noteAlerts({ store }, [], DEFAULT_RULES, clock.wallMs());
    expect(await outcomes()).toHaveLength(1);
  }, 30_000);

  it('tells what is urgent at night, however much waits for the morning', async () => {
    const many = Array.from({ length: 250 }, (_, number) => ({
      ...paper,
      subject: `${number}`.padStart(32, '0'),
    }));
    await note(...many);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(250);
    toHour(23);
    await note(cut);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(251);
    expect(told().at(-1)).toMatchObject({ type: 'alert.began', data: { kind: 'town-silent' } });
  }, 60_000);

  it('is told by a whole platform of what its watch sees', async () => {
    const test = await host.start({ alertHook: hook });
    const terminal = await enrolTerminal(await test.platform.enrolmentCode(DONGCUN));
    const full = sampleReport(test.clock.wallMs(), { disk: { freeBytes: 1, totalBytes: 2 ** 30 } });
    await terminal.call('reports', makeReportRequest(encodeContent(full)));
    await test.restart();
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
    expect(told()).toMatchObject([{ type: 'alert.began', data: { kind: 'disk', place: '沙溪镇董村' } }]);
  }, 40_000);
});

it('takes a secret as the standard writes it, of 24 bytes at least', () => {
  expect(findHookSecret(`whsec_${Buffer.alloc(24, 7).toString('base64')}\n`)).toEqual(
    new Uint8Array(24).fill(7),
  );
  expect(findHookSecret(`whsec_${Buffer.alloc(20).toString('base64')}`)).toBeUndefined();
  expect(findHookSecret(SECRET.toString('base64'))).toBeUndefined();
});
