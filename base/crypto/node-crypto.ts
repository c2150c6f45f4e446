import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  type KeyObject,
  scryptSync,
  sign,
  verify,
} from 'node:crypto';
import { concat, findHex, toHex } from '../bytes.ts';
import type { Random } from '../random.ts';
import { err, invariant, ok, type Result } from '../result.ts';
import type { Crypto, OpeningKey, RunningHash, SigningKey } from './api.ts';
import { createKeySchedule } from './hpke.ts';

/**
 * Suite 1 on `node:crypto`, with nothing that BoringSSL (Electron) lacks. Not to be used before its known
 * answers were checked: programs take theirs from `createCrypto` in `self-test.ts`.
 */
export function createNodeCrypto(random: Random): Crypto {
  const verifyingKeys = cacheOfKeys((raw) => publicKey('ed25519', raw));
  const recipientKeys = cacheOfKeys((raw) => publicKey('x25519', raw));

  function seal(options: Parameters<Crypto['seal']>[0]): Uint8Array {
    const ephemeral = privateKey('x25519', random.bytes(32));
    const enc = rawPublicKey(ephemeral);
    const sharedSecret = findSharedSecret(ephemeral, recipientKeys(options.recipient));
    invariant(sharedSecret, 'the recipient of a sealed message is a usable X25519 key');
    const { recipient, info } = options;
    const keys = findMessageKeys({ sharedSecret, enc, recipient, info });
    return concat(enc, aesGcmSeal({ ...keys, aad: options.aad, plain: options.plain }));
  }

  return {
    sha256,
    startSha256,
    hmacSha256,
    hkdf: ({ ikm, salt, info, length }) => hkdfExpand({ prk: hmacSha256(salt, ikm), info, length }),
    hkdfExpand,
    // Node's own limit of 32 MB is too low for what is in use here; the algorithm takes half of this and a little.
    scrypt: ({ secret, salt, cost, length }) =>
      new Uint8Array(scryptSync(secret, salt, length, { ...cost, maxmem: 256 * cost.N * cost.r + 2 ** 20 })),
    aesGcmSeal,
    aesGcmOpen,
    seal,
    verify: ({ publicKey: raw, message, signature }) =>
      raw.length === 32 && signature.length === 64 && verifies(verifyingKeys(raw), message, signature),
    signingKey,
    openingKey,
    randomBytes: (length) => random.bytes(length),
  };
}

const findMessageKeys = createKeySchedule({ hmacSha256, hkdfExpand });

/** DER up to the 32 raw bytes (RFC 8410): Node takes raw keys in no other form that BoringSSL takes too. */
const DER_PREFIX = {
  ed25519: { private: hex('302e020100300506032b657004220420'), public: hex('302a300506032b6570032100') },
  x25519: { private: hex('302e020100300506032b656e04220420'), public: hex('302a300506032b656e032100') },
} as const;

function hex(text: string): Uint8Array {
  const bytes = findHex(text);
  invariant(bytes, 'a prefix is hex');
  return bytes;
}

type Curve = keyof typeof DER_PREFIX;

/** Keys met lately; the oldest goes first, so that a flood of strangers' keys takes no memory. */
const CACHED_KEYS = 256;
const HASH_BYTES = 32;
const FIRST_BLOCK = Uint8Array.of(1);
const TAG_BYTES = 16;
const ENC_BYTES = 32;

function der(prefix: Uint8Array, raw: Uint8Array): Buffer {
  invariant(raw.length === 32, 'a raw key has 32 bytes');
  return Buffer.concat([prefix, raw]);
}

function privateKey(curve: Curve, raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: der(DER_PREFIX[curve].private, raw), format: 'der', type: 'pkcs8' });
}

/** As text: whatever is no text Node first tries as keys of other kinds, by exceptions dearer than the key. */
function publicKey(curve: Curve, raw: Uint8Array): KeyObject {
  const base64 = der(DER_PREFIX[curve].public, raw).toString('base64');
  return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`);
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
}

function cacheOfKeys(make: (raw: Uint8Array) => KeyObject): (raw: Uint8Array) => KeyObject {
  const known = new Map<string, KeyObject>();
  return (raw) => {
    const name = toHex(raw);
    const found = known.get(name);
    if (found) return found;
    const made = make(raw);
    const [oldest] = known.keys();
    if (known.size === CACHED_KEYS && oldest !== undefined) known.delete(oldest);
    known.set(name, made);
    return made;
  };
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = startSha256();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function startSha256(): RunningHash {
  const hash = createHash('sha256');
  return {
    update: (part) => void hash.update(part),
    digest: () => new Uint8Array(hash.digest()),
  };
}

// Secret keys are wrapped for Node: given as bytes, each is first tried as what it is not, by exceptions.
function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', createSecretKey(key)).update(message).digest());
}

function hkdfExpand({ prk, info, length }: Parameters<Crypto['hkdfExpand']>[0]): Uint8Array {
  invariant(length <= 255 * HASH_BYTES, 'HKDF gives at most 255 blocks');
  if (length <= HASH_BYTES) return hmacSha256(prk, concat(info, FIRST_BLOCK)).slice(0, length);
  const blocks: Uint8Array[] = [];
  let block: Uint8Array = new Uint8Array(0);
  for (let number = 1; blocks.length * HASH_BYTES < length; number++) {
    block = hmacSha256(prk, concat(block, info, Uint8Array.of(number)));
    blocks.push(block);
  }
  return concat(...blocks).slice(0, length);
}

function aesGcmSeal({ key, nonce, aad, plain }: Parameters<Crypto['aesGcmSeal']>[0]): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce);
  cipher.setAAD(aad);
  return concat(cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

function aesGcmOpen(options: Parameters<Crypto['aesGcmOpen']>[0]): Result<Uint8Array, 'unopenable'> {
  const { key, nonce, aad, sealed } = options;
  if (sealed.length < TAG_BYTES) return err('unopenable');
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    return ok(concat(plain, decipher.final()));
  } catch {
    return err('unopenable');
  }
}

/** X25519; `undefined` when the other key is of low order, so that the secret would be known to anyone. */
function findSharedSecret(own: KeyObject, other: KeyObject): Uint8Array | undefined {
  try {
    const secret = new Uint8Array(diffieHellman({ privateKey: own, publicKey: other }));
    return secret.some((byte) => byte !== 0) ? secret : undefined;
  } catch {
    return undefined;
  }
}

function verifies(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, key, signature);
  } catch {
    // A point that is not on the curve may throw in one library and be false in the other.
    return false;
  }
}

function signingKey(seed: Uint8Array): SigningKey {
  const key = privateKey('ed25519', seed);
  return {
    publicKey: rawPublicKey(key),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

function openingKey(privateBytes: Uint8Array): OpeningKey {
  const own = privateKey('x25519', privateBytes);
  const recipient = rawPublicKey(own);
  return {
    publicKey: recipient,
    open(sealed, info, aad) {
      if (sealed.length < ENC_BYTES + TAG_BYTES) return err('unopenable');
      const enc = sealed.subarray(0, ENC_BYTES);
      const sharedSecret = findSharedSecret(own, publicKey('x25519', enc));
      if (!sharedSecret) return err('unopenable');
      const keys = findMessageKeys({ sharedSecret, enc, recipient, info });
      return aesGcmOpen({ ...keys, aad, sealed: sealed.subarray(ENC_BYTES) });
    },
  };
}
