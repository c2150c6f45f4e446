/**
 * Orders to abandon a refused entry: the desk names the entry in one line of text, a named person signs it where
 * their key is, and the desk checks what comes back. The key itself never comes near the platform.
 */
import { equalBytes, findBase64Url, toBase64Url } from '../../base/bytes.ts';
import { decodeCbor, encodeCbor } from '../../base/cbor.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { type Order, orderFormat } from '../../sync/formats/feed.ts';
import { keyId } from '../../sync/formats/keys.ts';
import type { PlatformKeys } from './platform-keys.ts';

/** The entry an order is about. */
export interface OrderTarget {
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryHash: Uint8Array;
}

const ASKED = 'YZO1.';
const SIGNED = 'YZA1.';

/** The line that the desk shows, to be signed. */
export function orderLine({ platformId, terminalId, journalId, seq, entryHash }: OrderTarget): string {
  return ASKED + toBase64Url(encodeCbor([platformId, terminalId, journalId, seq, entryHash]));
}

/** What a line asks for; undefined when it is none. */
export function findOrderTarget(line: string): OrderTarget | undefined {
  const text = line.trim();
  const bytes = text.startsWith(ASKED) ? findBase64Url(text.slice(ASKED.length)) : undefined;
  const decoded = bytes && decodeCbor(bytes);
  if (!decoded?.ok || !Array.isArray(decoded.value)) return undefined;
  const [platformId, terminalId, journalId, seq, entryHash] = decoded.value as readonly unknown[];
  if (!isBytes(platformId, 16) || !isBytes(terminalId, 16) || !isBytes(journalId, 16)) return undefined;
  if (!isBytes(entryHash, 32) || typeof seq !== 'number') return undefined;
  return { platformId, terminalId, journalId, seq, entryHash };
}

/** The signed order as a line, to be handed back to the desk. `seed` is the person's private half. */
export function signOrder(
  crypto: Crypto,
  seed: Uint8Array,
  target: OrderTarget,
  by: { readonly reason: string; readonly atMs: number },
): string {
  const key = crypto.signingKey(seed);
  const order: Order = {
    ...{ v: 1, suite: 1, ...target },
    orderKeyId: keyId(crypto, key.publicKey),
    orderId: crypto.randomBytes(16),
    reason: by.reason,
    at: by.atMs,
  };
  return SIGNED + toBase64Url(orderFormat.make(key, order));
}

/** An order that counts, and who gave it. */
export interface VerifiedOrder {
  readonly order: Order;
  readonly bytes: Uint8Array;
  readonly holder: string;
}

/** Reads a line back: signed by a key of use 4 in the newest set, for this platform. */
export function findVerifiedOrder(
  context: { readonly crypto: Crypto; readonly keys: PlatformKeys },
  line: string,
): VerifiedOrder | undefined {
  const text = line.replaceAll(/\s/g, '');
  const bytes = text.startsWith(SIGNED) ? findBase64Url(text.slice(SIGNED.length)) : undefined;
  const signed = bytes && orderFormat.parse(bytes);
  if (bytes === undefined || !signed?.ok) return undefined;
  const order = signed.value.value;
  const key = context.keys.findOrderKey(order.orderKeyId);
  if (!key || !equalBytes(order.platformId, context.keys.platformId)) return undefined;
  if (!orderFormat.isSignedBy(context.crypto, signed.value, key.publicKey)) return undefined;
  return { order, bytes, holder: key.holder };
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}
