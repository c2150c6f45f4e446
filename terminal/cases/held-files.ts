/**
 * What a visit was handed besides words: photographs, signatures, recordings. They live in its memory alone, until they
 * are kept with the case or overwritten.
 */
import { findAnswer } from '../../catalog/conditions.ts';
import { RECORDING_TYPE } from '../../catalog/recording.ts';
import type { Answers, AnswerValue, Matter, Question } from '../../catalog/schema.ts';
import { findSpeechLimit, findSpoken } from '../../catalog/spoken.ts';

/** The media type of what answers each type of question that is answered with a file alone. */
export const FILE_TYPES = {
  photo: 'image/jpeg',
  signature: 'image/jpeg',
  voice: RECORDING_TYPE,
} as const satisfies Partial<Record<Question['type'], string>>;

/** One file; its `ref` is what stands as answer to its question. */
export interface HeldFile {
  readonly questionId: string;
  /** Random, 32 hex digits. */
  readonly ref: string;
  readonly mediaType: (typeof FILE_TYPES)[keyof typeof FILE_TYPES];
  /** A file that the check of its media type took. */
  readonly bytes: Uint8Array;
  /** How long a recording is; null of a picture. */
  readonly seconds: number | null;
}

/** A question that is answered with a file alone. */
export type FileQuestion = Extract<Question, { type: keyof typeof FILE_TYPES }>;

/** Whether a question is answered with a file alone. */
export function asksForFile(question: Question): question is FileQuestion {
  return Object.hasOwn(FILE_TYPES, question.type);
}

/** Whether a question may be answered with a file: words may be said instead. */
export function takesFile(question: Question): boolean {
  return asksForFile(question) || findSpeechLimit(question) !== undefined;
}

/** The answer that a file of the visit is to its question. */
export function answerBy(question: Question, { ref, seconds }: HeldFile): AnswerValue {
  return question.type === 'text' && seconds !== null ? { spoken: ref, seconds } : ref;
}

/** What the file is known by that an answer names; `undefined` where it names none. */
export function findFileRef(question: Question, answer: AnswerValue | null | undefined): string | undefined {
  if (question.type === 'text') {
    const spoken = findSpoken(answer)?.spoken;
    return typeof spoken === 'string' ? spoken : undefined;
  }
  return asksForFile(question) && typeof answer === 'string' ? answer : undefined;
}

/** The files a case goes with, in the order of their questions: what it is filed as names each by its place here. */
export function filesAnswered(filed: {
  readonly matter: Matter;
  readonly answers: Answers;
  readonly files: readonly HeldFile[];
}): readonly HeldFile[] {
  return filed.matter.questions.flatMap((question) => {
    const named = findFileRef(question, findAnswer(filed.answers, question.id));
    return named === undefined ? [] : filed.files.filter(({ ref }) => ref === named);
  });
}

/** Overwrites files. */
export function wipeFiles(files: readonly HeldFile[]): void {
  for (const { bytes } of files) bytes.fill(0);
}
