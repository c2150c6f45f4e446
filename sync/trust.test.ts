import { describe, expect, it } from 'vitest';
import { createCrypto } from '../base/crypto/self-test.ts';
import { helloFormat, receiptFormat } from './formats/answers.ts';
import { orderFormat } from './formats/feed.ts';
import { certFormat, type KeySet, type KeySetValue, makeKeySet, parseKeySet } from './formats/key-set.ts';
import { KEY_USE, keyId } from './formats/keys.ts';
import { SAMPLE_MS, sample32, sampleHead, sampleId, sampleWorld } from './formats/sample.ts';
import { makeSlip, parseSlip } from './formats/slip.ts';
import {
  afterHello,
  checkKeyUse,
  findSealKey,
  type TrustState,
  verifyAnswer,
  verifyCert,
  verifyEnrolAnswer,
  verifyHello,
  verifyKeySetsFromRoot,
  verifyLaterKeySets,
  verifyOrder,
  verifySlip,
} from './trust.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const { platformId, terminalId, keySet, epoch } = world;
const trust: TrustState = { platformId, terminalId, keySet, epoch, formerEpochs: [] };
const head = sampleHead(crypto, world);
const id = (name: string) => sampleId(crypto, name);
const newKey = () => crypto.signingKey(crypto.randomBytes(32));
const code = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code;

describe('an answer', () => {
  const items = [{ seq: 1, entryId: id('e'), entryHash: sample32(crypto, 'h'), outcome: 0 }];
  function judged(change: Partial<typeof head>, signer = world.answering, of: TrustState = trust): string {
    const signed = receiptFormat.parse(
      receiptFormat.make(signer, { ...head, ...change, journalId: world.journalId, items }),
    );
    if (!signed.ok) throw new Error('not read');
    return code(verifyAnswer(crypto, of, receiptFormat, signed.value));
  }

  it('counts from this platform, for this terminal, in this epoch, by a key that may answer', () => {
    expect(judged({})).toBe('ok');
    expect(judged({ platformId: id('other') })).toBe('wrong-platform');
    expect(judged({ terminalId: id('other') })).toBe('wrong-terminal');
    expect(judged({ epoch: id('other') })).toBe('wrong-epoch');
    expect(judged({}, world.answering, { ...trust, epoch: null })).toBe('wrong-epoch');
  });

  it('does not count when another key signed, whatever key it names', () => {
    const stranger = newKey();
    expect(judged({}, stranger)).toBe('bad-signature');
    expect(judged({ signKeyId: keyId(crypto, stranger.publicKey) }, stranger)).toBe('unknown-key');
    for (const other of [world.certifying, world.ordering]) {
      expect(judged({ signKeyId: keyId(crypto, other.publicKey) }, other)).toBe('wrong-use');
    }
    expect(judged({ signKeyId: keyId(crypto, world.root.publicKey) }, world.root)).toBe('unknown-key');
  });
});

describe('a hello', () => {
  function judged(change: object, of: TrustState = trust): string {
    const bytes = helloFormat.make(world.answering, { ...head, nonce: id('nonce'), keySet: 1, ...change });
    const signed = helloFormat.parse(bytes);
    if (!signed.ok) throw new Error('not read');
    return code(verifyHello(crypto, of, signed.value, id('nonce')));
  }

  it('counts over the own nonce, in a new epoch too, never in a former one', () => {
    expect(judged({})).toBe('ok');
    expect(judged({ epoch: id('new') })).toBe('ok');
    expect(judged({ nonce: id('other') })).toBe('wrong-nonce');
    expect(judged({ epoch: id('old') }, { ...trust, formerEpochs: [id('old')] })).toBe('former-epoch');
    expect(judged({ terminalId: id('other') })).toBe('wrong-terminal');
  });

  it('leaves the epoch before behind', () => {
    const hello = { ...head, nonce: id('nonce'), keySet: 1 } as const;
    expect(afterHello({ ...trust, epoch: null }, hello)).toEqual(trust);
    expect(afterHello(trust, hello)).toBe(trust);
    const moved = afterHello(trust, { ...hello, epoch: id('new') });
    expect(moved).toEqual({ ...trust, epoch: id('new'), formerEpochs: [epoch] });
  });
});

