/**
 * Signatures between a platform and its payment provider, on everything either sends: over what kind of message it is, who
 * the county is, an id that is fresh for each request and notice, what is called, and the body. An answer is signed over
 * the id it answers, so that an old one answers nothing. No clock takes part (law 9).
 */
import { concat, equalBytes, findBase64Url, toBase64Url, toHex, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';

/** How messages are signed: one key that both know, or a key each. */
export const SCHEMES = ['hmac-sha256', 'ed25519'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** The keys of one side. */
export interface PayKeys {
  readonly scheme: Scheme;
  sign(message: Uint8Array): Uint8Array;
  /** Whether the other side signed it. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** What is signed beside the body. */
export interface Signed {
  /** Parts what goes one way from what goes the other: nothing can be sent back to whoever signed it. */
  readonly kind: 'request' | 'answer' | 'notice' | 'notice-answer';
  /** What the county is to the provider. */
  readonly appId: string;
  /** 32 hexadecimal digits, fresh for each request and each notice. */
  readonly id: string;
  /** What is called, by its name in `wire.ts`; in answers the status of HTTP. */
  readonly about: string;
}

/** One key that both sides know (RFC 2104), of at least 32 bytes. */
export function hmacKeys(crypto: Crypto, key: Uint8Array): PayKeys {
  const blind = crypto.randomBytes(32);
  const blinded = (bytes: Uint8Array) => crypto.hmacSha256(blind, bytes);
  return {
    scheme: 'hmac-sha256',
    sign: (message) => crypto.hmacSha256(key, message),
    // Compared under a key nobody knows: how long it takes says nothing of the right one.
    verify: (message, signature) => equalBytes(blinded(signature), blinded(crypto.hmacSha256(key, message))),
  };
}

/** A key each (RFC 8032): our 32-byte seed, and their public half. */
export function ed25519Keys(
  crypto: Crypto,
  { seed, theirs }: { readonly seed: Uint8Array; readonly theirs: Uint8Array },
): PayKeys {
  const own = crypto.signingKey(seed);
  return {
    scheme: 'ed25519',
    sign: (message) => own.sign(message),
    verify: (message, signature) => crypto.verify({ publicKey: theirs, message, signature }),
  };
}

const HEADER = {
  appId: 'pay-app',
  id: 'pay-id',
  scheme: 'pay-scheme',
  signature: 'pay-signature',
} as const;

/** A signer and checker of messages. */
export interface Seals {
  /** Headers that carry the signature of this message. */
  headers(signed: Signed, body: Uint8Array): Record<string, string>;
  /** The id of a message that the other side signed, as just this; nothing for any other. */
  findId(
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
    claim: Omit<Signed, 'id'>,
    body: Uint8Array,
  ): string | undefined;
}

/** {@link Seals} of one side. */
export function sealsOf(crypto: Pick<Crypto, 'sha256'>, keys: PayKeys): Seals {
  function messageOf({ kind, appId, id, about }: Signed, body: Uint8Array): Uint8Array {
    const head = [`yizhan-pay-1 ${kind}`, keys.scheme, appId, id, about].join('\n');
    return concat(utf8(`${head}\n`), utf8(toHex(crypto.sha256(body))));
  }

  return {
    headers: (signed, body) => ({
      [HEADER.appId]: signed.appId,
      [HEADER.id]: signed.id,
      [HEADER.scheme]: keys.scheme,
      [HEADER.signature]: toBase64Url(keys.sign(messageOf(signed, body))),
    }),
    findId(headers, claim, body) {
      const { [HEADER.id]: id, [HEADER.signature]: text } = headers;
      if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || typeof text !== 'string') return undefined;
      const isNamed = headers[HEADER.appId] === claim.appId && headers[HEADER.scheme] === keys.scheme;
      const signature = findBase64Url(text);
      if (!isNamed || signature === undefined) return undefined;
      return keys.verify(messageOf({ ...claim, id }, body), signature) ? id : undefined;
    },
  };
}
