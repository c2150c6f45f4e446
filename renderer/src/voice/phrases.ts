/** From what stands on a page to what is said of it: in which order, in which words, how much at a breath. */
import type { Language } from '../../../terminal/api.ts';
import type { Translate } from '../words/words.ts';
import type { Piece } from './page-reader.ts';
import type { Phrase } from './queue.ts';

/** Where a sentence ends; its clip is the sentence. */
const SENTENCE_ENDS: Readonly<Record<Language, RegExp>> = {
  zh: /(?<=[。！？；!?;])/,
  en: /(?<=[!?;]|\.(?=\s))/,
};

/** What a character that no letter draws is for whoever listens: its number is never said. Stars of a mask are left to the clips, which need them to know a name from a word. */
const UNDRAWN: Readonly<Record<Language, string>> = { zh: '，', en: ', ' };

/** How a page is to be said. */
export interface Telling {
  readonly t: Translate;
  readonly language: Language;
  /** The whole page is nobody else's to hear. */
  readonly isPrivatePage: boolean;
  /** Whether private pieces may be said: their person agreed, or hears alone. */
  readonly mayBePrivate: boolean;
}

/** A whole page: what went wrong first, then what stands there, what it is part of, and the keys of its foot last. */
export function phrasesOfPage(pieces: readonly Piece[], telling: Telling): Phrase[] {
  const alerts = pieces.filter(({ kind }) => kind === 'alert');
  const rest = pieces.filter(({ kind }) => kind !== 'alert');
  const at = (area: Piece['area']) => rest.filter((piece) => piece.area === area);
  const keys = at('foot').filter(({ kind }) => kind === 'key');
  const intro = keys.length === 0 ? [] : [openWords(telling.t('aloud.keys'), telling.language)];
  const footWords = at('foot').filter(({ kind }) => kind !== 'key');
  return phrasesOf([...alerts, ...at('page'), ...at('bar'), ...footWords, ...intro, ...keys], telling);
}

/** These pieces, in this order; private ones only where they may be said. */
export function phrasesOf(pieces: readonly Piece[], telling: Telling): Phrase[] {
  return pieces
    .map((piece) => ({ ...piece, isPrivate: isPrivate(piece, telling) }))
    .filter((piece) => !piece.isPrivate || telling.mayBePrivate)
    .flatMap((piece) =>
      sentences(wordsOf(piece, telling.t), piece.language).map((text) => ({
        text,
        language: piece.language,
        isPrivate: piece.isPrivate,
      })),
    );
}

/** Words of ours that stand on no page and that anybody may hear. */
export function openWords(text: string, language: Language): Piece {
  return {
    ...{ kind: 'words', text, language, hearing: 'open' },
    ...{ place: null, isChosen: false, isOff: false, area: 'page' },
  };
}

function isPrivate({ hearing }: Piece, { isPrivatePage }: Telling): boolean {
  return hearing === 'private' || (hearing === 'page' && isPrivatePage);
}

function wordsOf({ text, place, isChosen, isOff }: Piece, t: Translate): string {
  const numbered = place === null ? text : t('aloud.choice', { n: place, text });
  if (isChosen) return t('aloud.chosen', { text: numbered });
  return isOff ? t('aloud.off', { text: numbered }) : numbered;
}

function sentences(text: string, language: Language): string[] {
  return text
    .replaceAll(/\s*〔[^〕]*〕\s*/g, UNDRAWN[language])
    .split(SENTENCE_ENDS[language])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
