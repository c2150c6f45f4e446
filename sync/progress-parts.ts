/**
 * What progress may say beside its words: what is asked for, where a result is, what can still be done after a refusal.
 * Each is an addition: `words` say the same to a terminal that knows none of them, and what it cannot read it leaves out.
 */
import { z } from 'zod';

const bothLanguages = z.looseObject({ zh: z.string().max(200), en: z.string().max(200) });
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** One thing that is asked for, by the matter's own name for it, in words for a terminal whose matter has it no more. */
export const askedItemSchema = z.looseObject({
  /** `question` or `material`; one of another kind is asked for in words alone. */
  of: z.string().max(32),
  id: slug,
  label: bothLanguages,
});
export type AskedItem = z.infer<typeof askedItemSchema>;

/**
 * What a desk asks to be supplied. No items: it stands in the words alone. `by` is the last day; `note` is what staff
 * wrote, without what the items and `by` say already.
 */
export const askSchema = z.looseObject({
  items: z.array(askedItemSchema).max(40),
  by: isoDate.nullable(),
  note: z.string().max(500).nullable(),
});
export type Ask = z.infer<typeof askSchema>;

/**
 * Where a result is: `collect`, at `where`, which is for people to read; or `print`, at this machine, with the print
 * matter `matterId`.
 */
export const caseResultSchema = z.looseObject({
  how: z.string().max(32),
  where: z.string().max(200).nullable(),
  matterId: slug.nullable(),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

/** What whoever was refused can still do, and the last day for it; null where there is none. */
export const remedySchema = z.looseObject({ words: z.string().max(500), by: isoDate.nullable() });
export type Remedy = z.infer<typeof remedySchema>;

/** The same was handed in before, by another way perhaps: the number of the case that goes on. */
export const duplicateSchema = z.looseObject({ number: z.string().min(1).max(64) });
export type Duplicate = z.infer<typeof duplicateSchema>;

/** How large a picture of what came of a case may be: it comes down sealed with the words. */
export const RESULT_PICTURE_BYTES = 60_000;

/** A picture of what came of it: one plain JPEG, which whoever draws it judges once more. */
export const resultPictureSchema = z
  .instanceof(Uint8Array)
  .refine((jpeg): jpeg is Uint8Array<ArrayBuffer> => jpeg.length > 0 && jpeg.length <= RESULT_PICTURE_BYTES);

/** The additions of a progress; one that does not fit is as if it were not there. */
export const progressParts = {
  ask: askSchema.optional().catch(undefined),
  result: caseResultSchema.optional().catch(undefined),
  remedy: remedySchema.optional().catch(undefined),
  duplicate: duplicateSchema.optional().catch(undefined),
  picture: resultPictureSchema.optional().catch(undefined),
};

/** The additions, as data. */
export interface ProgressParts {
  readonly ask?: Ask | undefined;
  readonly result?: CaseResult | undefined;
  readonly remedy?: Remedy | undefined;
  readonly duplicate?: Duplicate | undefined;
  readonly picture?: Uint8Array | undefined;
}
