/** The pages of a person's own cases, as the screen is told them. */
import { z } from 'zod';
import { textSchema } from '../catalog/schema.ts';
import { caseLineSchema, slipStateSchema, stageSchema, thereStateSchema } from './page-parts.ts';

/** Where a result is; `paper` is the matter that prints it. */
const resultSchema = z.object({
  how: z.enum(['collect', 'print']),
  /** For people to read, in Chinese; null where it is the town's counter. */
  where: z.string().nullable(),
  paper: z.object({ matterId: z.string(), name: textSchema }).nullable(),
  collected: z.boolean(),
});

/** A case that was handed in at another machine. */
export const elsewhereSchema = z.object({ day: z.string(), place: z.string(), stage: stageSchema });

export const CASE_PAGES = [
  z.object({
    kind: z.literal('my-cases'),
    items: z.array(caseLineSchema),
    asOfMs: z.number().nullable(),
    /** Those of other machines, as the platform tells them; null where nobody's card tells that they are theirs. */
    there: z
      .object({
        state: thereStateSchema,
        items: z.array(caseLineSchema.extend({ place: z.string() })),
      })
      .nullable(),
  }),
  /** A private case opens only after its card is laid once more. */
  z.object({
    kind: z.literal('prove-again'),
    state: z.enum(['waiting', 'reading', 'other-card', 'trouble']),
  }),
  z.object({
    kind: z.literal('case'),
    line: caseLineSchema,
    /** The village whose machine it was handed in at; null for this one. */
    place: z.string().nullable(),
    localNumber: z.string(),
    slipCode: z.string(),
    provinceNumber: z.string().nullable(),
    /** What is asked for now, and until when (an ISO date); `words` as staff wrote them. */
    ask: z
      .object({
        items: z.array(textSchema),
        by: z.string().nullable(),
        /** Whether that day has surely passed: it can still be supplied, and the desk decides what becomes of it. */
        passed: z.boolean(),
        words: z.string().nullable(),
        /** False where this machine does not have its matter any more. */
        canStart: z.boolean(),
      })
      .nullable(),
    /** What the person did came after the decision. */
    crossed: z.enum(['withdrawal-late', 'supplement-late']).nullable(),
    result: resultSchema.nullable(),
    /** What can be done after a refusal, and until when. */
    remedy: z.object({ words: z.string(), by: z.string().nullable() }).nullable(),
    /** The number of the case that goes on, where this one was the same again. */
    duplicateOf: z.string().nullable(),
    /** A picture of what came of it: the `ref` of its file. */
    picture: z.string().nullable(),
    canWithdraw: z.boolean(),
    /** Beside an agent: the call they promise about it, and by which day (ISO date) once they have; null without one. */
    callBack: z.object({ day: z.string().nullable() }).nullable(),
    history: z.array(
      z.object({ stage: stageSchema, atMs: z.number().nullable(), words: z.string().nullable() }),
    ),
    slip: slipStateSchema.nullable(),
    asOfMs: z.number().nullable(),
  }),
  /** Whether a case is really to be taken back. `books`: a time is booked, or asked for, that goes with it. */
  z.object({ kind: z.literal('withdraw'), line: caseLineSchema, books: z.boolean() }),
  /** A case that has ended: how content its person was; `given` once they said. */
  z.object({
    kind: z.literal('rate-case'),
    line: caseLineSchema,
    given: z.int().min(1).max(5).nullable(),
  }),
  /** The card was laid again: whether the result is in hand. */
  z.object({ kind: z.literal('collect'), line: caseLineSchema, result: resultSchema }),
] as const;
