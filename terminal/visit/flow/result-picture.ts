/** Which picture of what came of a case the page shown may fetch. */
import type { Desk } from '../desk.ts';
import { findCase } from '../my-cases.ts';
import { findPicture, fitPicture, RESULT_PICTURE } from '../result-picture.ts';
import type { Visit } from '../visit.ts';

/** The picture of the case or the slip on the page; nothing on any other page. */
export function findPictureShown(visit: Visit, ref: string, desk: Desk): Uint8Array | undefined {
  const { spot, person, lookUp } = visit;
  if (ref !== RESULT_PICTURE) return undefined;
  if (spot.at === 'case' && person !== null) {
    const remembered = findCase(person, spot.ref);
    return remembered && findPicture(person.memory?.progressOf(remembered) ?? []);
  }
  if (spot.at !== 'slip-answer' || lookUp === null || lookUp.askId === null) return undefined;
  const state = desk.lookUps.find(lookUp.askId);
  return state !== undefined && state !== 'asking' && state.ok ? fitPicture(state.value.picture) : undefined;
}
