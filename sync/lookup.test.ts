import { expect, test } from 'vitest';
import { label } from '../base/bytes.ts';
import { encodeCbor } from '../base/cbor.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { err, ok } from '../base/result.ts';
import type { Client } from './client.ts';
import { encodeContent } from './content-coding.ts';
import { certFormat } from './formats/key-set.ts';
import { keyId } from './formats/keys.ts';
import { type LookupRequest, lookupFormat, makeLookupAnswer, parseLookupRequest } from './formats/lookup.ts';
import type { ProblemCode } from './formats/messages.ts';
import { SAMPLE_MS, sample32, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';
import { makeSlip, slipQrText } from './formats/slip.ts';
import { createSlipLookUp } from './lookup.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const ORIGIN = 'https://yizhan.example';
const SLIP = { localNumber: '330625120047', slipCode: '402917' };
const FOUND = {
  schema: 1,
  found: true,
  submittedMs: SAMPLE_MS,
  provinceNumber: null,
  progress: [{ status: 'accepted', atMs: SAMPLE_MS + 1, words: '已受理' }],
};

type Answer = (asked: LookupRequest, nth: number) => Uint8Array | { status: number; code: ProblemCode };

/** What the platform would say; `change` bends it. */
function word(asked: LookupRequest, change: object = {}, key = world.answering): Uint8Array {
  return makeLookupAnswer(crypto, key, {
    ...sampleHead(crypto, world),
    replyKey: asked.replyKey,
    localNumber: asked.localNumber,
    content: encodeContent(FOUND),
    ...change,
  });
}

/** A look-up against a platform that answers as told. */
function lookUpAt(answer: Answer | 'unreachable') {
  const ignored: string[] = [];
  const asked: LookupRequest[] = [];
  const client: Client = async ({ endpoint, content = new Uint8Array(0) }) => {
    expect(endpoint).toBe('slips');
    if (answer === 'unreachable') return err({ code: 'unreachable' });
    const read = parseLookupRequest(content);
    if (!read.ok) throw new Error('the look-up is malformed');
    asked.push(read.value);
    const said = answer(read.value, asked.length);
    if (said instanceof Uint8Array) return ok(said);
    return err({ code: 'http', status: said.status, problem: said.code, retryAfterMs: 60_000 });
  };
  const { platformId, terminalId, keySet, epoch } = world;
  const trust = () => ({ platformId, terminalId, keySet, epoch, formerEpochs: [] });
  const lookUp = createSlipLookUp({ client, crypto, trust, onIgnored: (code) => ignored.push(code) });
  const ask = () => lookUp.ask(SLIP, new AbortController().signal);
  return { lookUp, ask, asked, ignored };
}

test('the platform’s word on the number that was asked is told; each question has a key of its own', async () => {
  const { ask, asked, ignored } = lookUpAt((question) => word(question));
  expect(await ask()).toMatchObject({ ok: true, value: { found: true, progress: [{ words: '已受理' }] } });
  await ask();
  expect(asked).toMatchObject([SLIP, SLIP]);
  expect(asked[0]?.replyKey).not.toEqual(asked[1]?.replyKey);
  expect(ignored).toEqual([]);
});

const otherKey = crypto.openingKey(sample32(crypto, 'caseReplyKey'));
const stranger = crypto.signingKey(sample32(crypto, 'agent'));
const elsewhere = { terminalId: sampleId(crypto, 'other') };

test.each<[string, Answer, string]>([
  ['sealed by somebody who saw the key go by', (asked) => word(asked, {}, stranger), 'bad-signature'],
  [
    'signed by a key that may not answer',
    (asked) => word(asked, { signKeyId: keyIdOf(world.certifying) }, world.certifying),
    'wrong-use',
  ],
  ['on another number', (asked) => word(asked, { localNumber: '000000000000' }), 'wrong-number'],
  ['for another terminal', (asked) => word(asked, elsewhere), 'wrong-terminal'],
  [
    'of another platform',
    (asked) => word(asked, { platformId: sampleId(crypto, 'other') }),
    'wrong-platform',
  ],
  ['of another epoch', (asked) => word(asked, { epoch: sampleId(crypto, 'other') }), 'wrong-epoch'],
  ['sealed to another key', (asked) => word(asked, { replyKey: otherKey.publicKey }), 'unopenable'],
  ['that is no answer', () => new Uint8Array(3), 'malformed'],
  ['with another content', (asked) => word(asked, { content: encodeContent({ schema: 1 }) }), 'misfit'],
])('an answer %s is refused', async (_what, answer, code) => {
  const { ask, ignored } = lookUpAt(answer);
  expect(await ask()).toEqual({ ok: false, error: 'no-answer' });
  expect(ignored).toEqual([code]);
});

const keyIdOf = (key: { readonly publicKey: Uint8Array }) => keyId(crypto, key.publicKey);

test('an answer that was heard before is refused, sealed as it was or sealed anew', async () => {
  let first: LookupRequest | undefined;
  const again = lookUpAt((asked) => {
    first ??= asked;
    return word(first);
  });
  expect((await again.ask()).ok).toBe(true);
  expect(await again.ask()).toEqual({ ok: false, error: 'no-answer' });
  expect(again.ignored).toEqual(['unopenable']);

  const anew = lookUpAt(({ replyKey }) => {
    const { localNumber } = SLIP;
    const old = { ...sampleHead(crypto, world), replyKey: otherKey.publicKey, localNumber };
    const plain = lookupFormat.make(world.answering, { ...old, content: encodeContent(FOUND) });
    const info = label('yizhan/lookup/1');
    const sealed = crypto.seal({ recipient: replyKey, info, aad: encodeCbor([1, 1, replyKey]), plain });
    return encodeCbor([1, 1, sealed]);
  });
  expect(await anew.ask()).toEqual({ ok: false, error: 'no-answer' });
  expect(anew.ignored).toEqual(['wrong-key']);
});

test.each<[Answer | 'unreachable', string]>([
  ['unreachable', 'offline'],
  [() => ({ status: 429, code: 'slow-down' }), 'too-many'],
  [() => ({ status: 503, code: 'busy' }), 'no-answer'],
  [() => ({ status: 403, code: 'revoked' }), 'no-answer'],
  [
    (asked) =>
      word(asked, { content: encodeContent({ ...FOUND, found: false, submittedMs: null, progress: [] }) }),
    'not-found',
  ],
])('trouble is a value: %#', async (answer, trouble) => {
  expect(await lookUpAt(answer).ask()).toEqual({ ok: false, error: trouble });
});

const slipOf = (key = world.terminal, certBytes = world.certBytes) =>
  makeSlip(key, certBytes, { ...SLIP, entryHash: sample32(crypto, 'entry'), wallMs: SAMPLE_MS });

test('a slip is read without a network, and proves what it proves', () => {
  const { lookUp } = lookUpAt('unreachable');
  expect(lookUp.read(slipQrText(ORIGIN, slipOf()))).toEqual({
    ok: true,
    value: { ...SLIP, wallMs: SAMPLE_MS, proof: { place: '330624108201' } },
  });
});

test('a slip signed by another key than its certificate’s is forged; a certifier nobody knows is no proof', () => {
  const { lookUp } = lookUpAt('unreachable');
  expect(lookUp.read(slipQrText(ORIGIN, slipOf(stranger)))).toEqual({ ok: false, error: 'forged' });
  const foreign = certFormat.make(stranger, {
    v: 1,
    suite: 1,
    issuerKeyId: keyIdOf(stranger),
    terminalId: world.terminalId,
    publicKey: world.terminal.publicKey,
    place: '330624108201',
    issuedAt: SAMPLE_MS,
  });
  expect(lookUp.read(slipQrText(ORIGIN, slipOf(world.terminal, foreign)))).toMatchObject({
    value: { ...SLIP, proof: null },
  });
});

test.each([
  '330624260000123',
  `${ORIGIN}/s#1.`,
  `${ORIGIN}/s#1.AAAA`,
  '\u001b/s#1.!!',
  '好'.repeat(4096),
  '',
])('another code is no slip: %#', (text) => {
  expect(lookUpAt('unreachable').lookUp.read(text)).toEqual({ ok: false, error: 'no-slip' });
});
