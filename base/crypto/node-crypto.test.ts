import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHex, toHex, utf8 } from '../bytes.ts';
import { systemRandom } from '../node/random.ts';
import type { Crypto } from './api.ts';
import { createNodeCrypto } from './node-crypto.ts';
import { createCrypto, runKnownAnswerTests } from './self-test.ts';

const crypto = createCrypto();
const hex = (text: string) => findHex(text)!;
const peer = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
/** WebCrypto takes no view on shared memory: give it bytes of their own. */
const own = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;

describe('scrypt', () => {
  it('gives the second answer of RFC 7914, at a cost near the one in use', () => {
    const key = crypto.scrypt({
      secret: utf8('password'),
      salt: utf8('NaCl'),
      cost: { N: 1024, r: 8, p: 16 },
      length: 64,
    });
    expect(toHex(key)).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162' +
        '2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    );
  });
});

describe('sealing', () => {
  it('gives the sealed bytes of the vector published with RFC 9180', () => {
    const ephemeral = hex('179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11');
    const sealed = createNodeCrypto({ bytes: () => ephemeral }).seal({
      recipient: hex('430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c'),
      info: hex('4f6465206f6e2061204772656369616e2055726e'),
      aad: hex('436f756e742d30'),
      plain: utf8('Beauty is truth, truth beauty'),
    });
    expect(toHex(sealed)).toBe(
      '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256' +
        'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
    );
  });

  it('is opened by another implementation, and opens what that one sealed', async () => {
    const bytes = fc.uint8Array({ maxLength: 3000 });
    await fc.assert(
      fc.asyncProperty(bytes, bytes, bytes, async (info, aad, plain) => {
        const privateBytes = crypto.randomBytes(32);
        const key = crypto.openingKey(privateBytes);
        const recipientKey = await peer.kem.importKey('raw', own(privateBytes), false);
        const sealed = crypto.seal({ recipient: key.publicKey, info, aad, plain });
        const theirs = await peer.open(
          { recipientKey, enc: own(sealed.subarray(0, 32)), info: own(info) },
          own(sealed.subarray(32)),
          own(aad),
        );
        expect(new Uint8Array(theirs)).toEqual(plain);

        const recipientPublicKey = await peer.kem.importKey('raw', own(key.publicKey), true);
        const { ct, enc } = await peer.seal({ recipientPublicKey, info: own(info) }, own(plain), own(aad));
        const joined = Uint8Array.of(...new Uint8Array(enc), ...new Uint8Array(ct));
        expect(key.open(joined, info, aad)).toEqual({ ok: true, value: plain });
      }),
      { numRuns: 20 },
    );
  });

  it('says unopenable for every cut, every flipped bit and a key of low order', () => {
    const key = crypto.openingKey(crypto.randomBytes(32));
    const sealed = crypto.seal({
      recipient: key.publicKey,
      info: utf8('i'),
      aad: utf8('a'),
      plain: utf8('x'),
    });
    for (let length = 0; length < sealed.length; length++) {
      expect(key.open(sealed.subarray(0, length), utf8('i'), utf8('a')).ok).toBe(false);
    }
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = sealed.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      // RFC 7748 masks the top bit of a public key, but HPKE binds enc as sent: it must fail all the same.
      expect(key.open(flipped, utf8('i'), utf8('a')).ok).toBe(false);
    }
    const lowOrder = new Uint8Array(64);
    expect(key.open(lowOrder, utf8('i'), utf8('a')).ok).toBe(false);
  });

  it('never seals to a key of low order', () => {
    const recipient = new Uint8Array(32);
    const empty = new Uint8Array(0);
    expect(() => crypto.seal({ recipient, info: empty, aad: empty, plain: empty })).toThrow(
      'broken invariant',
    );
  });

  it('seals the same twice from the same chance, and another from another', () => {
    const recipient = crypto.openingKey(crypto.randomBytes(32)).publicKey;
    const message = { recipient, info: utf8('i'), aad: utf8('a'), plain: utf8('x') };
    const fixed = () => createNodeCrypto({ bytes: (length) => new Uint8Array(length).fill(7) }).seal(message);
    expect(fixed()).toEqual(fixed());
    expect(crypto.seal(message)).not.toEqual(crypto.seal(message));
  });
});

describe('signatures', () => {
  it('hold for exactly these bytes and this key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (message, at) => {
        const key = crypto.signingKey(crypto.randomBytes(32));
        const signature = key.sign(message);
        const changed = message.map((byte, index) => (index === at % message.length ? byte ^ 1 : byte));
        expect(crypto.verify({ publicKey: key.publicKey, message, signature })).toBe(true);
        expect(crypto.verify({ publicKey: key.publicKey, message: changed, signature })).toBe(false);
        const other = crypto.signingKey(crypto.randomBytes(32)).publicKey;
        expect(crypto.verify({ publicKey: other, message, signature })).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('are false, not a crash, for keys and signatures of wrong size or off the curve', () => {
    const key = crypto.signingKey(crypto.randomBytes(32));
    const message = utf8('m');
    const signature = key.sign(message);
    const cases = [
      { publicKey: key.publicKey.subarray(1), message, signature },
      { publicKey: new Uint8Array(32).fill(0xff), message, signature },
      { publicKey: key.publicKey, message, signature: signature.subarray(1) },
      { publicKey: key.publicKey, message, signature: new Uint8Array(0) },
    ];
    for (const wrong of cases) expect(crypto.verify(wrong)).toBe(false);
  });
});

describe('the self-test', () => {
  const broken: [string, Partial<Crypto>][] = [
    ['SHA-256', { sha256: () => new Uint8Array(32) }],
    ['SHA-256 in parts', { startSha256: () => ({ update: () => {}, digest: () => new Uint8Array(32) }) }],
    ['HMAC', { hmacSha256: (_key, message) => crypto.sha256(message) }],
    ['HKDF', { hkdf: ({ length }) => new Uint8Array(length) }],
    ['GCM that ignores the tag', { aesGcmOpen: () => ({ ok: true, value: new Uint8Array(60) }) }],
    ['signatures all good', { verify: () => true }],
    ['HPKE without info', { seal: (options) => crypto.seal({ ...options, info: new Uint8Array(0) }) }],
    ['chance that repeats', { randomBytes: (length) => new Uint8Array(length) }],
    [
      'a primitive that throws',
      {
        openingKey: () => {
          throw new Error('unsupported');
        },
      },
    ],
  ];

  it.each(broken)('finds %s', (_name, part) => {
    expect(runKnownAnswerTests({ ...crypto, ...part })).toMatchObject({ error: { code: 'wrong-answer' } });
  });

  it('passes here, and lets no program start where it fails', () => {
    expect(runKnownAnswerTests(crypto).ok).toBe(true);
    expect(() => createCrypto({ bytes: (length) => new Uint8Array(length) })).toThrow('self-test');
    expect(createCrypto(systemRandom).randomBytes(5)).toHaveLength(5);
  });
});
