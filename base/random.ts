/** Chance (a seam: a simulation hands in a seeded one). */
export interface Random {
  /** `length` bytes nobody can guess. */
  bytes(length: number): Uint8Array;
}

/** A number in [0, 1), for jitter. */
export function fraction(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return (a * 0x1000000 + b * 0x10000 + c * 0x100 + d) / 0x1_0000_0000;
}

/** A string of `length` decimal digits, each equally likely. */
export function digits(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length)) {
      // 250 is the last multiple of ten a byte holds: what lies above would favour small digits.
      if (byte < 250 && text.length < length) text += String(byte % 10);
    }
  }
  return text;
}
