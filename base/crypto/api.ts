import type { Result } from '../result.ts';

/** A key that signs (Ed25519). The private half stays behind this interface. */
export interface SigningKey {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes over exactly these bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** A key that opens what was sealed to it (X25519). */
export interface OpeningKey {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array;
  /** Opens `enc ‖ ct` (HPKE base mode); `unopenable` covers every reason. */
  open(sealed: Uint8Array, info: Uint8Array, aad: Uint8Array): Result<Uint8Array, 'unopenable'>;
}

/** How dear one guess of a short secret is (RFC 7914): memory is 128 × N × r bytes, time goes with N × r × p. */
export interface ScryptCost {
  /** A power of two. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** A SHA-256 under way, for what is too large to be held at once. */
export interface RunningHash {
  update(part: Uint8Array): void;
  /** The hash of all parts; ends it. */
  digest(): Uint8Array;
}

/**
 * The standard algorithms of suite 1 (journal.md), a seam: one implementation on `node:crypto`, and a
 * simulation may count or order calls. Nothing here takes a time.
 */
export interface Crypto {
  sha256(...parts: readonly Uint8Array[]): Uint8Array;
  /** The same, part after part. */
  startSha256(): RunningHash;
  hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** HKDF (RFC 5869), extract and expand. */
  hkdf(options: { ikm: Uint8Array; salt: Uint8Array; info: Uint8Array; length: number }): Uint8Array;
  /** HKDF-Expand alone. */
  hkdfExpand(options: { prk: Uint8Array; info: Uint8Array; length: number }): Uint8Array;
  /** scrypt (RFC 7914), for PINs; takes its time by design, so only costs of tens of milliseconds belong here. */
  scrypt(options: { secret: Uint8Array; salt: Uint8Array; cost: ScryptCost; length: number }): Uint8Array;
  /** AES-256-GCM; the tag is the last 16 bytes of the answer. */
  aesGcmSeal(options: { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array; plain: Uint8Array }): Uint8Array;
  aesGcmOpen(options: {
    key: Uint8Array;
    nonce: Uint8Array;
    aad: Uint8Array;
    sealed: Uint8Array;
  }): Result<Uint8Array, 'unopenable'>;
  /** HPKE base mode 0x0020, 0x0001, 0x0002, one message a context: enc (32) ‖ ct. */
  seal(options: { recipient: Uint8Array; info: Uint8Array; aad: Uint8Array; plain: Uint8Array }): Uint8Array;
  verify(options: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }): boolean;
  /** From a 32-byte seed (RFC 8032), as stored by a key file. */
  signingKey(seed: Uint8Array): SigningKey;
  /** From 32 private bytes (RFC 7748). */
  openingKey(privateBytes: Uint8Array): OpeningKey;
  randomBytes(length: number): Uint8Array;
}
