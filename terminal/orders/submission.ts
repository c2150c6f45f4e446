/** Under which submission an order is answered: one of its own, so that it is answered once, whatever dies on the way. */
import { concat, label } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';

const ORDER_LABEL = label('yizhan/machine-order/1');

/** 16 bytes, from the feed's item that brought the order. */
export function submissionOf(crypto: Pick<Crypto, 'sha256'>, itemId: Uint8Array): Uint8Array {
  return crypto.sha256(concat(ORDER_LABEL, itemId)).slice(0, 16);
}
