/** Questions as data: what may be asked, when, and what an answer is. The screen draws any of them; nothing in code names one. */
import { z } from 'zod';
import { slug, textSchema, words } from './words.ts';

/** Why the submitter may act (办理依据). */
export const basisSchema = z.enum(['self', 'family', 'guardian', 'heir', 'agent', 'open']);
export type Basis = z.infer<typeof basisSchema>;

/** How sure we are who is here (核验程度), weakest first. */
export const assuranceSchema = z.enum(['open', 'card', 'card+proof', 'agent-checked']);
export type Assurance = z.infer<typeof assuranceSchema>;

/** An answer of several parts by name: an address, a bank account, one member of a family, an appointment. */
export const answerPartsSchema = z.record(slug, z.union([z.string().max(500), z.int(), z.boolean()]));
export type AnswerParts = z.infer<typeof answerPartsSchema>;

/**
 * What an answer may be: text, whole number, yes or no, several choices, the name of what the visit holds, parts by
 * name, or a list of such parts.
 */
export const answerValueSchema = z.union([
  z.string().max(2000),
  z.int(),
  z.boolean(),
  z.array(z.string().max(64)).max(32),
  answerPartsSchema,
  z.array(answerPartsSchema).max(32),
]);
export type AnswerValue = z.infer<typeof answerValueSchema>;
export type Answers = Readonly<Record<string, AnswerValue>>;

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

export const choiceSchema = z.strictObject({ value: slug, label: textSchema, help: textSchema.optional() });
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
  /**
   * Words, written or said aloud (parts `spoken`, which names a recording the visit holds, and `seconds`). `spoken:
   * false` where they must be written: they go on a paper or into a machine as they are, or nobody would listen.
   */
  z.strictObject({
    type: z.literal('text'),
    ...asked,
    maxLength: z.int().min(1).max(500),
    spoken: z.boolean().optional(),
    /** Of what is said; a minute when left out. */
    maxSeconds: z.int().min(5).max(60).optional(),
  }),
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
  /** Words spoken instead of written, sealed as they are; the answer names what the visit holds. */
  z.strictObject({ type: z.literal('voice'), ...asked, maxSeconds: z.int().min(5).max(60).default(60) }),
  /** A name signed on the glass; the answer names the picture of it that the visit holds. */
  z.strictObject({ type: z.literal('signature'), ...asked }),
  /** Money, in fen; asked and shown in yuan. */
  z.strictObject({
    type: z.literal('amount'),
    ...asked,
    minFen: z.int().min(0),
    maxFen: z.int().max(100_000_000_000),
  }),
  /** A month as `2026-11`; limits are months from this one, negative in the past. */
  z.strictObject({
    type: z.literal('month'),
    ...asked,
    minMonths: z.int().min(-1500).optional(),
    maxMonths: z.int().max(240).optional(),
  }),
  /**
   * Where something is: parts `village` (12-digit statistics code; left out for a place outside the county, where
   * `outside` allows that) and `detail` (group, house number, what stands nearby).
   */
  z.strictObject({ type: z.literal('address'), ...asked, outside: z.boolean().default(false) }),
  /** The subject's own bank account: parts `bank` (of `banks.yaml`) and `number` (checked digit by digit). */
  z.strictObject({ type: z.literal('bank-account'), ...asked }),
  /** People of a family, one after another: parts `relation`, `name`, and `number` where it is asked. */
  z.strictObject({
    type: z.literal('members'),
    ...asked,
    min: z.int().min(0).max(12),
    max: z.int().min(1).max(12),
    relations: z.array(choiceSchema).min(1).max(12),
    numbers: z.enum(['needed', 'wanted', 'no']).default('needed'),
  }),
  /**
   * An appointment. With network one of the real times of `service`: parts `slot`, `day` and `from`; without, where
   * `wish` allows it, only a wish: parts `day`, `part` (`morning` or `afternoon`) and `wish: true`.
   */
  z.strictObject({
    type: z.literal('slot'),
    ...asked,
    service: slug,
    daysAhead: z.int().min(1).max(90).default(30),
    wish: z.boolean().default(false),
  }),
  /** Something the submitter declares to be true; only `true` is an answer. */
  z.strictObject({ type: z.literal('declaration'), ...asked }),
]);
export type Question = z.infer<typeof questionSchema>;
