import { equalBytes, findHex, utf8 } from '../bytes.ts';
import { systemRandom } from '../node/random.ts';
import type { Random } from '../random.ts';
import { err, ok, type Result } from '../result.ts';
import type { Crypto } from './api.ts';
import { createNodeCrypto } from './node-crypto.ts';

/** The crypto of this machine gave another answer than the standard; `test` says which. */
export interface SelfTestTrouble {
  readonly code: 'wrong-answer';
  readonly test: string;
}

/**
 * Checks every algorithm of suite 1 against published answers, and that what must fail does fail (law 8).
 * Takes a few milliseconds; every program does it at every start.
 */
export function runKnownAnswerTests(crypto: Crypto): Result<void, SelfTestTrouble> {
  for (const [test, holds] of Object.entries(KNOWN_ANSWERS)) {
    if (!holdsWithoutThrowing(holds, crypto)) return err({ code: 'wrong-answer', test });
  }
  return ok(undefined);
}

/** The crypto a program uses. Throws when a known-answer test fails: better no work than wrong work. */
export function createCrypto(random: Random = systemRandom): Crypto {
  const crypto = createNodeCrypto(random);
  const tested = runKnownAnswerTests(crypto);
  if (!tested.ok) throw new Error(`crypto self-test failed: ${tested.error.test}`);
  return crypto;
}

function holdsWithoutThrowing(holds: (crypto: Crypto) => boolean, crypto: Crypto): boolean {
  try {
    return holds(crypto);
  } catch {
    return false;
  }
}

function hex(text: string): Uint8Array {
  return findHex(text) ?? new Uint8Array(0);
}

function flipFirst(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
}

/** NIST GCM specification, test case 16. */
const GCM = {
  key: hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
  nonce: hex('cafebabefacedbaddecaf888'),
  aad: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
};
const GCM_PLAIN = hex(
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
);
const GCM_SEALED = hex(
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
);

/** RFC 8032 §7.1, test 2. */
const ED25519 = {
  seed: hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
  publicKey: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  message: hex('72'),
  signature: hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
};

/** The vector published with RFC 9180 for base mode, 0x0020, 0x0001, 0x0002, encryption 0. */
const HPKE = {
  privateKey: hex('497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d'),
  publicKey: hex('430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c'),
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  aad: hex('436f756e742d30'),
  plain: utf8('Beauty is truth, truth beauty'),
  sealed: hex(
    '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
  ),
};

const KNOWN_ANSWERS: Readonly<Record<string, (crypto: Crypto) => boolean>> = {
  'SHA-256 (FIPS 180-4)': (crypto) =>
    equalBytes(
      crypto.sha256(utf8('a'), utf8('bc')),
      hex('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'),
    ),

  'SHA-256, part after part': (crypto) => {
    const hash = crypto.startSha256();
    hash.update(utf8('a'));
    hash.update(utf8('bc'));
    return equalBytes(hash.digest(), crypto.sha256(utf8('abc')));
  },

  'HMAC-SHA-256 (RFC 4231, case 2)': (crypto) =>
    equalBytes(
      crypto.hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?')),
      hex('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
    ),

  'HKDF-SHA-256 (RFC 5869, case 1)': (crypto) =>
    equalBytes(
      crypto.hkdf({
        ikm: new Uint8Array(22).fill(0x0b),
        salt: hex('000102030405060708090a0b0c'),
        info: hex('f0f1f2f3f4f5f6f7f8f9'),
        length: 42,
      }),
      hex('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'),
    ),

  'scrypt (RFC 7914, vector 1)': (crypto) =>
    equalBytes(
      crypto.scrypt({ secret: utf8(''), salt: utf8(''), cost: { N: 16, r: 1, p: 1 }, length: 64 }),
      hex(
        '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
      ),
    ),

  'AES-256-GCM seals': (crypto) => equalBytes(crypto.aesGcmSeal({ ...GCM, plain: GCM_PLAIN }), GCM_SEALED),

  'AES-256-GCM opens': (crypto) => {
    const opened = crypto.aesGcmOpen({ ...GCM, sealed: GCM_SEALED });
    return opened.ok && equalBytes(opened.value, GCM_PLAIN);
  },

  'AES-256-GCM refuses what was changed': (crypto) =>
    !crypto.aesGcmOpen({ ...GCM, sealed: flipFirst(GCM_SEALED) }).ok &&
    !crypto.aesGcmOpen({ ...GCM, aad: flipFirst(GCM.aad), sealed: GCM_SEALED }).ok,

  'Ed25519 signs': (crypto) => {
    const key = crypto.signingKey(ED25519.seed);
    return (
      equalBytes(key.publicKey, ED25519.publicKey) && equalBytes(key.sign(ED25519.message), ED25519.signature)
    );
  },

  'Ed25519 verifies, and refuses what was changed': (crypto) =>
    crypto.verify(ED25519) &&
    !crypto.verify({ ...ED25519, message: flipFirst(ED25519.message) }) &&
    !crypto.verify({ ...ED25519, signature: flipFirst(ED25519.signature) }),

  'HPKE opens': (crypto) => {
    const key = crypto.openingKey(HPKE.privateKey);
    const opened = key.open(HPKE.sealed, HPKE.info, HPKE.aad);
    return equalBytes(key.publicKey, HPKE.publicKey) && opened.ok && equalBytes(opened.value, HPKE.plain);
  },

  'HPKE refuses what was changed': (crypto) => {
    const key = crypto.openingKey(HPKE.privateKey);
    return (
      !key.open(flipFirst(HPKE.sealed), HPKE.info, HPKE.aad).ok &&
      !key.open(HPKE.sealed, flipFirst(HPKE.info), HPKE.aad).ok &&
      !key.open(HPKE.sealed, HPKE.info, flipFirst(HPKE.aad)).ok
    );
  },

  'HPKE seals what it opens': (crypto) => {
    const sealed = crypto.seal({ ...HPKE, recipient: HPKE.publicKey });
    const opened = crypto.openingKey(HPKE.privateKey).open(sealed, HPKE.info, HPKE.aad);
    return opened.ok && equalBytes(opened.value, HPKE.plain);
  },

  'random bytes differ': (crypto) => {
    const once = crypto.randomBytes(32);
    return once.length === 32 && !equalBytes(once, crypto.randomBytes(32));
  },
};
