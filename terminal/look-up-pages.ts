/** The pages of looking up: a slip by its number and code, and what a printed certificate is worth. */
import { z } from 'zod';
import { textSchema } from '../catalog/schema.ts';
import { phoneTroubleSchema, problemSchema, stageSchema } from './page-parts.ts';

export const LOOK_UP_PAGES = [
  /** Asks for a code on the phone, in the place of a card. */
  z.object({
    kind: z.literal('phone-code'),
    scanner: z.enum(['ready', 'down']),
    /** The app whose code is taken, as people know it. */
    app: z.string(),
    checking: z.boolean(),
    /** What was wrong with the last one. */
    trouble: phoneTroubleSchema.nullable(),
  }),
  /** Asks for a slip: to be scanned, or its number, then its code. */
  z.object({
    kind: z.literal('slip-lookup'),
    step: z.enum(['scan', 'number', 'code']),
    scanner: z.enum(['ready', 'down']),
    /** What was typed before the code is. */
    localNumber: z.string().nullable(),
    problem: problemSchema.nullable(),
  }),
  /** What is known of a slip's case. Nothing here names a person or a matter. */
  z.object({
    kind: z.literal('slip-answer'),
    localNumber: z.string(),
    /**
     * That a machine of this county made the slip, where that machine was set up, and when by its own word. Null where
     * the slip was not scanned, or nobody here knows who certified its machine.
     */
    proof: z.object({ place: textSchema.nullable(), saidAtMs: z.number() }).nullable(),
    /** `not-arrived`: the slip is sound, and the county does not have its case yet. */
    state: z.enum(['asking', 'found', 'not-found', 'not-arrived', 'offline', 'too-many', 'no-answer']),
    /** Null unless it was found. */
    stage: stageSchema.nullable(),
    provinceNumber: z.string().nullable(),
    /** A picture of what came of it: the `ref` of its file. */
    picture: z.string().nullable(),
    history: z.array(
      z.object({ stage: stageSchema, atMs: z.number().nullable(), words: z.string().nullable() }),
    ),
  }),
  /** A printed certificate whose words this platform signed: genuine as it was given; voided since, only the platform knows. */
  z.object({
    kind: z.literal('certificate-answer'),
    number: z.string(),
    /** Masked. */
    name: z.string(),
    what: textSchema.nullable(),
    from: textSchema.nullable(),
    issuedAtMs: z.number(),
    asOfMs: z.number(),
  }),
] as const;
