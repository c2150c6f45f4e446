/** What several pages of the screen have in common: schemas alone. */
import { z } from 'zod';
import { pictureSchema } from '../catalog/picture.ts';
import { textSchema } from '../catalog/schema.ts';

/** Languages of the screen. */
export const languageSchema = z.enum(['zh', 'en']);
export type Language = z.infer<typeof languageSchema>;

/**
 * Words on a page that are not the catalog's: what a card says and what somebody typed, which may hold any
 * character. The screen draws them as text.
 */
export const spokenSchema = z.strictObject({ zh: z.string(), en: z.string() });

/** A matter that a page offers. */
export const matterTileSchema = z.object({
  matterId: z.string(),
  name: textSchema,
  icon: z.string(),
  /** What it is about, drawn; stands instead of the icon. */
  picture: pictureSchema.nullable(),
  /** Whether it can be started now, and if not, why, said before anyone starts. */
  availability: z.enum([
    'open',
    'needs-network',
    'needs-printer',
    'needs-special-paper',
    'needs-scanner',
    'needs-camera',
    'needs-microphone',
    'needs-proof',
    'needs-card',
    'needs-guardian',
    'taken-out',
    'stopped',
  ]),
  /** A word below the name: "can be applied for". */
  hint: textSchema.nullable(),
});
export type MatterTile = z.infer<typeof matterTileSchema>;

/** A category that a page offers, and how many matters it holds. */
export const categoryKeySchema = z.object({ id: z.string(), name: textSchema, count: z.int() });

/** What everybody should know, from an office that stands by it. */
export const noticeSchema = z.object({
  title: textSchema,
  body: textSchema,
  /** Who issued it, when, until when, whom to call. */
  byline: textSchema,
  danger: z.boolean(),
});

/** A line on the check page and beside a question: what is known and from where. */
export const factSchema = z.object({
  label: textSchema,
  value: spokenSchema,
  source: z.enum(['card', 'answer', 'shared']),
  /** Present when it can be changed. */
  questionId: z.string().nullable(),
  /** The authority it was fetched from. */
  from: textSchema.optional(),
  /** What was said, to be heard again: the `ref` of its file. */
  recording: z.string().optional(),
});
export type Fact = z.infer<typeof factSchema>;

/** A guide in a list. */
export const guideTitleSchema = z.object({ id: z.string(), title: textSchema });
export type GuideTitle = z.infer<typeof guideTitleSchema>;

/** A further matter that the same answers open. */
export const bundleOfferSchema = z.object({
  matterId: z.string(),
  name: textSchema,
  gets: textSchema,
  /** What choosing it declares, in its own words. */
  declares: z.array(textSchema),
  /** `kept`: already, before the machine stopped. */
  state: z.enum(['open', 'chosen', 'declined', 'kept']),
});
export type BundleOfferPart = z.infer<typeof bundleOfferSchema>;

/** A case kept with another. */
export const bundledCaseSchema = z.object({
  /** Neutral for a private matter. */
  name: textSchema,
  /** Twelve digits, shown 4-4-4. */
  localNumber: z.string(),
  /** Null once a slip bears it. */
  slipCode: z.string().nullable(),
});

/** Header of every page inside a matter. `forWhom` is masked. */
export const matterHeadSchema = z.object({
  name: textSchema,
  forWhom: spokenSchema.nullable(),
  sample: z.boolean(),
  private: z.boolean(),
});

/** How asking the state stands, beside what it said. `none-fits`: of what is here nothing fits, so all of it is shown. */
export const askedStateSchema = z.enum([
  ...(['asking', 'found', 'nothing', 'later', 'unavailable', 'offline'] as const),
  ...(['refused', 'too-many', 'withdrawn', 'not-agreed', 'none-fits'] as const),
]);
export type AskedState = z.infer<typeof askedStateSchema>;

/** How asking the state stands, as pages of it say. */
export const asked = {
  state: askedStateSchema,
  /** When it stood so at its source. */
  asOfMs: z.number().nullable(),
  /** How long the source said it needs. */
  afterS: z.int().nullable(),
  mayAskAgain: z.boolean(),
};

/** Why a code from the phone opened nothing. */
export const phoneTroubleSchema = z.enum([
  ...(['not-a-code', 'unknown-issuer', 'forged', 'old', 'used'] as const),
  /** This machine does not surely know the time, and nobody can be asked. */
  'clock',
  /** Only the platform could tell. */
  'offline',
  'no-answer',
  'not-kept',
  /** Than the card that was laid. */
  'other-person',
  'unreadable',
]);

/** How far a case has come; never more than is true. */
export const stageSchema = z.enum([
  'kept',
  'delivered',
  'registered',
  'accepted',
  'supplement',
  'supplemented',
  /** What was asked for is kept here, and not delivered yet. */
  'answered',
  /** It was taken back here, and the platform said nothing yet. */
  'withdrawing',
  /** Finished, and its result is in the person's hand. */
  'collected',
  /** Refused, because the same case was handed in before. */
  'duplicate',
  'finished',
  'refused',
  'withdrawn',
  'frozen',
  'resumed',
  'booked',
  'arranging',
  'paid',
  'unpaid',
  'refunded',
]);
export type Stage = z.infer<typeof stageSchema>;

/** How a slip stands. */
export const slipStateSchema = z.enum(['printing', 'printed', 'not-printed', 'unknown', 'no-printer']);
export type SlipState = z.infer<typeof slipStateSchema>;

/** What of other machines is known, as the platform tells it. */
export const thereStateSchema = z.enum(['asking', 'known', 'offline', 'no-answer']);

/** One case in a list. */
export const caseLineSchema = z.object({
  /** Opaque, for this visit only. */
  ref: z.string(),
  /** Neutral for a private matter. */
  name: textSchema,
  private: z.boolean(),
  keptAtMs: z.number(),
  stage: stageSchema,
  /** Its slip never surely came out: it is offered. */
  slipOwed: z.boolean(),
});

/** Trouble at the first page. */
export const troubleSchema = z.enum([
  'lay-again',
  'wrong-card',
  'unreadable',
  'expired',
  'reader-down',
  'not-remembered',
]);
export type VisitTrouble = z.infer<typeof troubleSchema>;

/** What is wrong with an answer, in words for the person. */
export const problemSchema = z.object({ code: z.string(), words: textSchema });
export type Problem = z.infer<typeof problemSchema>;

/** Not enrolled, store broken: the support number, and it keeps trying. `locked` says why, in the platform's words. */
export const outOfServicePage = z.object({
  kind: z.literal('out-of-service'),
  reason: z.enum(['not-enrolled', 'store', 'starting', 'locked']),
  words: textSchema.optional(),
});
