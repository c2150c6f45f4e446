import { concat, label } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import { ok, type Result } from '../../base/result.ts';
import { bytes, type FormatTrouble, fromBytes, type Shape, sig, structure, toBytes } from './shape.ts';

/** A signed structure as it was read: nothing is verified yet. */
export interface Signed<T> {
  readonly value: T;
  /** The payload as first made: what is hashed and verified. */
  readonly payload: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** `signed<T> = [payload: bstr .cbor T, sig]` of journal.md, for one T and its label. */
export interface SignedFormat<T> {
  /** Signs `value`; throws when it does not fit its shape. */
  make(key: SigningKey, value: T): Uint8Array;
  /** Reads without verifying. */
  parse(bytes: Uint8Array): Result<Signed<T>, FormatTrouble>;
  /** Whether `publicKey` made this signature. Says nothing about what that key may do: see `trust.ts`. */
  isSignedBy(crypto: Crypto, signed: Signed<T>, publicKey: Uint8Array): boolean;
  /** The pair as it stands inside another structure. */
  readonly nested: Shape<Signed<T>>;
}

const pair = structure({ payload: bytes(), signature: sig });

/** The signed format of `payload` under the label `labelText` (given without its zero byte). */
export function signedFormat<T>(labelText: string, payload: Shape<T>): SignedFormat<T> {
  const prefix = label(labelText);

  const nested: Shape<Signed<T>> = {
    encode: (value) => pair.encode(value),
    parse(value, at) {
      const outer = pair.parse(value, at);
      if (!outer.ok) return outer;
      const inner = fromBytes(payload, outer.value.payload);
      return inner.ok ? ok({ ...outer.value, value: inner.value }) : inner;
    },
  };

  return {
    nested,
    make(key, value) {
      const inner = toBytes(payload, value);
      return toBytes(pair, { payload: inner, signature: key.sign(concat(prefix, inner)) });
    },
    parse: (whole) => fromBytes(nested, whole),
    isSignedBy: (crypto, signed, publicKey) =>
      crypto.verify({ publicKey, message: concat(prefix, signed.payload), signature: signed.signature }),
  };
}

/** The bytes of a signed structure, as it was made. */
export function signedBytes(signed: Signed<unknown>): Uint8Array {
  return toBytes(pair, signed);
}
