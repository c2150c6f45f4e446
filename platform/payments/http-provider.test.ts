/** The way to a provider and back over a real line: what breaks on it, and what is not its word. */
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { systemRandom } from '../../base/node/random.ts';
import { crypto, nodeFetch } from '../testing/test-terminal.ts';
import { realProvider } from './configured.ts';
import { httpProvider } from './http-provider.ts';
import type { ProviderFault } from './sample/faults.ts';
import { startSampleProvider } from './sample/sample-provider.ts';
import { SCHEMES, type Scheme } from './signing.ts';
import { APP_ID, keyPair } from './testing/pay-bench.ts';

const REFERENCE = '12'.repeat(16);
const ORDER = { reference: REFERENCE, amountFen: 8_640, words: '电费', closesInMs: 60_000 };

type Line = Awaited<ReturnType<typeof openLine>>;

async function openLine(scheme: Scheme, more: { readonly appId?: string; readonly tries?: number } = {}) {
  const { ours, its } = keyPair(scheme);
  const faults: (ProviderFault | null)[] = [];
  const logged: unknown[] = [];
  const seams = { clock: systemClock, crypto, fetch: nodeFetch };
  const sample = await startSampleProvider({
    ...{ ...seams, random: systemRandom, disk: null, appId: APP_ID, keys: its },
    nextFault: () => faults.shift() ?? null,
  });
  const provider = httpProvider({
    ...{ ...seams, appId: APP_ID, keys: ours, url: sample.url, timeoutMs: 300, tries: 3, ...more },
    log: (_event, fields) => logged.push(fields),
    noticeUrl: () => null,
  });
  return { sample, provider, faults, logged };
}

describe.each(SCHEMES)('a provider over HTTP, signed with %s', (scheme) => {
  let line: Line;
  afterEach(() => line.sample.stop());

  it('opens, finds, closes and gives back, each as often as asked', async () => {
    line = await openLine(scheme);
    const { provider, sample } = line;
    expect(await provider.find(REFERENCE)).toEqual({ kind: 'done', value: null });
    const opened = await provider.open(ORDER);
    expect(opened).toMatchObject({ kind: 'done', value: { isOpen: true, money: [] } });
    expect(await provider.open(ORDER)).toEqual(opened);
    sample.pay(REFERENCE);
    const found = await provider.find(REFERENCE);
    const [money] = found.kind === 'done' ? (found.value?.money ?? []) : [];
    expect(money).toMatchObject({ amountFen: 8_640 });
    for (let time = 0; time < 2; time += 1)
      expect(await provider.refund(money!)).toEqual({ kind: 'done', value: null });
    expect(sample.refunded()).toEqual([money?.number]);
    expect(await provider.close(REFERENCE)).toMatchObject({ kind: 'done', value: { isOpen: false } });
    expect(await provider.refund({ number: 'nobody’s', amountFen: 1 })).toEqual({
      kind: 'unavailable',
      code: 'refused',
    });
  });

  it.each([
    ['away', 'away'],
    ['cut-before', 'unreachable'],
    ['lost-reply', 'unreachable'],
    ['silent', 'timeout'],
  ] as const)('%s is tried three times and no more', async (fault, code) => {
    line = await openLine(scheme);
    const { provider, faults, logged } = line;
    faults.push(fault, fault);
    expect(await provider.open(ORDER)).toMatchObject({ kind: 'done', value: { isOpen: true } });
    expect(logged).toEqual([
      { call: 'open', code, tried: 1 },
      { call: 'open', code, tried: 2 },
    ]);
    faults.push(fault, fault, fault, 'away');
    expect(await provider.find(REFERENCE)).toEqual({ kind: 'unavailable', code });
    expect(faults).toEqual(['away']);
  });

  it.each([
    ['not-signed', 'not-signed'],
    ['bent', 'not-signed'],
    ['of-another-call', 'not-signed'],
    ['another-reference', 'unreadable'],
    ['garbage', 'unreadable'],
  ] as const)('what is %s says nothing, and is not asked again at once', async (fault, code) => {
    line = await openLine(scheme);
    const { provider, faults } = line;
    for (const call of ['open', 'find', 'close'] as const) {
      faults.push(fault, 'away');
      const came = call === 'open' ? provider.open(ORDER) : provider[call](REFERENCE);
      expect(await came).toEqual({ kind: 'unavailable', code });
      expect(faults.splice(0)).toEqual(['away']);
    }
  });

  it('lets in nobody else', async () => {
    line = await openLine(scheme, { appId: 'another-county' });
    expect(await line.provider.open(ORDER)).toEqual({ kind: 'unavailable', code: 'not-let-in' });
    expect(line.sample.payable()).toEqual([]);
  });
});

describe('a provider as it is configured', () => {
  const tools = { clock: systemClock, crypto, fetch: nodeFetch, log: () => undefined, noticeUrl: () => null };
  const reached = { url: 'https://pay.example', appId: APP_ID, keyFile: 'key', timeoutMs: 4_000, tries: 3 };

  it('needs a key of its kind', () => {
    const hmac = { scheme: 'hmac-sha256', ...reached } as const;
    const ed25519 = { scheme: 'ed25519', ...reached, providerKey: 'cd'.repeat(32) } as const;
    expect(realProvider(hmac, 'ab'.repeat(48), tools).notices).toMatchObject({ appId: APP_ID });
    expect(realProvider(ed25519, 'ab'.repeat(32), tools).notices.keys.scheme).toBe('ed25519');
    for (const key of ['', 'secret', 'ab'.repeat(31)])
      expect(() => realProvider(hmac, key, tools)).toThrow(/key/);
    expect(() => realProvider(ed25519, 'ab'.repeat(33), tools)).toThrow(/key/);
  });
});
