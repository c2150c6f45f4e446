/** Pieces of words by which they are found again, and an index of them. */

/** An index of texts by their pieces. */
export interface GramIndex {
  /** How many different pieces each text has. */
  readonly sizes: Uint16Array;
  /** For each piece, the texts that have it, in order. */
  readonly postings: ReadonlyMap<string, Uint32Array>;
  /** How many pieces of the search under way each text has; all zero between searches. */
  readonly counts: Uint16Array;
}

/**
 * Hears of a text that shares pieces with what is looked for: what share of those it has (`covered`), and what share of
 * its own pieces were looked for (`filled`), each 0 to 1.
 */
export type OnHit = (text: number, covered: number, filled: number) => void;

/** Characters one by one and two by two: one wrong among four leaves more than half. */
export function characterGrams(text: string): ReadonlySet<string> {
  const characters = [...text];
  return new Set(characters.flatMap((one, at) => (at === 0 ? [one] : [one, `${characters[at - 1]}${one}`])));
}

/** Letters three by three; shorter words as they are. */
export function letterGrams(letters: string): ReadonlySet<string> {
  if (letters.length < 3) return new Set(letters === '' ? [] : [letters]);
  return new Set(Array.from({ length: letters.length - 2 }, (_, at) => letters.slice(at, at + 3)));
}

/** Makes an index; each text is given by its pieces. */
export function indexGrams(texts: readonly ReadonlySet<string>[]): GramIndex {
  const postings = new Map<string, number[]>();
  for (const [text, grams] of texts.entries())
    for (const gram of grams) {
      const known = postings.get(gram);
      if (known === undefined) postings.set(gram, [text]);
      else known.push(text);
    }
  return {
    sizes: Uint16Array.from(texts, ({ size }) => size),
    postings: new Map([...postings].map(([gram, found]) => [gram, Uint32Array.from(found)])),
    counts: new Uint16Array(texts.length),
  };
}

/** Tells of each text, once, that has at least `least` (0 to 1) of the pieces looked for. */
export function eachHit(index: GramIndex, grams: ReadonlySet<string>, least: number, onHit: OnHit): void {
  const { counts, sizes } = index;
  const found = [...grams].flatMap((gram) => index.postings.get(gram) ?? []);
  for (const posting of found) for (const text of posting) counts[text] = (counts[text] ?? 0) + 1;
  const needed = Math.max(1, Math.ceil(least * grams.size));
  for (const posting of found)
    for (const text of posting) {
      const count = counts[text] ?? 0;
      // Told at its first piece, and zero from then on: for the next search too.
      counts[text] = 0;
      if (count >= needed) onHit(text, count / grams.size, count / (sizes[text] ?? count));
    }
}
