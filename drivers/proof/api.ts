/** Proof of person as the devices process offers it. Types and schemas alone: no driver is imported here. */
import { z } from 'zod';
import { bytesSchema } from '../../base/rpc/schema.ts';

/**
 * How it can be proved that the holder of a card stands here: their face against the card's photo, one to one;
 * or a code sent to the phone on record for them.
 */
export const proofMethodSchema = z.enum(['face', 'phone-code']);
export type ProofMethod = z.infer<typeof proofMethodSchema>;

/** What the person is asked to do, or is waited for. */
export const proofPromptSchema = z.enum([
  'look-at-camera',
  'come-closer',
  /** More than one face is seen. */
  'one-person-only',
  'comparing',
]);
export type ProofPrompt = z.infer<typeof proofPromptSchema>;

/** Why nothing was proved: expected, and no word against anybody. */
export const notProvedReasonSchema = z.enum([
  /** A face was seen, and it is not surely the one on the card. */
  'no-match',
  'no-face',
  /** As many wrong guesses as one code allows. */
  'wrong-code',
  /** No phone is on record for this person. */
  'no-phone',
  /** Nobody typed the code in time. */
  'timed-out',
]);
export type NotProvedReason = z.infer<typeof notProvedReasonSchema>;

/** What a module may say at the end of a proof. */
export const proofVerdictSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('proved') }),
  z.object({ outcome: z.literal('not-proved'), reason: notProvedReasonSchema }),
]);
export type ProofVerdict = z.infer<typeof proofVerdictSchema>;

/** How a proof ended. `unavailable`: the device failed, and nothing is said of the person. */
export const proofOutcomeSchema = z.discriminatedUnion('outcome', [
  ...proofVerdictSchema.options,
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('unavailable') }),
]);
export type ProofOutcome = z.infer<typeof proofOutcomeSchema>;

/** A code is on its way: to which number, masked so that it cannot be dialled, and how many digits it has. */
export const codeSentSchema = z.object({
  maskedPhone: z.string().regex(/^\d{0,3}\*{4,12}\d{0,4}$/),
  digits: z.int().min(4).max(8),
});
export type CodeSent = z.infer<typeof codeSentSchema>;

/** Names one proof: random, 32 hex digits. */
const proofIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** Who is to be proved, from the card; overwritten where it can be as soon as the proof has ended. */
export const proofOrderSchema = z.object({
  proofId: proofIdSchema,
  method: proofMethodSchema,
  person: z.object({
    name: z.string().max(128),
    number: z.string().max(32),
    /** The card's opaque photo block. */
    photo: bytesSchema,
  }),
});
export type ProofOrder = z.infer<typeof proofOrderSchema>;

/** What somebody typed; the terminal never learns what was sent. */
export const proofAnswerSchema = z.object({ proofId: proofIdSchema, code: z.string().regex(/^\d{4,8}$/) });

/** What a proof yields, the last of it `ended`. No event names the person. */
export const proofEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prompt'), prompt: proofPromptSchema }),
  codeSentSchema.extend({ type: z.literal('code-sent'), guessesLeft: z.int().positive() }),
  z.object({ type: z.literal('wrong-code'), guessesLeft: z.int().positive() }),
  z.object({ type: z.literal('ended'), end: proofOutcomeSchema }),
]);
export type ProofEvent = z.infer<typeof proofEventSchema>;
