const PHRASE = /\p{Script=Han}+/gu;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The pieces of a text between which a line may break: words of those phrases that are longer than `fits` characters. */
export function softBreaks(text: string, fits: number): readonly string[] {
  const breaks = [...text.matchAll(PHRASE)]
    .filter(([phrase]) => phrase.length > fits)
    .flatMap(({ 0: phrase, index }) => breaksIn(phrase).map((at) => index + at));
  return [0, ...breaks].map((at, place) => text.slice(at, breaks[place]));
}

/** As `softBreaks`, and also between words and the figures beside them, which else stand on one line. */
export function moreSoftBreaks(text: string, fits: number): readonly string[] {
  return softBreaks(text, fits).flatMap((piece) => piece.split(BESIDE_FIGURES));
}

/** After the space that holds words and figures together; the groups of one number stay on one line. */
const BESIDE_FIGURES = /(?<=\u00a0)(?=\p{Script=Han})|(?<=\p{Script=Han}\u00a0)/u;

/** Never at the beginning of a line: they belong to the word before. */
const CLINGING = /^[的了着过吗呢吧么们地得]$/u;

/** Where a phrase may break: between words, but so that no character is left alone at either end. */
function breaksIn(phrase: string): readonly number[] {
  return [...words.segment(phrase)]
    .filter(({ index, segment }) => index > 1 && index < phrase.length - 1 && !CLINGING.test(segment))
    .map(({ index }) => index);
}
