import { describe, expect, it } from 'vitest';
import { equalBytes } from '../base/bytes.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import type { Fetch, HttpRequest } from '../base/fetch.ts';
import { err, ok } from '../base/result.ts';
import { createClient, createExchange } from './client.ts';
import { certifyNewKey, enrol } from './enrol.ts';
import { helloFormat } from './formats/answers.ts';
import {
  formatEnrolmentCode,
  isEnrolRequestBy,
  makeEnrolAnswer,
  parseEnrolRequest,
} from './formats/enrolment.ts';
import { type Cert, certFormat, parseKeySet } from './formats/key-set.ts';
import { keyId } from './formats/keys.ts';
import { isNewKeyRequestBy, makeProblem, parseNewKeyRequest } from './formats/messages.ts';
import { SAMPLE_MS, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const secret = sampleId(crypto, 'secret');
const rootHash = crypto.sha256(world.root.publicKey);
const origin = 'https://yizhan.example';
const code = formatEnrolmentCode({ origin, rootHash, secret });

const respond = (status: number, body: Uint8Array) => ok({ status, headers: {}, body });

function certFor(publicKey: Uint8Array, change: Partial<Cert> = {}): Uint8Array {
  return certFormat.make(world.certifying, {
    v: 1,
    suite: 1,
    issuerKeyId: keyId(crypto, world.certifying.publicKey),
    terminalId: world.terminalId,
    publicKey,
    place: '示例村',
    issuedAt: SAMPLE_MS,
    ...change,
  });
}

/** A platform that enrols whoever knows the secret. */
const platform: Fetch = async (request: HttpRequest) => {
  const asked = parseEnrolRequest(request.body!);
  if (!asked.ok || request.url !== `${origin}/v1/enrol`) throw new Error('a malformed request');
  if (!isEnrolRequestBy(crypto, asked.value, secret)) return respond(403, makeProblem('bad-code'));
  const cert = certFormat.parse(certFor(asked.value.publicKey));
  const greeting = { ...sampleHead(crypto, world), nonce: asked.value.nonce, keySet: 1 };
  const hello = helloFormat.parse(helloFormat.make(world.answering, greeting));
  if (!cert.ok || !hello.ok) throw new Error('broken sample');
  return respond(200, makeEnrolAnswer({ keySets: [world.keySet], cert: cert.value, hello: hello.value }));
};

describe('enrolment', () => {
  const key = crypto.signingKey(crypto.randomBytes(32));

  it('brings what a journal begins with', async () => {
    const enrolled = await enrol({ fetch: platform, crypto }, key, code);
    if (!enrolled.ok) throw new Error(enrolled.error.code);
    const { trust, certBytes, ...rest } = enrolled.value;
    expect(rest).toEqual({
      origin,
      platformId: world.platformId,
      terminalId: world.terminalId,
      place: '示例村',
    });
    expect(trust).toEqual({
      keySet: world.keySetBytes,
      epoch: world.epoch,
      formerEpochs: [],
      floorMs: SAMPLE_MS,
      lastContactMs: SAMPLE_MS,
    });
    expect(equalBytes(certBytes, certFor(key.publicKey))).toBe(true);
    expect(parseKeySet(trust.keySet).ok).toBe(true);
  });

  it('says what went wrong', async () => {
    const with_ = async (fetch: Fetch, typed = code) => {
      const enrolled = await enrol({ fetch, crypto }, key, typed);
      return enrolled.ok ? 'ok' : enrolled.error;
    };
    const never: Fetch = async () => {
      throw new Error('nothing is sent under a bad code');
    };
    expect(await with_(never, `${code}x`)).toEqual({ code: 'bad-code' });
    const other = formatEnrolmentCode({ origin, rootHash, secret: sampleId(crypto, 'other') });
    expect(await with_(platform, other)).toEqual({ code: 'refused', as: 'bad-code' });
    expect(await with_(async () => respond(502, new Uint8Array(0)))).toEqual({
      code: 'refused',
      as: 'http-502',
    });
    expect(await with_(async () => err({ code: 'timeout', detail: '' }))).toEqual({ code: 'timeout' });
    expect(await with_(async () => respond(200, new Uint8Array(3)))).toEqual({
      code: 'untrusted',
      why: 'malformed',
    });
  });

  it('believes nobody but the root of the code', async () => {
    const strange = formatEnrolmentCode({ origin, rootHash: crypto.sha256(secret), secret });
    expect(await enrol({ fetch: platform, crypto }, key, strange)).toMatchObject({
      error: { code: 'untrusted', why: 'wrong-root' },
    });
    let recorded: Awaited<ReturnType<Fetch>> | undefined;
    const repeating: Fetch = async (request) => (recorded ??= await platform(request));
    await enrol({ fetch: repeating, crypto }, key, code);
    expect(await enrol({ fetch: repeating, crypto }, key, code)).toMatchObject({
      error: { code: 'untrusted', why: 'wrong-nonce' },
    });
  });
});

describe('a new key', () => {
  const { platformId, terminalId, keySet, epoch } = world;
  const trust = { platformId, terminalId, keySet, epoch, formerEpochs: [] };
  const identity = () => ({ origin, platformId, terminalId, key: world.terminal, bootId: world.bootId });
  const newKey = crypto.signingKey(crypto.randomBytes(32));
  const asked = (body: Uint8Array) =>
    certifyNewKey(
      {
        client: createClient(createExchange(async () => respond(200, body), crypto, identity)),
        crypto,
        trust,
      },
      newKey,
    );

  it('is certified for this terminal and this key alone', async () => {
    const right = certFor(newKey.publicKey);
    expect(await asked(right)).toEqual({ ok: true, value: right });
    expect(await asked(certFor(world.answering.publicKey))).toEqual({ ok: false, error: 'wrong-key' });
    const elsewhere = certFor(newKey.publicKey, { terminalId: sampleId(crypto, 'other') });
    expect(await asked(elsewhere)).toEqual({ ok: false, error: 'wrong-key' });
    expect(await asked(right.subarray(1))).toEqual({ ok: false, error: 'malformed' });
  });

  it('is asked for by its holder', async () => {
    let sent: Uint8Array | undefined;
    const fetch: Fetch = async (request) => {
      sent = request.body;
      return respond(403, makeProblem('revoked'));
    };
    const client = createClient(createExchange(fetch, crypto, identity));
    expect(await certifyNewKey({ client, crypto, trust }, newKey)).toEqual({ ok: false, error: 'http-403' });
    const read = parseNewKeyRequest(sent!);
    expect(read.ok && isNewKeyRequestBy(crypto, read.value, terminalId)).toBe(true);
  });
});
