/** The form in which texts and clips are compared, and the sentences that clips are made of. */
import type { Language } from '../../../../terminal/api.ts';

/** Joiners that hold a line together and say nothing. */
const SILENT = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const CHINESE_QUOTES = /[“”‘’"'《》〈〉「」]/g;
/** Where one sentence ends and the next may begin; the marks themselves are only paused for. */
const SENTENCE_END: Readonly<Record<Language, RegExp>> = {
  zh: /[。！？；!?;\n]+/,
  en: /[!?;\n]+|[.]+(?=\s|$)|\s—\s/,
};
/** What may stand around a sentence and is not said. */
const EDGE = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;
/** A blank of a string table, `{{name}}`, or of a slip, `{name}`. */
const BLANK = /\{\{?\w+\}?\}/;

/**
 * The text as it is looked up: spaces and quotes that only set it are gone, full-width figures and letters are
 * ordinary ones. English keeps one space between words, Chinese keeps spaces only between figures and letters.
 */
export function written(text: string, language: Language): string {
  const plain = text
    .replaceAll(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) =>
      String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0),
    )
    .replaceAll(SILENT, '');
  if (language === 'en') {
    return plain
      .replaceAll(/[‘’]/g, "'")
      .replaceAll(/[“”"]/g, '')
      .replaceAll(/[^\S\n]+/g, ' ')
      .trim();
  }
  return plain
    .replaceAll(CHINESE_QUOTES, '')
    .replaceAll(/(?<![\w*.])[^\S\n]+|[^\S\n]+(?![\w*])/g, '')
    .replaceAll(/[^\S\n]+/g, ' ');
}

/** The fixed pieces of a text or a table's words, one sentence each, as they are looked up; blanks are left out. */
export function fixedPieces(text: string, language: Language): readonly string[] {
  return text
    .split(BLANK)
    .flatMap((part) => written(part, language).split(SENTENCE_END[language]))
    .map((piece) => piece.replaceAll(EDGE, ''))
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}
