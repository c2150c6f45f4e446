/** What checks of answers share: the problem they find, what they look at, and words that many of them use. */
import { err, type Result } from '../base/result.ts';
import type { AnswerValue, Question, Text } from './schema.ts';

/** What is wrong with one answer. */
export type AnswerProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'no-such-choice'
  | 'chosen-twice'
  | 'out-of-range'
  | 'no-date'
  | 'too-early'
  | 'too-late'
  | 'no-phone'
  | 'no-id-number'
  | 'no-name'
  | 'too-long'
  | 'strange-characters'
  | 'no-village'
  | 'unknown-card'
  | 'own-card'
  | 'unknown-photo'
  | 'unknown-recording'
  | 'must-be-written'
  | 'no-bank-number'
  | 'too-few'
  | 'too-many'
  | 'twice-the-same'
  | 'unknown-slot'
  | 'no-code'
  | 'not-declared';

/** What is wrong with one answer, and the words that tell the person. */
export interface AnswerProblem {
  readonly code: AnswerProblemCode;
  readonly words: Text;
}

/** A card laid in this visit for a `person-card` question. */
export interface KnownCard {
  /** ISO date, or null when the card told none. */
  readonly birth: string | null;
  /** It has the submitter's own number: it cannot stand for another person. */
  readonly own: boolean;
}

/** A recording made in this visit. */
export interface KnownRecording {
  readonly seconds: number;
}

/** A time that the platform offered in this visit. */
export interface KnownSlot {
  readonly service: string;
  /** ISO date. */
  readonly day: string;
  /** `09:30`. */
  readonly from: string;
}

/** What an answer is judged against. */
export interface AnswerContext {
  /** Today in China, ISO. */
  readonly todayIso: string;
  /** By `readId`. */
  readonly knownCards: ReadonlyMap<string, KnownCard>;
  /** What photographs and signatures of this visit are known by. */
  readonly knownPhotos: ReadonlySet<string>;
  /** Recordings of this visit, by what they are known by. */
  readonly knownRecordings: ReadonlyMap<string, KnownRecording>;
  /** By the platform's own id. */
  readonly knownSlots: ReadonlyMap<string, KnownSlot>;
}

/** The answer in its settled form, or what is wrong with it. */
export type Checked = Result<AnswerValue, AnswerProblem>;

/** The check of one type of question. */
export type Check<Type extends Question['type']> = (
  question: Extract<Question, { type: Type }>,
  value: NonNullable<unknown>,
  context: AnswerContext,
) => Checked;

/** A refused answer. */
export function wrong(code: AnswerProblemCode, words: Text): Checked {
  return err({ code, words });
}

/** For what no screen of ours sends. */
export const AGAIN: Text = { zh: '请再填一次', en: 'Please answer again' };
/** For a choice that was not made. */
export const CHOOSE: Text = { zh: '请选一个', en: 'Please choose one' };

/** Control characters but for the end of a line, invisible or direction-changing ones, broken surrogates. */
const STRANGE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Words settled (line ends alike, nothing around them), or what is wrong with them. */
export function checkWords(typed: string, maxLength: number): Checked {
  const text = typed.replaceAll(/\r\n?/g, '\n').trim();
  if ([...text].length > maxLength)
    return wrong('too-long', {
      zh: `太长了，最多 ${maxLength} 个字`,
      en: `Too long: at most ${maxLength} characters`,
    });
  return STRANGE.test(text) ? wrong('strange-characters', AGAIN) : { ok: true, value: text };
}