describe('key sets', () => {
  const made = (value: Partial<KeySetValue>, signers = [world.root]): KeySet => {
    const parsed = parseKeySet(makeKeySet(crypto, signers, { ...keySet.value, ...value }));
    if (!parsed.ok) throw new Error('not read');
    return parsed.value;
  };

  it('follow one another, each signed by a root of the one before', () => {
    const next = newKey();
    const second = made({ number: 2, roots: [next.publicKey] });
    const third = made({ number: 3, roots: [next.publicKey] }, [next]);
    expect(verifyLaterKeySets(crypto, keySet, [second, third])).toEqual({ ok: true, value: third });
    expect(verifyLaterKeySets(crypto, keySet, [keySet, second])).toEqual({ ok: true, value: second });
    expect(code(verifyLaterKeySets(crypto, keySet, [third]))).toBe('missing-set');
    const byLost = made({ number: 3 }, [world.root]);
    expect(code(verifyLaterKeySets(crypto, keySet, [second, byLost]))).toBe('bad-signature');
    expect(code(verifyLaterKeySets(crypto, keySet, [made({ number: 2 }, [world.answering])]))).toBe(
      'bad-signature',
    );
    expect(code(verifyLaterKeySets(crypto, keySet, [made({ number: 2, platformId: id('x') })]))).toBe(
      'wrong-platform',
    );
  });

  it('never go back', () => {
    const current = made({ number: 5 });
    expect(verifyLaterKeySets(crypto, current, [made({ number: 4 }), keySet])).toEqual({
      ok: true,
      value: current,
    });
  });

  it('begin with the root of the code', () => {
    const rootHash = crypto.sha256(world.root.publicKey);
    expect(code(verifyKeySetsFromRoot(crypto, rootHash, [keySet]))).toBe('ok');
    expect(code(verifyKeySetsFromRoot(crypto, rootHash, []))).toBe('missing-set');
    expect(code(verifyKeySetsFromRoot(crypto, sample32(crypto, 'x'), [keySet]))).toBe('wrong-root');
    const impostor = newKey();
    const forged = made({ roots: [world.root.publicKey, impostor.publicKey] }, [impostor]);
    expect(code(verifyKeySetsFromRoot(crypto, rootHash, [forged]))).toBe('bad-signature');
  });

  it('say which key seals, and which key may do what', () => {
    expect(findSealKey(keySet)).toEqual(world.sealing.publicKey);
    expect(findSealKey(made({ keys: keySet.value.keys.slice(1) }))).toBeUndefined();
    const certifyingId = keyId(crypto, world.certifying.publicKey);
    expect(checkKeyUse(crypto, keySet, certifyingId, KEY_USE.certify).ok).toBe(true);
    expect(code(checkKeyUse(crypto, keySet, certifyingId, KEY_USE.answer))).toBe('wrong-use');
  });
});

describe('certificates and slips', () => {
  const cert = certFormat.parse(world.certBytes);
  if (!cert.ok) throw new Error('not read');
  const slipOf = (certBytes: Uint8Array, key = world.terminal) => {
    const value = {
      localNumber: '000000000001',
      slipCode: '000001',
      entryHash: sample32(crypto, 'h'),
      wallMs: 1,
    };
    const slip = parseSlip(makeSlip(key, certBytes, value));
    if (!slip.ok) throw new Error('not read');
    return slip.value;
  };

  it('count when a key with use 3 issued them', () => {
    expect(verifyCert(crypto, keySet, cert.value)).toEqual({ ok: true, value: cert.value.value });
    const byAnswering = certFormat.make(world.answering, {
      ...cert.value.value,
      issuerKeyId: keyId(crypto, world.answering.publicKey),
    });
    const wrong = certFormat.parse(byAnswering);
    expect(wrong.ok && code(verifyCert(crypto, keySet, wrong.value))).toBe('wrong-use');
    const forged = certFormat.parse(certFormat.make(world.answering, cert.value.value));
    expect(forged.ok && code(verifyCert(crypto, keySet, forged.value))).toBe('bad-signature');
  });

  it('prove that an enrolled terminal said so', () => {
    expect(code(verifySlip(crypto, keySet, slipOf(world.certBytes)))).toBe('ok');
    expect(code(verifySlip(crypto, keySet, slipOf(world.certBytes, newKey())))).toBe('bad-signature');
    const own = newKey();
    const selfMade = certFormat.make(own, { ...cert.value.value, publicKey: own.publicKey });
    expect(code(verifySlip(crypto, keySet, slipOf(selfMade, own)))).toBe('bad-signature');
  });
});

describe('an order', () => {
  const order = {
    v: 1,
    suite: 1,
    platformId,
    orderKeyId: keyId(crypto, world.ordering.publicKey),
    orderId: id('order'),
    terminalId,
    journalId: world.journalId,
    seq: 1,
    entryHash: sample32(crypto, 'h'),
    reason: '示例',
    at: SAMPLE_MS,
  } as const;
  const judged = (change: object, signer = world.ordering) => {
    const signed = orderFormat.parse(orderFormat.make(signer, { ...order, ...change }));
    return signed.ok ? code(verifyOrder(crypto, trust, signed.value)) : 'unread';
  };

  it('counts by a key with use 4, for this terminal', () => {
    expect(judged({})).toBe('ok');
    expect(judged({}, world.answering)).toBe('bad-signature');
    expect(judged({ orderKeyId: keyId(crypto, world.answering.publicKey) }, world.answering)).toBe(
      'wrong-use',
    );
    expect(judged({ terminalId: id('other') })).toBe('wrong-terminal');
    expect(judged({ platformId: id('other') })).toBe('wrong-platform');
  });
});

describe('the answer to an enrolment', () => {
  const rootHash = crypto.sha256(world.root.publicKey);
  const cert = certFormat.parse(world.certBytes);
  const hello = helloFormat.parse(
    helloFormat.make(world.answering, { ...head, nonce: id('nonce'), keySet: 1 }),
  );
  if (!cert.ok || !hello.ok) throw new Error('not read');
  const asked = { rootHash, publicKey: world.terminal.publicKey, nonce: id('nonce') };
  const answer = { keySets: [keySet], cert: cert.value, hello: hello.value };

  it('is believed from the root of the code down', () => {
    expect(verifyEnrolAnswer(crypto, asked, answer)).toEqual({ ok: true, value: trust });
    const judged = (change: object) => code(verifyEnrolAnswer(crypto, { ...asked, ...change }, answer));
    expect(judged({ rootHash: sample32(crypto, 'x') })).toBe('wrong-root');
    expect(judged({ publicKey: newKey().publicKey })).toBe('wrong-key');
    expect(judged({ nonce: id('other') })).toBe('wrong-nonce');
  });
});
