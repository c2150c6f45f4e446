/** Signed orders to go back to an older release: which of those that came counts, and what they leave behind. */
import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { stepBackFormat } from '../../sync/formats/feed.ts';
import { type TrustState, verifyStepBack } from '../../sync/trust.ts';

/** What the orders that count say together. */
export interface StepsBack {
  /** Up to this release everything was left behind: only what is newer comes by itself. */
  readonly leftBehind: number;
  /** Where to go from the release that runs; null: nowhere. */
  readonly to: number | null;
  /** Names the order that says so, and no other, not even one of the same words. */
  readonly order: string | null;
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
    return order.ok && order.value.toVersion < order.value.fromVersion
      ? [{ ...order.value, name: toHex(crypto.sha256(content)) }]
      : [];
  });
  // Whoever ordered the release that runs knew what had been ordered before: an older step away from it is over.
  const wantedHere = orders.findLastIndex(({ toVersion }) => toVersion === running);
  const order = orders.slice(wantedHere + 1).findLast(({ fromVersion }) => fromVersion === running);
  return {
    leftBehind: Math.max(0, ...orders.map(({ fromVersion }) => fromVersion)),
    to: order?.toVersion ?? null,
    order: order?.name ?? null,
  };
}

/** Which order was followed last; outlives restarts. */
export interface TriedOrders {
  isTried(order: string): boolean;
  /** False where it could not be written down. */
  note(order: string): boolean;
}

const TRIED = 'ordered.json';

/** The note in a folder: the name of one order. */
export function triedOrders(disk: Pick<Disk, 'findSize' | 'read' | 'writeDurably'>): TriedOrders {
  return {
    isTried(order) {
      const read = disk.findSize(TRIED) === undefined ? undefined : disk.read(TRIED);
      return read?.ok === true && new TextDecoder().decode(read.value) === JSON.stringify({ order });
    },
    note: (order) => disk.writeDurably(TRIED, new TextEncoder().encode(JSON.stringify({ order }))).ok,
  };
}
