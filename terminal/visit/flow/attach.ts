/** Files handed in by the screen: judged here, held by the visit, one for each question that asks. */
import { toHex } from '../../../base/bytes.ts';
import type { Text } from '../../../catalog/schema.ts';
import {
  asksForFile,
  FILE_TYPES,
  type FileQuestion,
  type HeldFile,
  wipeFiles,
} from '../../cases/held-files.ts';
import { checkJpeg } from '../../cases/jpeg.ts';
import { checkWebm } from '../../cases/webm.ts';
import type { Filling, Visit } from '../visit.ts';
import { PHOTO_UNFIT, RECORDING_UNFIT, SIGNATURE_UNFIT } from '../words.ts';
import { type Handler, on, refuse } from './step.ts';

/** A file for the question shown, in place of the one before; none takes that away. */
export const attach: Handler<'attach'> = (visit, { questionId, bytes }, desk) => {
  const { filling, spot } = visit;
  if (filling === null || spot.at !== 'question' || spot.questionId !== questionId)
    return refuse(visit, 'stale');
  const question = filling.matter.questions.find(({ id }) => id === questionId);
  if (question === undefined || !asksForFile(question)) return refuse(visit, 'unknown-question');
  if (bytes === null) return on({ ...visit, filling: withoutFile(filling, questionId) });
  const unfit = findUnfit(question, bytes);
  if (unfit !== undefined) return refuse(visit, 'bad-answer', unfit, questionId);
  const ref = toHex(desk.random.bytes(16));
  const file = { questionId, ref, mediaType: FILE_TYPES[question.type], bytes };
  return on({ ...visit, filling: withFile(filling, file) });
};

/** Why bytes are not what the question asks for, or `undefined` when they are. */
function findUnfit(question: FileQuestion, bytes: Uint8Array): Text | undefined {
  switch (question.type) {
    case 'photo':
      return checkJpeg(bytes).ok ? undefined : PHOTO_UNFIT;
    case 'signature':
      return checkJpeg(bytes).ok ? undefined : SIGNATURE_UNFIT;
    case 'voice':
      return checkWebm(bytes, question.maxSeconds).ok ? undefined : RECORDING_UNFIT;
  }
}

/** The file of the question shown, when it is the one named. */
export function findFileShown({ filling, spot }: Visit, ref: string): Uint8Array | undefined {
  if (filling === null || spot.at !== 'question') return undefined;
  return filling.files.find((file) => file.ref === ref && file.questionId === spot.questionId)?.bytes;
}

/** An answer given with the file before stands with this one. */
function withFile(filling: Filling, file: HeldFile): Filling {
  const { questionId, ref } = file;
  const { files, answers } = withoutFile(filling, questionId);
  return {
    ...filling,
    files: [...files, file],
    answers: Object.hasOwn(filling.answers, questionId) ? { ...answers, [questionId]: ref } : answers,
    typing: { questionId, value: ref },
    problem: null,
  };
}

function withoutFile(filling: Filling, questionId: string): Filling {
  const isOld = (file: HeldFile) => file.questionId === questionId;
  wipeFiles(filling.files.filter(isOld));
  const { [questionId]: _before, ...answers } = filling.answers;
  const files = filling.files.filter((file) => !isOld(file));
  return { ...filling, files, answers, typing: null, problem: null };
}
