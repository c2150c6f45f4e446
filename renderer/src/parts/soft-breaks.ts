const PHRASE = /\p{Script=Han}+/gu;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The pieces of a text between which a line may break: words of those phrases that are longer than `fits` characters. */
export function softBreaks(text: string, fits: number): readonly string[] {
  const breaks = [...text.matchAll(PHRASE)]
    .filter(([phrase]) => phrase.length > fits)
    .flatMap(({ 0: phrase, index }) => breaksIn(phrase).map((at) => index + at));
  return [0, ...breaks].map((at, place) => text.slice(at, breaks[place]));
}

/** Where a phrase may break: between words, but never before one of a single character, nor after a first such. */
function breaksIn(phrase: string): readonly number[] {
  const segments = [...words.segment(phrase)];
  return segments.filter(({ index, segment }) => index > 1 && segment.length > 1).map(({ index }) => index);
}
