import { concat, toHex, utf8 } from '../bytes.ts';
import type { Crypto } from './api.ts';

type Primitives = Pick<Crypto, 'hmacSha256' | 'hkdfExpand'>;

const VERSION = utf8('HPKE-v1');
const KEM_SUITE = concat(utf8('KEM'), Uint8Array.of(0x00, 0x20));
const SUITE = concat(utf8('HPKE'), Uint8Array.of(0x00, 0x20, 0x00, 0x01, 0x00, 0x02));
const MODE_BASE = Uint8Array.of(0x00);
const EMPTY = new Uint8Array(0);
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** The AES-256-GCM key and nonce of a context's one message. */
export interface MessageKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Finds the message keys of one context; `enc` is the sender's half, `recipient` the other's public key. */
export type KeySchedule = (input: {
  sharedSecret: Uint8Array;
  enc: Uint8Array;
  recipient: Uint8Array;
  info: Uint8Array;
}) => MessageKeys;

/** Hashes of `info` kept at once: a program seals and opens for a handful of purposes. */
const KEPT_CONTEXTS = 32;

/**
 * The key schedule of HPKE base mode (RFC 9180 §4.1, §5.1) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM, for sender and recipient alike: they differ only in whose private key makes `sharedSecret`. What
 * follows from `info` alone is worked out once; no secret is kept.
 */
export function createKeySchedule(primitives: Primitives): KeySchedule {
  const extract = (salt: Uint8Array, labeled: Uint8Array, ikm: Uint8Array) =>
    primitives.hmacSha256(salt, concat(labeled, ikm));
  const expand = (prk: Uint8Array, labeled: Uint8Array, info: Uint8Array, length: number) =>
    primitives.hkdfExpand({ prk, info: concat(labeled, info), length });
  const contexts = new Map<string, Uint8Array>();

  function contextOf(info: Uint8Array): Uint8Array {
    const name = toHex(info);
    const known = contexts.get(name);
    if (known) return known;
    const pskIdHash = extract(EMPTY, LABELED.pskIdHash, EMPTY);
    const context = concat(MODE_BASE, pskIdHash, extract(EMPTY, LABELED.infoHash, info));
    if (contexts.size === KEPT_CONTEXTS) contexts.clear();
    contexts.set(name, context);
    return context;
  }

  return ({ sharedSecret, enc, recipient, info }) => {
    const prk = extract(EMPTY, LABELED.eaePrk, sharedSecret);
    const kemSecret = expand(prk, LABELED.sharedSecret, concat(enc, recipient), KEY_BYTES);
    const secret = extract(kemSecret, LABELED.secret, EMPTY);
    const context = contextOf(info);
    return {
      key: expand(secret, LABELED.key, context, KEY_BYTES),
      nonce: expand(secret, LABELED.nonce, context, NONCE_BYTES),
    };
  };
}

/** What LabeledExtract and LabeledExpand (RFC 9180 §4) put before their input. */
const toExtract = (suite: Uint8Array, name: string) => concat(VERSION, suite, utf8(name));
const toExpand = (suite: Uint8Array, name: string, length: number) =>
  concat(Uint8Array.of(length >>> 8, length), VERSION, suite, utf8(name));

const LABELED = {
  eaePrk: toExtract(KEM_SUITE, 'eae_prk'),
  sharedSecret: toExpand(KEM_SUITE, 'shared_secret', KEY_BYTES),
  pskIdHash: toExtract(SUITE, 'psk_id_hash'),
  infoHash: toExtract(SUITE, 'info_hash'),
  secret: toExtract(SUITE, 'secret'),
  key: toExpand(SUITE, 'key', KEY_BYTES),
  nonce: toExpand(SUITE, 'base_nonce', NONCE_BYTES),
};
