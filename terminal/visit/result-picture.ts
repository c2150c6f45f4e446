/** The picture of what came of a case, which a desk sent down: known to the page by a name, fetched as a file. */
import { checkJpeg } from '../../catalog/jpeg.ts';
import type { Progress } from '../keeper.ts';

/** What such a picture is known by: a page has one at most. */
export const RESULT_PICTURE = 'result-picture';

/** The last one among what came down. */
export function findPicture(progress: readonly Pick<Progress, 'picture'>[]): Uint8Array | undefined {
  return progress.findLast(({ picture }) => picture !== undefined)?.picture;
}

/** The name for the page; null where there is none. */
export function pictureRef(picture: Uint8Array | undefined): string | null {
  return picture === undefined ? null : RESULT_PICTURE;
}

/** A picture that came with a slip's answer, where it is one. */
export function fitPicture(picture: Uint8Array | undefined): Uint8Array | undefined {
  return picture !== undefined && checkJpeg(picture).ok ? picture : undefined;
}
