/** Cuts a text into words of a dictionary, by the likeliest row of them. */

const LONGEST_WORD = 6;
/** A character no dictionary knows. */
const UNKNOWN_COST = 20;

/** The likeliest words of a text; `shareOf` says how likely each word is, or `undefined` of what is none. */
export function segment(text: string, shareOf: (word: string) => number | undefined): readonly string[] {
  const characters = [...text];
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= characters.length; to += 1) {
    let found = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    for (let from = Math.max(0, to - LONGEST_WORD); from < to; from += 1) {
      const share = shareOf(characters.slice(from, to).join(''));
      if (share === undefined && to - from > 1) continue;
      const word = share === undefined ? UNKNOWN_COST : -Math.log(share);
      const cost = (best[from]?.cost ?? Number.POSITIVE_INFINITY) + word;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const words: string[] = [];
  for (let to = characters.length; to > 0; to = best[to]?.from ?? 0) {
    words.unshift(characters.slice(best[to]?.from ?? 0, to).join(''));
  }
  return words;
}
