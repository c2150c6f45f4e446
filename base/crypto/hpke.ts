import { concat, utf8 } from '../bytes.ts';
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

/**
 * The key schedule of HPKE base mode (RFC 9180 §4.1, §5.1) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM, for sender and recipient alike: they differ only in whose private key makes `sharedSecret`.
 */
export function deriveMessageKeys(
  primitives: Primitives,
  input: { sharedSecret: Uint8Array; enc: Uint8Array; recipient: Uint8Array; info: Uint8Array },
): MessageKeys {
  const kem = labeled(primitives, KEM_SUITE);
  const prk = kem.extract(EMPTY, 'eae_prk', input.sharedSecret);
  const kemSecret = kem.expand(prk, 'shared_secret', concat(input.enc, input.recipient), KEY_BYTES);

  const schedule = labeled(primitives, SUITE);
  const context = concat(
    MODE_BASE,
    schedule.extract(EMPTY, 'psk_id_hash', EMPTY),
    schedule.extract(EMPTY, 'info_hash', input.info),
  );
  const secret = schedule.extract(kemSecret, 'secret', EMPTY);
  return {
    key: schedule.expand(secret, 'key', context, KEY_BYTES),
    nonce: schedule.expand(secret, 'base_nonce', context, NONCE_BYTES),
  };
}

/** LabeledExtract and LabeledExpand (RFC 9180 §4) of one suite. */
function labeled(primitives: Primitives, suite: Uint8Array) {
  return {
    extract: (salt: Uint8Array, name: string, ikm: Uint8Array): Uint8Array =>
      primitives.hmacSha256(salt, concat(VERSION, suite, utf8(name), ikm)),
    expand: (prk: Uint8Array, name: string, info: Uint8Array, length: number): Uint8Array =>
      primitives.hkdfExpand({
        prk,
        info: concat(Uint8Array.of(length >>> 8, length), VERSION, suite, utf8(name), info),
        length,
      }),
  };
}
