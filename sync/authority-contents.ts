/**
 * Recorded authority as data: what goes up when a resident entrusts a village agent, and ends that (journal.md,
 * "Content"), and what a case filed under it names as its evidence. Unknown keys are kept.
 */
import { z } from 'zod';
import { actorSchema, contentAttachmentSchema, personSchema, placeSchema } from './contents.ts';

const bytesOf = (length: number): z.ZodType<Uint8Array> =>
  z.instanceof(Uint8Array).refine((value) => value.length === length, `must be ${length} bytes`);
const id = bytesOf(16);

/** A year and a day: nothing is entrusted for longer. */
export const LONGEST_AUTHORITY_MS = 367 * 86_400_000;

/** A matter that may be done under an authority, and how often in 31 days. */
export const entrustedMatterSchema = z.looseObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  perMonth: z.int().min(1).max(31),
});
export type EntrustedMatter = Pick<z.infer<typeof entrustedMatterSchema>, 'id' | 'perMonth'>;

/** What is counted as a month, of acts under an authority. */
export const AUTHORITY_MONTH_MS = 31 * 86_400_000;

/** Whoever is named with the number on their card. */
const numbered = personSchema.extend({ number: z.string().min(1) });

/**
 * `authority.given`: the resident, whose card lies there, entrusts the agent beside them with `matters` until `untilMs`.
 * `signature` and `photo` are places among the attachments. It names nobody else: the agent is `agentId`.
 */
export const authorityContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('authority.given'),
  authorityId: id,
  localNumber: z.string().regex(/^\d{12}$/),
  slipCode: z.string().regex(/^\d{6}$/),
  submissionId: id,
  submitter: numbered,
  agentId: id,
  matters: z.array(entrustedMatterSchema).min(1).max(12),
  givenMs: z.int(),
  untilMs: z.int(),
  signature: z.int().min(0),
  photo: z.int().min(0),
  attachments: z.array(contentAttachmentSchema),
  actors: z.array(actorSchema),
  lang: z.string(),
  place: placeSchema,
});
export type AuthorityContent = z.infer<typeof authorityContentSchema>;

/** `authority.ended`: the resident, with their own card, takes it back. */
export const authorityEndContentSchema = z.looseObject({
  schema: z.literal(1),
  kind: z.literal('authority.ended'),
  authorityId: id,
  submissionId: id,
  submitter: numbered,
});
export type AuthorityEndContent = z.infer<typeof authorityEndContentSchema>;

/** Evidence of the type `authority`: what a case on the basis `agent` rests on. */
export const authorityEvidenceSchema = z.looseObject({ type: z.literal('authority'), authorityId: id });

/** The authority that a case names as its evidence; `undefined` where it names none. */
export function findAuthorityNamed(evidence: readonly unknown[]): Uint8Array | undefined {
  for (const one of evidence) {
    const read = authorityEvidenceSchema.safeParse(one);
    if (read.success) return read.data.authorityId;
  }
  return undefined;
}
