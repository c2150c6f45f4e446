import i18next, { type i18n } from 'i18next';
import type { Text } from '../../../catalog/schema.ts';
import type { Language } from '../../../terminal/api.ts';
import { en } from './en.ts';
import { asDrawn } from './rare.ts';
import type { WordKey } from './table.ts';
import { zh } from './zh.ts';

/** Fills a word of the table; `{{name}}` in it is replaced by `values.name`. */
export type Translate = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

/** The words of one language. */
export interface Words {
  readonly language: Language;
  /** A word of our own tables. */
  readonly t: Translate;
  /** A word that came from the terminal in both languages. */
  readonly say: (text: Text) => string;
}

/** The value of `lang` in a page of this language. */
export const LANG_TAG: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

const tables: i18n = i18next.createInstance();
tables.init({
  resources: { zh: { translation: zh }, en: { translation: en } },
  lng: 'zh',
  fallbackLng: false,
  // React escapes; escaping twice would show entities.
  interpolation: { escapeValue: false },
  initAsync: false,
});

const made: Partial<Record<Language, Words>> = {};

/** The words of `language`; the same object each time, so that views do not redraw for it. */
export function wordsOf(language: Language): Words {
  const words = made[language] ?? makeWords(language);
  made[language] = words;
  return words;
}

/**
 * Chinese breaks lines after its punctuation; a space stands only beside figures and letters, where a break
 * would tear a number from its word; a middle dot joins the parts of one name, a dash the ends of one span.
 */
function setChinese(words: string): string {
  return words.replaceAll(' ', '\u00a0').replaceAll(/[·–]/g, '\u2060$&\u2060');
}

/** Our letters draw curly quotes as wide as a Chinese character, which tears an English word apart. */
function setEnglish(words: string): string {
  return words.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"');
}

function makeWords(language: Language): Words {
  const fixed = tables.getFixedT(language);
  const setIn = language === 'zh' ? setChinese : setEnglish;
  const set = (words: string) => asDrawn(setIn(words), language);
  return {
    language,
    t: (key, values = {}) => set(fixed(key, values)),
    say: (text) => set(text[language]),
  };
}
