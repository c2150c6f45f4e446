/** Signed orders to go back to an older release: which of those that came counts, and what they leave behind. */
import type { Crypto } from '../../base/crypto/api.ts';
import { stepBackFormat } from '../../sync/formats/feed.ts';
import { type TrustState, verifyStepBack } from '../../sync/trust.ts';

/** What the orders that count say together. */
export interface StepsBack {
  /** Up to this release everything was left behind: only what is newer comes by itself. */
  readonly leftBehind: number;
  /** Where to go from the release that runs; null: nowhere. */
  readonly to: number | null;
}

/** Reads the orders, oldest first; one that is not signed by whom the platform named for it counts for nothing. */
export function stepsBack(
  crypto: Crypto,
  trust: TrustState,
  contents: readonly Uint8Array[],
  running: number,
): StepsBack {
  const orders = contents.flatMap((content) => {
    const signed = stepBackFormat.parse(content);
    const order = signed.ok ? verifyStepBack(crypto, trust, signed.value) : signed;
    return order.ok && order.value.toVersion < order.value.fromVersion ? [order.value] : [];
  });
  return {
    leftBehind: Math.max(0, ...orders.map(({ fromVersion }) => fromVersion)),
    to: orders.findLast(({ fromVersion }) => fromVersion === running)?.toVersion ?? null,
  };
}
