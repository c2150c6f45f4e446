/**
 * What a matter file may say. One YAML file in `catalog/matters/` describes one matter; nothing in code names
 * one. Pure data and types: runs in the terminal, on the screen, on the platform and in the check.
 */
import { z } from 'zod';

/**
 * Words for people to read. No control characters (they would be commands to a printer), no angle brackets,
 * no invisible or direction-changing characters.
 */
const words = z
  .string()
  .max(2000)
  .regex(/^(?:\n|[^<>\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])+$/u);

/** Words in both languages; Chinese first, English complete. */
export const textSchema = z.strictObject({ zh: words, en: words });
export type Text = z.infer<typeof textSchema>;

/** Why the submitter may act (办理依据). */
export const basisSchema = z.enum(['self', 'family', 'guardian', 'heir', 'agent', 'open']);
export type Basis = z.infer<typeof basisSchema>;

/** How sure we are who is here (核验程度), weakest first. */
export const assuranceSchema = z.enum(['open', 'card', 'card+proof', 'agent-checked']);
export type Assurance = z.infer<typeof assuranceSchema>;

/** What an answer may be: text, whole number, yes or no, several choices, or the name of what the visit holds. */
export const answerValueSchema = z.union([
  z.string().max(2000),
  z.int(),
  z.boolean(),
  z.array(z.string().max(64)).max(32),
]);
export type AnswerValue = z.infer<typeof answerValueSchema>;
export type Answers = Readonly<Record<string, AnswerValue>>;

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);

/** When a question is asked, decided from the basis and earlier answers; a pure function in `conditions.ts`. */
export type Condition =
  | { readonly question: string; readonly is: AnswerValue }
  | { readonly basis: Basis }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ question: slug, is: answerValueSchema }),
    z.strictObject({ basis: basisSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(8) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(8) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

const choiceSchema = z.strictObject({ value: slug, label: textSchema, help: textSchema.optional() });
export type Choice = z.infer<typeof choiceSchema>;

/** What every question has. */
const asked = {
  id: slug,
  /** The question itself, one short sentence. */
  ask: textSchema,
  /** Why, or how, in a sentence below. */
  help: textSchema.optional(),
  /** The name of the answer on the check page and at the desk. */
  label: textSchema,
  when: conditionSchema.optional(),
  /** May be left empty. */
  optional: z.boolean().default(false),
};

/** What is counted; `enOne` is the English word after a one ("1 table", "2 tables"). */
const unitSchema = z.strictObject({ zh: words, en: words, enOne: words });

/** The kinds of code a matter may ask for, as a scanner names them. */
const codeKindSchema = z.enum([
  'qr',
  'data-matrix',
  'aztec',
  'han-xin',
  'pdf417',
  'code-39',
  'code-128',
  'ean',
]);

/** One part of how a code looks: these characters, or so many of an alphabet. */
const codePartSchema = z.union([
  z.strictObject({ exactly: z.string().regex(/^[ -~]{1,100}$/) }),
  z
    .strictObject({
      of: z.enum(['digits', 'capitals', 'letters', 'letters-digits', 'any']),
      min: z.int().min(0).max(1000),
      max: z.int().min(1).max(1000),
    })
    .refine(({ min, max }) => min <= max, 'its least is above its most'),
]);
export type CodePart = z.infer<typeof codePartSchema>;

export const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('one-of'), ...asked, choices: z.array(choiceSchema).min(2).max(12) }),
  z.strictObject({ type: z.literal('several-of'), ...asked, choices: z.array(choiceSchema).min(2).max(12) }),
  z.strictObject({ type: z.literal('yes-no'), ...asked }),
  z.strictObject({ type: z.literal('quantity'), ...asked, min: z.int(), max: z.int(), unit: unitSchema }),
  /** A date; limits are days from today, negative in the past. */
  z.strictObject({
    type: z.literal('date'),
    ...asked,
    minDays: z.int().optional(),
    maxDays: z.int().optional(),
  }),
  z.strictObject({ type: z.literal('phone'), ...asked }),
  z.strictObject({ type: z.literal('id-number'), ...asked }),
  z.strictObject({ type: z.literal('name'), ...asked }),
  z.strictObject({ type: z.literal('text'), ...asked, maxLength: z.int().min(1).max(500) }),
  /** A village of the county, by its 12-digit statistics code. */
  z.strictObject({ type: z.literal('village'), ...asked }),
  /** Another person, by laying their ID card; the answer is the `readId` of that read, held by the visit. */
  z.strictObject({ type: z.literal('person-card'), ...asked }),
  /** A code held before the scanner, or typed where that is allowed. Its text is data and nothing else. */
  z.strictObject({
    type: z.literal('code'),
    ...asked,
    /** Kinds it may be, any when left out. A scanner that names no kind is believed. */
    accepts: z.array(codeKindSchema).min(1).max(8).optional(),
    /** What the whole text looks like, part after part; any single line when left out. */
    pattern: z.array(codePartSchema).min(1).max(8).optional(),
    /** In characters. */
    maxLength: z.int().min(1).max(1000),
    /** Whether it may be typed by hand: short codes that stand in print. */
    typed: z.boolean().default(false),
  }),
  /** A photograph, of a paper or of something brought along; the answer names one that the visit holds. */
  z.strictObject({ type: z.literal('photo'), ...asked, of: z.enum(['scene', 'document']) }),
  /** Something the submitter declares to be true; only `true` is an answer. */
  z.strictObject({ type: z.literal('declaration'), ...asked }),
]);
export type Question = z.infer<typeof questionSchema>;

