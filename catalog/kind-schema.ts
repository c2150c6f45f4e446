/** What the kinds of matter have beyond their questions: where an answer comes from, what is printed, booked or paid. */
import { z } from 'zod';
import { slug, textSchema } from './words.ts';

/**
 * Where the answer of a query or guide comes from: the person's own cases on this terminal, the guide pages, what a
 * source keeps of the person (`shared`, with consent), what a source tells anyone (`open`), or a file that came with
 * the catalog, shown with its date (`local`, of `local-data/`). The matter's questions are its parameters, by their ids.
 */
export const sourceSchema = z.union([
  z.enum(['own-cases', 'guides']),
  z.strictObject({ shared: slug, consent: textSchema }),
  z.strictObject({ open: slug }),
  z.strictObject({ local: slug }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** How a data set names a field. */
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

/** Shared data that may be fetched so that questions need not be asked: question by question, the field that fills it. */
export const sharedFillSchema = z.strictObject({
  dataSet: slug,
  /** What is read aloud and agreed to, for this fetch alone. */
  consent: textSchema,
  fills: z.record(slug, fieldName).refine((fills) => Object.keys(fills).length > 0),
  /** Offered with its words on the page of the one telephone question it fills, beside typing the number; not before. */
  beside: z.literal(true).optional(),
});
export type SharedFill = z.infer<typeof sharedFillSchema>;

/** What a matter needs to see, and how it comes: nobody is asked for a paper the state already has. */
export const materialSchema = z.strictObject({
  id: slug,
  name: textSchema,
  from: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('card') }),
    z.strictObject({ by: z.literal('shared'), dataSet: slug }),
    z.strictObject({ by: z.literal('photo'), question: slug }),
    z.strictObject({ by: z.literal('declared'), question: slug }),
    /** Shown to whoever handles the case, later and in person. */
    z.strictObject({ by: z.literal('later') }),
  ]),
});
export type Material = z.infer<typeof materialSchema>;

/** What a print matter puts on paper: a template of `templates/`, filled from shared data or from the visit alone. */
export const certificateSchema = z.strictObject({
  template: slug,
  /** Fetched with this consent; left out where everything comes from the visit (a copy of an ID card). */
  shared: z
    .strictObject({
      dataSet: slug,
      consent: textSchema,
      /** A yes-no field of the data set: a record that does not say yes there never goes on paper. */
      ready: fieldName.optional(),
    })
    .optional(),
  maxCopies: z.int().min(1).max(5).default(1),
});
export type CertificateWish = z.infer<typeof certificateSchema>;

/** What a pay matter pays: a bill of `biller`. Whoever pays need not be whose bill it is. */
export const billSchema = z.strictObject({
  biller: slug,
  /** The question whose answer is the account, or the code on the notice; left out where the subject's own number is. */
  account: slug.optional(),
  /** For a top-up, the `amount` question whose answer is how much; a bill's own amount otherwise. */
  amount: slug.optional(),
});
export type Bill = z.infer<typeof billSchema>;

/** Another matter that the same answers open (一件事): its question ids, each with ours that answers it. */
export const bundledSchema = z.strictObject({ matter: slug, answers: z.record(slug, slug).default({}) });
export type Bundled = z.infer<typeof bundledSchema>;
