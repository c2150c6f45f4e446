import { createHash } from 'node:crypto';
import type { Random } from '../../base/random.ts';

/** Seeded chance: the same seed gives the same bytes, and each named stream is its own. */
export interface Chance extends Random {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True about once in `n`. */
  oneIn(n: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** A stream that does not disturb this one. */
  stream(name: string): Chance;
}

/** SHA-256 in counter mode: slow enough not to matter, and the same on every machine. */
export function createChance(seed: string): Chance {
  let counter = 0;
  let pool = new Uint8Array(0);
  const bytes = (length: number): Uint8Array => {
    const out = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (pool.length === 0)
        pool = new Uint8Array(createHash('sha256').update(`${seed}/${counter++}`).digest());
      const take = Math.min(pool.length, length - filled);
      out.set(pool.subarray(0, take), filled);
      pool = pool.subarray(take);
      filled += take;
    }
    return out;
  };
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes(4);
    return (a * 0x1000000 + b * 0x10000 + c * 0x100 + d) % limit;
  };
  return {
    bytes,
    below,
    oneIn: (n) => below(n) === 0,
    pick(from) {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('broken invariant: nothing to pick from');
      return chosen;
    },
    stream: (name) => createChance(`${seed}/${name}`),
  };
}
