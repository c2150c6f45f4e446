/** Files handed in by the screen: judged here, held by the visit, one for each question that asks. */

import { toHex } from '../../../base/bytes.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { findAnswer } from '../../../catalog/conditions.ts';
import { checkJpeg } from '../../../catalog/jpeg.ts';
import { RECORDING_TYPE } from '../../../catalog/recording.ts';
import type { Question, Text } from '../../../catalog/schema.ts';
import { findSpeechLimit } from '../../../catalog/spoken.ts';
import {
  answerBy,
  filesAnswered,
  findFileRef,
  type HeldFile,
  takesFile,
  wipeFiles,
} from '../../cases/held-files.ts';
import { checkWebm } from '../../cases/webm.ts';
import type { Desk } from '../desk.ts';
import type { Filling, Visit } from '../visit.ts';
import { PHOTO_UNFIT, RECORDING_UNFIT, SIGNATURE_UNFIT } from '../words.ts';
import { findPictureShown } from './result-picture.ts';
import { type Handler, on, refuse } from './step.ts';

/** A file for the question shown, in place of the one before; none takes that away. */
export const attach: Handler<'attach'> = (visit, { questionId, bytes }, desk) => {
  const { filling, spot } = visit;
  if (filling === null || spot.at !== 'question' || spot.questionId !== questionId)
    return refuse(visit, 'stale');
  const question = filling.matter.questions.find(({ id }) => id === questionId);
  if (question === undefined || !takesFile(question)) return refuse(visit, 'unknown-question');
  if (bytes === null) return on({ ...visit, filling: withoutFile(filling, question) });
  const judged = judgeFile(question, bytes);
  if (!judged.ok) return refuse(visit, 'bad-answer', judged.error, questionId);
  const ref = toHex(desk.random.bytes(16));
  return on({ ...visit, filling: withFile(filling, question, { questionId, ref, bytes, ...judged.value }) });
};

/** What bytes are, or why they are not what the question asks for. */
function judgeFile(question: Question, bytes: Uint8Array): Result<Omit<HeldFile, keyof Unjudged>, Text> {
  const maxSeconds = findSpeechLimit(question);
  if (maxSeconds !== undefined) {
    const lengthMs = checkWebm(bytes, maxSeconds);
    if (!lengthMs.ok) return err(RECORDING_UNFIT);
    return ok({ mediaType: RECORDING_TYPE, seconds: Math.max(1, Math.round(lengthMs.value / 1000)) });
  }
  if (!checkJpeg(bytes).ok) return err(question.type === 'signature' ? SIGNATURE_UNFIT : PHOTO_UNFIT);
  return ok({ mediaType: 'image/jpeg', seconds: null });
}

type Unjudged = Pick<HeldFile, 'questionId' | 'ref' | 'bytes'>;

/** The file named, when the question shown holds it, or the check page tells of it. */
export function findFileShown(visit: Visit, ref: string, desk: Desk): Uint8Array | undefined {
  const { filling, spot } = visit;
  if (filling === null) return findPictureShown(visit, ref, desk);
  const shown =
    spot.at === 'check'
      ? filesAnswered(filling)
      : filling.files.filter(({ questionId }) => spot.at === 'question' && questionId === spot.questionId);
  return shown.find((file) => file.ref === ref)?.bytes;
}

/** An answer given with the file before stands with this one; words that were written stand until this is handed in. */
function withFile(filling: Filling, question: Question, file: HeldFile): Filling {
  const { id } = question;
  const { files, answers } = withoutFile(filling, question);
  const value = answerBy(question, file);
  const isReplaced = findFileRef(question, findAnswer(filling.answers, id)) !== undefined;
  return {
    ...filling,
    files: [...files, file],
    answers: isReplaced ? { ...answers, [id]: value } : answers,
    typing: { questionId: id, value },
    problem: null,
  };
}

function withoutFile(filling: Filling, question: Question): Filling {
  const { [question.id]: before, ...others } = filling.answers;
  const isWritten = before !== undefined && findFileRef(question, before) === undefined;
  const { files } = withoutFilesBut(filling, question.id, undefined);
  const answers = isWritten ? filling.answers : others;
  return { ...filling, files, answers, typing: null, problem: null };
}

/** Without what was handed in for a question and is not its answer; that is overwritten. */
export function withoutFilesBut(filling: Filling, questionId: string, ref: string | undefined): Filling {
  const isUnused = (file: HeldFile) => file.questionId === questionId && file.ref !== ref;
  wipeFiles(filling.files.filter(isUnused));
  return { ...filling, files: filling.files.filter((file) => !isUnused(file)) };
}