/** What stands as evidence for a basis: the answer to one question. */
export const evidenceSchema = z.strictObject({
  type: z.enum(['subject-card', 'relation', 'declaration']),
  question: slug,
});

/** A number anyone may call, free and without a card. */
export const emergencyNumberSchema = z.strictObject({
  name: textSchema,
  phone: z.string().regex(/^\d{3,12}$/),
});
export type EmergencyNumber = z.infer<typeof emergencyNumberSchema>;

/** What a card tells, and so is never asked. */
export const cardFactSchema = z.enum(['name', 'sex', 'birth', 'address', 'number']);
export type CardFact = z.infer<typeof cardFactSchema>;

/** A page of guidance: a title and its paragraphs. Ids are unique in the whole catalog. */
export const guidePageSchema = z.strictObject({
  id: slug,
  title: textSchema,
  body: z.array(textSchema).min(1).max(12),
});
export type GuidePage = z.infer<typeof guidePageSchema>;

/** Who may use it, in age by the subject's birth date. */
const eligibilitySchema = z.strictObject({
  minAgeYears: z.int().min(0).max(120).optional(),
  maxAgeYears: z.int().min(0).max(120).optional(),
  /** The plain reason shown when it does not fit. */
  otherwise: textSchema,
});

export const matterSchema = z.strictObject({
  id: slug,
  /** Row in the county's list of matters. */
  no: z.int().positive(),
  version: z.int().positive(),
  /** A sample stays one until a county officer confirms it; 示例 stands on screen and slip. */
  status: z.union([
    z.literal('sample'),
    z.strictObject({ confirmed: z.strictObject({ who: z.string(), date: z.string(), source: z.string() }) }),
  ]),
  /** The everyday name on tiles and bars (short) and the official one. */
  name: z.strictObject({ short: textSchema, official: textSchema }),
  department: z.string(),
  category: slug,
  kind: z.enum(['apply', 'report', 'query', 'print', 'book', 'pay', 'guide']),
  /** Never named in lists, on slips or in messages; `neutral` says what stands there instead. */
  private: z.boolean(),
  neutral: textSchema.optional(),
  icon: z.enum([
    'heart',
    'clock',
    'bolt',
    'print',
    'camera',
    'book',
    'shield',
    'help',
    'people',
    'bowl',
    'list',
  ]),
  offline: z.enum(['full', 'queue', 'online']),
  assurance: assuranceSchema,
  bases: z
    .array(z.strictObject({ basis: basisSchema, label: textSchema, evidence: z.array(evidenceSchema) }))
    .min(1),
  eligibility: z.array(eligibilitySchema).default([]),
  /** Which levels handle it, first to last. */
  route: z.array(z.enum(['village', 'town', 'county'])).min(1),
  /** Handling days counted from acceptance, and when to ask if nothing was heard. */
  time: z.strictObject({ workingDays: z.int().min(0), hearWithinDays: z.int().min(1) }).optional(),
  cost: textSchema.optional(),
  /** What one gets, or what happens. */
  gets: textSchema,
  legalBasis: z.string().optional(),
  /**
   * What must be done before the date answered in `question`: the case must arrive `leadHours` before that
   * day begins. Without network it is refused when `offlineHours` from now may be too late; `phone` is the
   * way left then.
   */
  deadline: z
    .strictObject({
      question: slug,
      leadHours: z.int().min(0).max(2400),
      offlineHours: z.int().min(0).max(240),
      phone: z.string().regex(/^\d{3,12}$/),
    })
    .optional(),
  /** Devices without which it cannot be done; it is hidden, with a reason, when one is down. */
  devices: z
    .array(z.enum(['card-reader', 'slip-printer', 'document-camera', 'face-camera', 'code-scanner']))
    .default([]),
  /** What of the subject's card goes into the case: no more than it needs, and none of it is asked. */
  cardFacts: z.array(cardFactSchema).default([]),
  /** Shown on home to a card holder of this age, lowest `order` first; without it, found by category only. */
  likely: z
    .strictObject({
      order: z.int().min(1).max(999),
      minAgeYears: z.int().min(0).max(120).optional(),
      maxAgeYears: z.int().min(0).max(120).optional(),
    })
    .optional(),
  questions: z.array(questionSchema).default([]),
  /** For `query` and `guide`: where its answer comes from; `guides` are the guide pages of all matters. */
  source: z.enum(['own-cases', 'guides']).optional(),
  /** How it is done, to read without a card. */
  guide: z.array(guidePageSchema).default([]),
});
export type Matter = z.infer<typeof matterSchema>;

/** A category of home, in order. */
export const categorySchema = z.strictObject({ id: slug, name: textSchema });
export type Category = z.infer<typeof categorySchema>;
