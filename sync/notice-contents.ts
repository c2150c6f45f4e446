/**
 * What a village says to an emergency notice, as data (journal.md "Content"): that its machine shows it, that its agent
 * has read it, and how things stand there. All of class 0: it goes up before whatever else waits. Unknown keys are kept.
 */
import { z } from 'zod';
import { actorSchema, contentAttachmentSchema, contentMatterSchema } from './contents.ts';

const id = z
  .instanceof(Uint8Array)
  .refine((value): value is Uint8Array<ArrayBuffer> => value.length === 16, 'must be 16 bytes');
const common = { schema: z.literal(1), noticeId: id, submissionId: id };

/** `notice.shown`: the machine shows it since now. Said by the machine itself, once. */
export const noticeShownContentSchema = z.looseObject({ ...common, kind: z.literal('notice.shown') });

/** `notice.acknowledged`: an agent of the village has read it; signed by their own key. */
export const noticeAcknowledgedContentSchema = z.looseObject({
  ...common,
  kind: z.literal('notice.acknowledged'),
  actors: z.array(actorSchema),
});

/**
 * `notice.answered`: how things stand in the village; signed by the agent's own key. `form` is `[id, version, hash]` of
 * the form that was on the screen, `answers` are by its questions; the later of two counts. Where pictures or recordings
 * go with it, the same is said before without them, under the same `replyId`, so that no picture holds up the words.
 */
export const noticeAnsweredContentSchema = z.looseObject({
  ...common,
  kind: z.literal('notice.answered'),
  replyId: id,
  form: contentMatterSchema,
  answers: z.record(z.string(), z.unknown()),
  attachments: z.array(contentAttachmentSchema),
  actors: z.array(actorSchema),
  lang: z.string(),
});
export type NoticeAnsweredContent = z.infer<typeof noticeAnsweredContentSchema>;
