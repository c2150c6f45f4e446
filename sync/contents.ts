/**
 * What an entry's sealed content and a case's progress item hold, as data (journal.md, "Content" and
 * "Feed"). Both travel as CBOR maps with text keys; unknown keys are kept, so every schema here is loose.
 * An entry whose content does not fit is still held by the platform ("hold first, judge later"): these
 * schemas decide how it is filed, never whether.
 */
import { z } from 'zod';
import { progressParts, resultPictureSchema } from './progress-parts.ts';

/** Bytes of exactly `length`. */
const bytesOf = (length: number): z.ZodType<Uint8Array> =>
  z.instanceof(Uint8Array).refine((value) => value.length === length, `must be ${length} bytes`);

const anyBytes: z.ZodType<Uint8Array> = z.instanceof(Uint8Array);
const id = bytesOf(16);
const hash = bytesOf(32);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What one question was answered with. */
export type AnswerValue =
  | string
  | number
  | boolean
  | null
  | readonly AnswerValue[]
  | { readonly [key: string]: AnswerValue };

const answerValue: z.ZodType<AnswerValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.int(),
    z.boolean(),
    z.null(),
    z.array(answerValue),
    z.record(z.string(), answerValue),
  ]),
);

/**
 * A person as a card or an answer gives them. `number` is upper case as printed; `kind` says what the number
 * is (`citizen`, `foreign`, …); `birth` is an ISO date; `sex` is GB/T 2261.1 (`0`, `1`, `2`, `9`).
 */
export const personSchema = z.looseObject({
  name: z.string(),
  number: z.string().nullable(),
  kind: z.string().nullable(),
  birth: isoDate.nullable(),
  sex: z.string().nullable(),
  address: z.string().nullable(),
});
export type Person = z.infer<typeof personSchema>;

const areaSchema = z.looseObject({ code: z.string(), name: z.string() });

/** Where the terminal stands: county, town and village, each with its statistics code (domain.md B.5). */
export const placeSchema = z.looseObject({ county: areaSchema, town: areaSchema, village: areaSchema });
export type Place = z.infer<typeof placeSchema>;

/** Proof laid before the terminal; `type` names it in the matter's own words (`household-book`, …). */
export const evidenceSchema = z.looseObject({ type: z.string() });

/**
 * Evidence of the type `shared`: what was fetched on a consent (its entry), the questions it answered, and those whose
 * fetched answer the person called wrong and answered themself.
 */
export const sharedEvidenceSchema = z.looseObject({
  dataSet: z.string(),
  consentId: id,
  questions: z.array(z.string()),
  disputed: z.array(z.string()),
});

/** Who did something on the way: the submitter, an agent (`agentKeyId`). */
export const actorSchema = z.looseObject({ role: z.string() });

/** `[hash, key, media type, bytes]` of one attachment, as in the header's list. */
export const contentAttachmentSchema = z.tuple([hash, bytesOf(32), z.string(), z.int().nonnegative()]);

/** Text that a database keeps as it is: not every one takes a zero character. */
const name = z.string().regex(/^[^\0]*$/);

/** `[id, version, hash]` of the matter file that was on the screen. */
export const contentMatterSchema = z.tuple([name, z.union([name, z.int()]), hash]);

const common = { schema: z.literal(1) };

/** What is to be paid, in fen; `reference` is the biller's own name for it and says nothing of anybody. */
export const billContentSchema = z.looseObject({
  reference: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  amountFen: z.int().positive(),
});

/** Cash that an agent took to pay the bill with, and of whom. The agent stands among the actors, and signed it. */
export const cashContentSchema = z.looseObject({ amountFen: z.int().positive(), payer: personSchema });

