/** Photographs as a matter asks for them: which camera takes one, and what one may weigh. */
import type { Question } from './schema.ts';

/** What a photograph is of; see the question type `photo`. */
export type PhotoSubject = Extract<Question, { type: 'photo' }>['of'];

/** A camera by its name among the cabinet's devices. */
export type PhotoCamera = 'document-camera' | 'face-camera';

/**
 * The cameras that can take it, the best first. A thing somebody brought is best laid under the document camera
 * too; the one that looks into the room would show whoever stands there.
 */
export const CAMERAS_FOR: Readonly<Record<PhotoSubject, readonly PhotoCamera[]>> = {
  document: ['document-camera'],
  scene: ['document-camera', 'face-camera'],
};

/** What one photograph may be, in bytes of JPEG and in pixels of either side. */
export const PHOTO_LIMITS = { maxBytes: 500_000, minSidePx: 120, maxSidePx: 4096 } as const;

/** How many photographs, signatures and recordings one case may have: each goes as an attachment of its own. */
export const MOST_FILES = 16;
