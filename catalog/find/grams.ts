/** Pieces of words by which they are found again, and an index of them. */

/** An index of texts by their pieces. */
export interface GramIndex {
  /** How many different pieces each text has. */
  readonly sizes: Uint16Array;
  /** For each piece, the texts that have it, in order. */
  readonly postings: ReadonlyMap<string, readonly number[]>;
}

/** A text of the index that shares pieces with what is looked for. */
export interface Hit {
  readonly text: number;
  /** What share of the pieces looked for it has, 0 to 1. */
  readonly covered: number;
  /** What share of its own pieces was looked for, 0 to 1. */
  readonly filled: number;
}

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
  return { sizes: Uint16Array.from(texts, ({ size }) => size), postings };
}

/** The texts that have at least `least` (0 to 1) of the pieces looked for, in no order. */
export function findHits(index: GramIndex, grams: ReadonlySet<string>, least: number): readonly Hit[] {
  if (grams.size === 0) return [];
  const counts = new Map<number, number>();
  for (const gram of grams)
    for (const text of index.postings.get(gram) ?? []) counts.set(text, (counts.get(text) ?? 0) + 1);
  const needed = Math.ceil(least * grams.size);
  const hits: Hit[] = [];
  for (const [text, count] of counts)
    if (count >= needed)
      hits.push({ text, covered: count / grams.size, filled: count / (index.sizes[text] ?? count) });
  return hits;
}