/** `case.submitted`: a whole case. `submitter` and `subject` are null where a matter is open to anyone. */
export const caseContentSchema = z.looseObject({
  ...common,
  kind: z.literal('case.submitted'),
  matter: contentMatterSchema,
  caseId: id,
  localNumber: z.string().regex(/^\d{12}$/),
  slipCode: z.string().regex(/^\d{6}$/),
  submissionId: id,
  submitter: personSchema.nullable(),
  subject: personSchema.nullable(),
  basis: z.string(),
  assurance: z.string(),
  evidence: z.array(evidenceSchema),
  answers: z.record(z.string(), answerValue),
  actors: z.array(actorSchema),
  attachments: z.array(contentAttachmentSchema),
  caseReplyKey: bytesOf(32).nullable(),
  /** The mark of the card it was filed with (`card-mark.ts`); left out where none was laid, or it has no photo. */
  cardMark: hash.optional(),
  /** Of a matter that is paid: the bill as the biller names it, and how much was agreed to. */
  bill: billContentSchema.nullish(),
  /** Of one that is paid with cash handed to an agent. */
  cash: cashContentSchema.nullish(),
  lang: z.string(),
  place: placeSchema,
});
export type CaseContent = z.infer<typeof caseContentSchema>;

/**
 * What an act on a case rests on. `cardMark` is the mark of the card that was laid for it (`card-mark.ts`): it must be
 * there where the act is done at another machine than the case was filed at. `actors` are those who stood by.
 */
const ofAct = { cardMark: hash.optional(), actors: z.unknown().optional() };

/**
 * `case.supplemented`: what was asked for after filing. `words` is what the submitter says to it, `askedMs` the time of
 * the progress that asked. What was asked for as a material without a question is answered as `material-` and its id.
 */
export const supplementContentSchema = z.looseObject({
  ...common,
  kind: z.literal('case.supplemented'),
  caseId: id,
  submissionId: id,
  ...ofAct,
  words: z.string().nullable(),
  askedMs: z.int().nullish(),
  answers: z.record(z.string(), answerValue),
  attachments: z.array(contentAttachmentSchema),
});
export type SupplementContent = z.infer<typeof supplementContentSchema>;

/** `case.withdrawn`: the submitter takes the case back. */
export const withdrawalContentSchema = z.looseObject({
  ...common,
  kind: z.literal('case.withdrawn'),
  caseId: id,
  submissionId: id,
  ...ofAct,
  words: z.string().nullable(),
});
export type WithdrawalContent = z.infer<typeof withdrawalContentSchema>;

/**
 * `case.collected`: the submitter has the result. `how` says by what they showed that it was them: `card`, laid again, or
 * `card+signature`, where it was handed over to them: `answers.taken` is then the place of their signature in `attachments`.
 */
export const collectionContentSchema = z.looseObject({
  ...common,
  kind: z.literal('case.collected'),
  caseId: id,
  submissionId: id,
  ...ofAct,
  how: name,
  answers: z.record(z.string(), answerValue).optional(),
  attachments: z.array(contentAttachmentSchema).optional(),
});
export type CollectionContent = z.infer<typeof collectionContentSchema>;

/** `cash.returned`: the bill was not paid, and the agent gave the cash back; signed by the agent as the taking was. */
export const cashReturnContentSchema = z.looseObject({
  ...common,
  kind: z.literal('cash.returned'),
  caseId: id,
  localNumber: z.string().regex(/^\d{12}$/),
  submissionId: id,
  ...cashContentSchema.shape,
  actors: z.array(actorSchema),
});
export type CashReturnContent = z.infer<typeof cashReturnContentSchema>;

/**
 * `case.frozen`: "not me" was said about a card's last use. It is a matter of its own, with its own caseId,
 * number and slip code; it goes to the county, which freezes each of `frozenCaseIds` (none when the use left
 * no case). `lastUseMs` is the use it speaks of.
 */
export const freezeContentSchema = z.looseObject({
  ...common,
  kind: z.literal('case.frozen'),
  caseId: id,
  localNumber: z.string().regex(/^\d{12}$/),
  slipCode: z.string().regex(/^\d{6}$/),
  submissionId: id,
  submitter: personSchema.nullable(),
  frozenCaseIds: z.array(id),
  lastUseMs: z.int().nullable(),
  caseReplyKey: bytesOf(32).nullable(),
  lang: z.string(),
  place: placeSchema,
});
export type FreezeContent = z.infer<typeof freezeContentSchema>;

