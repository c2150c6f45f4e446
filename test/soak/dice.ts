/** Chance that can be had again by its seed. */
export interface Dice {
  /** One of these; there must be one. */
  of<T>(values: readonly T[]): T;
  chance(share: number): boolean;
  seed(): number;
}

/** A small generator (mulberry32): good enough to mix visits. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    of(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('broken invariant: nothing to choose from');
      return value;
    },
    chance: (share) => next() < share,
    seed: () => Math.floor(next() * 2 ** 31),
  };
}
