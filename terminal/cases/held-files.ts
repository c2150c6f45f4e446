/**
 * What a visit was handed besides words: photographs, signatures, recordings. They live in its memory alone, until they
 * are kept with the case or overwritten.
 */
import { RECORDING_TYPE } from '../../catalog/recording.ts';
import type { Answers, Matter, Question } from '../../catalog/schema.ts';

/** The media type of what answers each type of question that is answered with a file. */
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
}

/** A question that is answered with a file. */
export type FileQuestion = Extract<Question, { type: keyof typeof FILE_TYPES }>;

/** Whether a question is answered with a file. */
export function asksForFile(question: Question): question is FileQuestion {
  return Object.hasOwn(FILE_TYPES, question.type);
}

/** The files a case goes with, in the order of their questions: what it is filed as names each by its place here. */
export function filesAnswered(filed: {
  readonly matter: Matter;
  readonly answers: Answers;
  readonly files: readonly HeldFile[];
}): readonly HeldFile[] {
  return filed.matter.questions.filter(asksForFile).flatMap(({ id }) => {
    const answer = Object.hasOwn(filed.answers, id) ? filed.answers[id] : undefined;
    return filed.files.filter(({ ref }) => ref === answer);
  });
}

/** Overwrites files. */
export function wipeFiles(files: readonly HeldFile[]): void {
  for (const { bytes } of files) bytes.fill(0);
}
