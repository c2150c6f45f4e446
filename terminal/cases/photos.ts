/** Photographs taken in a visit. They live in its memory alone, until they are kept with the case or overwritten. */
import type { Answers, Matter } from '../../catalog/schema.ts';

/** One photograph; its `ref` is what stands as answer to its question. */
export interface HeldPhoto {
  readonly questionId: string;
  /** Random, 32 hex digits. */
  readonly ref: string;
  /** A JPEG file that `checkJpeg` took. */
  readonly jpeg: Uint8Array;
}

/** The photographs a case goes with, in the order of their questions: what it is filed as names each by its place here. */
export function photosAnswered(filed: {
  readonly matter: Matter;
  readonly answers: Answers;
  readonly photos: readonly HeldPhoto[];
}): readonly HeldPhoto[] {
  return filed.matter.questions.flatMap(({ id, type }) => {
    const answer = type === 'photo' ? filed.answers[id] : undefined;
    return filed.photos.filter(({ ref }) => ref === answer);
  });
}

/** Overwrites photographs. */
export function wipePhotos(photos: readonly HeldPhoto[]): void {
  for (const { jpeg } of photos) jpeg.fill(0);
}
