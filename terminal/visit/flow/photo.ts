/** Photographs handed in by the screen: judged here, held by the visit, one for each question that asks. */
import { toHex } from '../../../base/bytes.ts';
import { checkJpeg } from '../../cases/jpeg.ts';
import { wipePhotos } from '../../cases/photos.ts';
import type { Filling, Visit } from '../visit.ts';
import { PHOTO_UNFIT } from '../words.ts';
import { type Handler, on, refuse } from './step.ts';

/** A photograph for the question shown, in place of the one before; none takes that away. */
export const attach: Handler<'attach'> = (visit, { questionId, jpeg }, desk) => {
  const { filling, spot } = visit;
  if (filling === null || spot.at !== 'question' || spot.questionId !== questionId)
    return refuse(visit, 'stale');
  const question = filling.matter.questions.find(({ id }) => id === questionId);
  if (question?.type !== 'photo') return refuse(visit, 'unknown-question');
  if (jpeg === null) return on({ ...visit, filling: withoutPhoto(filling, questionId) });
  if (!checkJpeg(jpeg).ok) return refuse(visit, 'bad-answer', PHOTO_UNFIT, questionId);
  return on({ ...visit, filling: withPhoto(filling, questionId, jpeg, toHex(desk.random.bytes(16))) });
};

/** The photograph of the question shown, when it is the one named. */
export function findPhotoShown({ filling, spot }: Visit, ref: string): Uint8Array | undefined {
  if (filling === null || spot.at !== 'question') return undefined;
  return filling.photos.find((photo) => photo.ref === ref && photo.questionId === spot.questionId)?.jpeg;
}

/** An answer given with the photograph before stands with this one. */
function withPhoto(filling: Filling, questionId: string, jpeg: Uint8Array, ref: string): Filling {
  const { photos, answers } = withoutPhoto(filling, questionId);
  return {
    ...filling,
    photos: [...photos, { questionId, ref, jpeg }],
    answers: Object.hasOwn(filling.answers, questionId) ? { ...answers, [questionId]: ref } : answers,
    typing: { questionId, value: ref },
    problem: null,
  };
}

function withoutPhoto(filling: Filling, questionId: string): Filling {
  const isOld = (photo: { readonly questionId: string }) => photo.questionId === questionId;
  wipePhotos(filling.photos.filter(isOld));
  const { [questionId]: _before, ...answers } = filling.answers;
  const photos = filling.photos.filter((photo) => !isOld(photo));
  return { ...filling, photos, answers, typing: null, problem: null };
}