/** `rating`: the national five grades, 5 非常满意 … 1 非常不满意 (domain.md D.5). */
export const ratingContentSchema = z.looseObject({
  ...common,
  kind: z.literal('rating'),
  caseId: id.nullable(),
  submissionId: id,
  grade: z.int().min(1).max(5),
  words: z.string().nullable(),
});
export type RatingContent = z.infer<typeof ratingContentSchema>;

/**
 * `audit.copy-healed`: the terminal's disk lost `pieces` of one copy of the journal by itself, and they were given back
 * from the other.
 */
export const copyHealedContentSchema = z.looseObject({
  ...common,
  kind: z.literal('audit.copy-healed'),
  pieces: z.int().positive(),
});
export type CopyHealedContent = z.infer<typeof copyHealedContentSchema>;

/** What a data set is called, by whom it is kept, as the person was told: `from` is the authority's name. */
const consentDataSetSchema = z.looseObject({ id: name, from: z.string() });

/**
 * `consent`: a person lets the platform fetch what the state already knows of them. Its entry id is the proof that each
 * query brings. `matter` is null where it serves no matter, `purpose` says what for in the words of the screen, `words`
 * are those that were shown and agreed to, whole. `person` is whom the data are about; where another agreed for them, by
 * laying both cards, `basis` and `submitter` say who and why they may.
 */
export const consentContentSchema = z.looseObject({
  ...common,
  kind: z.literal('consent'),
  submissionId: id,
  person: personSchema.extend({ number: z.string().min(1) }),
  basis: z.string().optional(),
  submitter: personSchema.optional(),
  dataSets: z.array(consentDataSetSchema).min(1).max(16),
  matter: contentMatterSchema.nullable(),
  purpose: z.string(),
  words: z.string().min(1),
  lang: z.string(),
  place: placeSchema,
});
export type ConsentContent = z.infer<typeof consentContentSchema>;

/**
 * `consent.withdrawn`: the consent of this entry counts no more. `by` is `person`, who said so, or `terminal`, when what
 * was agreed to was never fetched.
 */
export const consentWithdrawalContentSchema = z.looseObject({
  ...common,
  kind: z.literal('consent.withdrawn'),
  submissionId: id,
  consentId: id,
  by: z.enum(['person', 'terminal']),
});
export type ConsentWithdrawalContent = z.infer<typeof consentWithdrawalContentSchema>;

/**
 * `certificate.voided`: papers with these numbers did not come out of the printer as they should, or not at all; whoever
 * is shown one is told so. `reason` is a code of ours.
 */
export const certificateVoidedContentSchema = z.looseObject({
  ...common,
  kind: z.literal('certificate.voided'),
  submissionId: id,
  numbers: z
    .array(z.string().regex(/^\d{12}$/))
    .min(1)
    .max(16),
  reason: name,
});
export type CertificateVoidedContent = z.infer<typeof certificateVoidedContentSchema>;

/** `journal.opened`: entry 1 of every journal; the `prior…` fields are null in a terminal's first journal. */
export const journalOpenedContentSchema = z.looseObject({
  ...common,
  kind: z.literal('journal.opened'),
  priorJournalId: id.nullable(),
  priorSeq: z.int().nonnegative().nullable(),
  priorHash: hash.nullable(),
  reason: z.string(),
});
export type JournalOpenedContent = z.infer<typeof journalOpenedContentSchema>;

/**
 * What a case is now, as its owner is told. `registered` brings the province's own number. From `frozen` on the case
 * is stopped until `resumed`, when it stands as it stood before. An appointment is `booked`, or `arranging` where its
 * time has to be settled by telephone; a payment is `paid` and then finished, `unpaid` where its time ran out, or
 * `refunded`.
 */
