/** What no platform can save that opens everything before it says *held*. */
import type { Crypto } from '../../base/crypto/api.ts';
import { invariant } from '../../base/result.ts';

/** A header's, and what stands around the body in an entry. */
const HEADER_BYTES = 300;

/**
 * One Ed25519 verification and one HPKE opening, of an entry of so many bytes: made once a size, then done again and
 * again.
 */
export function openingOfSample(crypto: Crypto): (bytes: number) => void {
  const signing = crypto.signingKey(crypto.randomBytes(32));
  const opening = crypto.openingKey(crypto.randomBytes(32));
  const { publicKey } = signing;
  const [message, info, aad] = [new Uint8Array(HEADER_BYTES), new Uint8Array(16), new Uint8Array(64)];
  const signature = signing.sign(message);
  const bySize = new Map<number, Uint8Array>();
  const sealedOf = (bytes: number) => {
    const known = bySize.get(bytes);
    if (known) return known;
    const plain = new Uint8Array(Math.max(0, bytes - HEADER_BYTES));
    const sealed = crypto.seal({ recipient: opening.publicKey, info, aad, plain });
    bySize.set(bytes, sealed);
    return sealed;
  };
  return (bytes) => {
    const isSigned = crypto.verify({ publicKey, message, signature });
    invariant(isSigned && opening.open(sealedOf(bytes), info, aad).ok, 'the sample opens');
  };
}
