import { utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';

/**
 * Where a machine stands among the others in a roll-out, 0 to 1: always the same there, and another in the next, so
 * that it is not ever the same villages that try what is new.
 */
export function rankOf(crypto: Crypto, rollout: number, terminalId: Uint8Array): number {
  const hash = crypto.sha256(utf8(`yizhan/rollout/1\0${rollout}\0`), terminalId);
  return new DataView(hash.buffer, hash.byteOffset, 4).getUint32(0) / 2 ** 32;
}

/** Ranks reckoned before, by roll-out and id in hex: they never change, and each look asks for all of them. */
const RANKS = new Map<number, Map<string, number>>();
/** The roll-out that runs, and one that somebody plans. */
const MOST_ROLLOUTS = 2;

/** {@link rankOf}, for whoever asks for the same again and again; `id` is the terminal's in hex. */
export function ranksOf(crypto: Crypto, rollout: number): (terminalId: Uint8Array, id: string) => number {
  const known = RANKS.get(rollout) ?? new Map<string, number>();
  RANKS.delete(rollout);
  RANKS.set(rollout, known);
  for (const [oldest] of RANKS) if (RANKS.size > MOST_ROLLOUTS) RANKS.delete(oldest);
  return (terminalId, id) => {
    const rank = known.get(id) ?? rankOf(crypto, rollout, terminalId);
    known.set(id, rank);
    return rank;
  };
}