export const progressStatusSchema = z.enum([
  'accepted',
  'supplement',
  'supplemented',
  'finished',
  'refused',
  'registered',
  'withdrawn',
  'frozen',
  'resumed',
  'booked',
  'arranging',
  'paid',
  'unpaid',
  'refunded',
]);
export type ProgressStatus = z.infer<typeof progressStatusSchema>;

/** The content of a feed item of kind 1 before sealing. `words` is what the villager reads. */
export const progressContentSchema = z.looseObject({
  ...common,
  caseId: id,
  status: progressStatusSchema,
  atMs: z.int(),
  words: z.string(),
  provinceNumber: z.string().nullable(),
  /**
   * Whether whoever submitted must show themself at the counter before this terminal does anything else on their card:
   * it was reported lost, is cancelled, or its holder is not alive. Which of these never comes down. False lifts it.
   */
  atCounter: z.boolean().optional(),
  ...progressParts,
});
export type ProgressContent = z.infer<typeof progressContentSchema>;

/** The answer to a slip's look-up before sealing: nothing in it names a person or a matter. */
export const lookupContentSchema = z.looseObject({
  ...common,
  /** False for a wrong number and for a wrong code alike; the rest is then empty. */
  found: z.boolean(),
  submittedMs: z.int().nullable(),
  provinceNumber: z.string().nullable(),
  /** What happened, oldest first; empty while nobody has looked at it. */
  progress: z.array(z.looseObject({ status: progressStatusSchema, atMs: z.int(), words: z.string() })),
  /** What came of it, as a desk photographed it. */
  picture: resultPictureSchema.optional().catch(undefined),
});
export type LookupContent = z.infer<typeof lookupContentSchema>;

const bothLanguages = z.looseObject({ zh: z.string(), en: z.string() });

/**
 * What a field of shared data holds: `text`; `date` and `month` (ISO); `fen` (an amount in fen); `count`; `yes-no`;
 * `tail` (the last four characters of a number that is not shown whole).
 */
export const fieldTypeSchema = z.enum(['text', 'date', 'month', 'fen', 'count', 'yes-no', 'tail']);
export type FieldType = z.infer<typeof fieldTypeSchema>;

/** One field of a data set, as it is shown. */
export const dataFieldSchema = z.looseObject({ id: name, label: bothLanguages, type: fieldTypeSchema });
export type DataField = z.infer<typeof dataFieldSchema>;

/** Why a query is refused; `no-consent` also for one withdrawn, too old, used up, or another terminal's. */
export const queryRefusalSchema = z.enum(['no-consent', 'other-person', 'other-data-set']);
export type QueryRefusal = z.infer<typeof queryRefusalSchema>;

/** Where shared data comes from: the authority that keeps it, and when it stood so there. */
const origin = { from: bothLanguages, asOfMs: z.int() };

/** The signed words of the certificates that were asked for with it (`sync/formats/certificate.ts`), one a sheet. */
const certificates = { certificates: z.array(anyBytes).max(5).optional() };

/** The answer to a query before it is signed and sealed. A record has a value, or null, for each of `fields`. */
export const queryContentSchema = z.discriminatedUnion('outcome', [
  z.looseObject({
    ...common,
    outcome: z.literal('found'),
    ...origin,
    fields: z.array(dataFieldSchema).min(1),
    records: z.array(z.record(z.string(), z.union([z.string(), z.int(), z.boolean(), z.null()]))).min(1),
    ...certificates,
  }),
  z.looseObject({ ...common, outcome: z.literal('nothing'), ...origin, ...certificates }),
  z.looseObject({ ...common, outcome: z.literal('refused'), reason: queryRefusalSchema }),
  /** The source cannot now, or what it said was not to be believed. */
  z.looseObject({ ...common, outcome: z.literal('unavailable') }),
  /** The source needs longer: ask again, under the same consent. */
  z.looseObject({ ...common, outcome: z.literal('later'), afterS: z.int().nonnegative() }),
]);
export type QueryContent = z.infer<typeof queryContentSchema>;
