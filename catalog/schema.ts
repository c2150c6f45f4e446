/**
 * What a matter file may say. One YAML file in `catalog/matters/` describes one matter; nothing in code names
 * one. Pure data and types: runs in the terminal, on the screen, on the platform and in the check.
 */
import { z } from 'zod';
import {
  billSchema,
  bundledSchema,
  certificateSchema,
  materialSchema,
  sharedFillSchema,
  sourceSchema,
} from './kind-schema.ts';
import { pictureSchema } from './picture.ts';
import { assuranceSchema, basisSchema, conditionSchema, questionSchema } from './question-schema.ts';
import { slug, textSchema } from './words.ts';

export type { Bill, Bundled, CertificateWish, Material, SharedFill, Source } from './kind-schema.ts';
export {
  type AnswerParts,
  type Answers,
  type AnswerValue,
  type Assurance,
  answerValueSchema,
  assuranceSchema,
  type Basis,
  basisSchema,
  type Choice,
  type CodePart,
  type Condition,
  type Question,
  questionSchema,
} from './question-schema.ts';
export { type Text, textSchema } from './words.ts';

/** What stands as evidence for a basis: the answer to one question. */
export const evidenceSchema = z.strictObject({
  type: z.enum(['subject-card', 'relation', 'declaration', 'number', 'document']),
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

/** A level that handles a case, and within how many working days. */
const routeStepSchema = z.strictObject({
  level: z.enum(['village', 'town', 'county']),
  workingDays: z.int().min(0).max(120).optional(),
});
export type RouteStep = z.infer<typeof routeStepSchema>;

/** A page of guidance: a title and its paragraphs. Ids are unique in the whole catalog. */
export const guidePageSchema = z.strictObject({
  id: slug,
  title: textSchema,
  body: z.array(textSchema).min(1).max(12),
});
export type GuidePage = z.infer<typeof guidePageSchema>;

/** Who may use it: age by the subject's birth date, home and kind of card by the submitter's card. */
const eligibilitySchema = z.strictObject({
  minAgeYears: z.int().min(0).max(120).optional(),
  maxAgeYears: z.int().min(0).max(120).optional(),
  /** The address on the card holds one of these. */
  residentOf: z.array(z.string().min(2).max(20)).min(1).max(20).optional(),
  /** The kinds of card it is for; every kind when left out. */
  cards: z
    .array(z.enum(['citizen', 'hmt-permit', 'foreign-2017', 'foreign-2023']))
    .min(1)
    .optional(),
  /** The plain reason shown when it does not fit. */
  otherwise: textSchema,
});

export const matterSchema = z.strictObject({
  id: slug,
  /** Row in the county's list of matters; from 901 on, what this software brings beside the list. */
  no: z.int().positive(),
  version: z.int().positive(),
  /** A sample stays one until a county officer confirms it; 示例 stands on screen and slip. */
  status: z.union([
    z.literal('sample'),
    z.strictObject({ confirmed: z.strictObject({ who: z.string(), date: z.string(), source: z.string() }) }),
  ]),
  /** The everyday name on tiles and bars (short) and the official one. */
  name: z.strictObject({ short: textSchema, official: textSchema }),
  /** What people also call it, in Chinese, for finding it: everyday words, other names, common slips of the pen. */
  find: z
    .array(z.string().regex(/^[\p{Script=Han}A-Za-z0-9]{1,12}$/u))
    .max(16)
    .default([]),
  /** What a province calls it; opaque, because every province has a scheme of its own (domain.md D.1). */
  code: z.strictObject({ scheme: slug, value: z.string().min(1).max(60) }).optional(),
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
  /** What is drawn for whoever cannot read its name; without one, its icon stands on the tile alone. */
  picture: pictureSchema.optional(),
  offline: z.enum(['full', 'queue', 'online']),
  assurance: assuranceSchema,
  /** A code from the phone will do in the place of the card, for whoever hands it in for themselves. */
  phoneCode: z.literal(true).optional(),
  bases: z
    .array(z.strictObject({ basis: basisSchema, label: textSchema, evidence: z.array(evidenceSchema) }))
    .min(1),
  /**
   * It may be entrusted to a village agent, who then does it for somebody who is not here on their recorded word
   * (docs/agents.md), at most so often in 31 days. Reviewed matter by matter; without it, never.
   */
  entrust: z.strictObject({ perMonth: z.int().min(1).max(31) }).optional(),
  eligibility: z.array(eligibilitySchema).default([]),
  /** Who handles it, first to last. Written as a level, or as a level and its days. */
  route: z
    .array(
      z.union([routeStepSchema.shape.level.transform((level): RouteStep => ({ level })), routeStepSchema]),
    )
    .min(1)
    .max(3),
  /**
   * Somebody is to be called: once it has come, the village's agent has it on their list, to be done within the working
   * days of `time`. One at a time for a person or a telephone.
   */
  callBack: z.literal(true).optional(),
  /** People meet in it: a desk settles day, hour and place with them, as it does for what is booked. */
  meets: z.literal(true).optional(),
  /**
   * A case whose answers are so goes to the county at once, whatever the route says, and no desk of a village or a town
   * ever has it: it speaks of one of theirs.
   */
  countyWhen: conditionSchema.optional(),
  /** Handling days counted from acceptance, and when to ask if nothing was heard. */
  time: z.strictObject({ workingDays: z.int().min(0), hearWithinDays: z.int().min(1) }).optional(),
  cost: textSchema.optional(),
  /** What one gets, or what happens. */
  gets: textSchema,
  /** The whole of it in plain words, a sentence or two each: what it is, who it is for, what to bring, what follows. */
  plain: z.array(textSchema).max(6).default([]),
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
    .array(
      z.enum([
        'card-reader',
        'slip-printer',
        'document-printer',
        'document-camera',
        'face-camera',
        'code-scanner',
        'microphone',
        'special-paper',
      ]),
    )
    .default([]),
  /** What of the subject's card goes into the case: no more than it needs, and none of it is asked. */
  cardFacts: z.array(cardFactSchema).default([]),
  /** Shown on home to a card holder of this age, lowest `order` first; without it, found by category only. */
  likely: z
    .strictObject({
      order: z.int().min(1).max(999),
      minAgeYears: z.int().min(0).max(120).optional(),
      maxAgeYears: z.int().min(0).max(120).optional(),
      /** The months in which it is likely, 1 to 12; every month when left out. */
      months: z.array(z.int().min(1).max(12)).min(1).max(12).optional(),
      /** Towns or villages in which it is likely, by their statistics codes (9 and 12 digits); everywhere when left out. */
      places: z
        .array(z.string().regex(/^\d{9}(\d{3})?$/))
        .min(1)
        .max(50)
        .optional(),
    })
    .optional(),
  questions: z.array(questionSchema).default([]),
  /** What it needs to see, said before anyone starts. */
  materials: z.array(materialSchema).max(12).default([]),
  /** What may be fetched, with consent, instead of being asked. */
  shared: z.array(sharedFillSchema).max(4).default([]),
  /** For `query` and `guide`: where its answer comes from. */
  source: sourceSchema.optional(),
  /** For `print`. */
  certificate: certificateSchema.optional(),
  /** For `pay`. */
  bill: billSchema.optional(),
  /** Matters that the same answers open as well (一件事): one slip, several cases. */
  bundle: z.array(bundledSchema).max(5).default([]),
  /** How it is done, to read without a card. */
  guide: z.array(guidePageSchema).default([]),
});
export type Matter = z.infer<typeof matterSchema>;

/** A category of home, in order. */
export const categorySchema = z.strictObject({ id: slug, name: textSchema });
export type Category = z.infer<typeof categorySchema>;
