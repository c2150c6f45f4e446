/**
 * Words said aloud instead of written: a question for words is answered by either, unless the matter says that its
 * words must be written. Nothing recognises what was said; whoever works on the case listens.
 */
import { RECORDING_LIMITS } from './recording.ts';
import type { AnswerValue, Question, Text } from './schema.ts';

/** An answer that was said: what the recording is known by, and how long it is. */
export interface Spoken {
  /** Its name in the visit that holds it; in a case that was filed, its place among the attachments. */
  readonly spoken: string | number;
  readonly seconds: number;
}

/** The longest recording a question takes, in seconds; `undefined` where it takes none. */
export function findSpeechLimit(question: Question): number | undefined {
  if (question.type === 'voice') return question.maxSeconds;
  if (question.type !== 'text' || question.spoken === false) return undefined;
  return question.maxSeconds ?? RECORDING_LIMITS.maxSeconds;
}

/** The parts of an answer that was said; `undefined` when `value` is no such answer. */
export function findSpoken(value: AnswerValue | null | undefined): Spoken | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { spoken, seconds } = value as Readonly<Record<string, unknown>>;
  if (typeof spoken !== 'string' && typeof spoken !== 'number') return undefined;
  return typeof seconds === 'number' ? { spoken, seconds } : undefined;
}

/** An answer that was said, as people read it. */
export function spokenText({ seconds }: Pick<Spoken, 'seconds'>): Text {
  return seconds === 1
    ? { zh: '说的话，1 秒', en: 'Said aloud, 1 second' }
    : { zh: `说的话，${seconds} 秒`, en: `Said aloud, ${seconds} seconds` };
}
