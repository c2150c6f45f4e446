import { concat, equalBytes, label } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { keyId } from './keys.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  id,
  list,
  ms,
  nullable,
  one,
  pub,
  type Shape,
  sig,
  structure,
  text,
  toBytes,
  uint,
  type ValueOf,
} from './shape.ts';
import { signedFormat } from './signed.ts';

const keyEntry = structure({ publicKey: pub, uses: list(uint, 1), holder: nullable(text()) });
/** A key of a set: raw, what it may do, and for use 4 who holds it. */
export type KeyEntry = ValueOf<typeof keyEntry>;

const payload = structure({
  v: one,
  suite: one,
  platformId: id,
  number: uint,
  roots: list(pub, 1),
  keys: list(keyEntry, 1),
  /** Suites for new things, best first. */
  make: list(uint, 1),
});
/** What a key set says. */
export type KeySetValue = ValueOf<typeof payload>;

const outer = structure({
  payload: bytes(),
  signatures: list(structure({ rootKeyId: id, signature: sig }), 1),
});

/** A key set as it was read: its signatures are checked by the set before it, see `trust.ts`. */
export interface KeySet {
  readonly value: KeySetValue;
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly rootKeyId: Uint8Array; readonly signature: Uint8Array }[];
}

const KEY_SET_LABEL = label('yizhan/keyset/1');

/** Signs a key set with one or more roots of the set before (for the first set: with its own). */
export function makeKeySet(crypto: Crypto, roots: readonly SigningKey[], value: KeySetValue): Uint8Array {
  const inner = toBytes(payload, value);
  const signatures = roots.map((root) => ({
    rootKeyId: keyId(crypto, root.publicKey),
    signature: root.sign(concat(KEY_SET_LABEL, inner)),
  }));
  return toBytes(outer, { payload: inner, signatures });
}

/** A key set as it stands inside another structure. */
export const keySetShape: Shape<KeySet> = {
  encode: (keySet) => outer.encode(keySet),
  parse(value, at) {
    const read = outer.parse(value, at);
    if (!read.ok) return read;
    const inner = fromBytes(payload, read.value.payload);
    return inner.ok ? ok({ ...read.value, value: inner.value }) : inner;
  },
};

/** Reads a key set without verifying it. */
export function parseKeySet(whole: Uint8Array): Result<KeySet, FormatTrouble> {
  return fromBytes(keySetShape, whole);
}

/** The bytes of a key set as it was made. */
export function keySetBytes(keySet: KeySet): Uint8Array {
  return toBytes(keySetShape, keySet);
}

/** Whether at least one of `roots` (raw public keys) signed this set. */
export function isKeySetSignedBy(crypto: Crypto, keySet: KeySet, roots: readonly Uint8Array[]): boolean {
  const message = concat(KEY_SET_LABEL, keySet.payload);
  return roots.some((publicKey) => {
    const rootKeyId = keyId(crypto, publicKey);
    return keySet.signatures.some(
      (signed) =>
        equalBytes(signed.rootKeyId, rootKeyId) &&
        crypto.verify({ publicKey, message, signature: signed.signature }),
    );
  });
}

const cert = structure({
  v: one,
  suite: one,
  issuerKeyId: id,
  terminalId: id,
  publicKey: pub,
  place: text(),
  issuedAt: ms,
});
/** That a signing key belongs to an enrolled terminal, and where that stands. */
export type Cert = ValueOf<typeof cert>;
/** Certificates as signed bytes. */
export const certFormat = signedFormat('yizhan/cert/1', cert);
