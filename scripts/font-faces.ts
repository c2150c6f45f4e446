/** Picks from a web font cut into many slices those that a given text needs. */

/** A `@font-face` rule and the file it names. */
export interface FontFace {
  readonly rule: string;
  readonly file: string;
}

/** The faces of a style sheet that hold at least one character of `text`, as the sheet's own ranges say. */
export function chooseFaces(css: string, text: string): readonly FontFace[] {
  const points = [...new Set(text)].map((character) => character.codePointAt(0) ?? 0);
  return [...css.matchAll(/@font-face\s*\{[^}]*\}/g)].flatMap(([rule]) => {
    const file = /url\(\.\/files\/([\w.-]+)\)/.exec(rule)?.[1];
    const ranges = /unicode-range:\s*([^;]+);/.exec(rule)?.[1]?.split(',').map(parseRange) ?? [];
    const isNeeded = ranges.some(([from, to]) => points.some((point) => point >= from && point <= to));
    return file !== undefined && isNeeded ? [{ rule: rule.replace('./files/', './'), file }] : [];
  });
}

/** First and last code point of `U+4e00`, `U+4e00-4eff`. */
function parseRange(range: string): readonly [number, number] {
  const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
