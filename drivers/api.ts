/**
 * What the devices process offers to the terminal, as a contract. Types and schemas alone: no driver is
 * imported here, so the terminal can import it.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema } from '../base/rpc/schema.ts';
import {
  cameraNameSchema,
  deviceNameSchema,
  deviceReasonSchema,
  deviceStateSchema,
  deviceStatusSchema,
  sensorNameSchema,
} from './device-status.ts';
import { stockSchema } from './document-printer/trays.ts';
import { proofAnswerSchema, proofEventSchema, proofOrderSchema } from './proof/api.ts';

export * from './device-status.ts';

export {
  type NotProvedReason,
  notProvedReasonSchema,
  type ProofEvent,
  type ProofMethod,
  type ProofOrder,
  type ProofPrompt,
  proofMethodSchema,
  proofPromptSchema,
} from './proof/api.ts';

/** An ISO date `YYYY-MM-DD`. */
const isoDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What a card says of its holder, decoded and checked but not judged (domain.md A.7, B.1). */
export const identityReadSchema = z.object({
  /** Random, 32 hex digits: names this read, not the person. */
  readId: z.string().regex(/^[0-9a-f]{32}$/),
  kind: z.enum(['citizen', 'hmt-permit', 'foreign-2017', 'foreign-2023']),
  name: z.string(),
  nameLatin: z.string().nullable(),
  sex: z.enum(['unknown', 'male', 'female', 'not-stated']),
  /** GB/T 3304 code and name; null where the kind of card has none. */
  nation: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** As on the card; null when the field holds no date. */
  birth: isoDateSchema.nullable(),
  /** The newest: an added address where the card has one. */
  address: z.string(),
  /** As printed, X upper-case. */
  number: z.string(),
  /** Whether the number's own check character is right. */
  numberValid: z.boolean(),
  issuer: z.string(),
  validFrom: isoDateSchema.nullable(),
  validTo: z.union([isoDateSchema, z.literal('long-term')]).nullable(),
  /** The opaque photo block; 1,024 bytes on a sound card. */
  photo: bytesSchema,
  /** What does not add up, for the record: never a refusal. */
  notes: z.array(
    z.enum(['number-check-wrong', 'birth-differs', 'sex-differs', 'area-unknown', 'field-malformed']),
  ),
});
export type IdentityRead = z.infer<typeof identityReadSchema>;

/** What a villager can be told about a card that could not be read (domain.md A.5). */
export const cardTroubleSchema = z.enum([
  /** Taken away too early, or badly placed: remove and lay again. */
  'lay-again',
  /** Answers, but is no resident ID card. */
  'wrong-card',
  /** The secure module refuses it: damaged, or not genuine. */
  'unreadable',
]);
export type CardTrouble = z.infer<typeof cardTroubleSchema>;

/** What the reader tells. After `identity`, a card left lying is not sensed (A.6): silence means nothing. */
export const readerEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading') }),
  z.object({ type: z.literal('identity'), read: identityReadSchema }),
  /** The card of `readId` was found again, the same number. */
  z.object({ type: z.literal('still-here'), readId: z.string() }),
  z.object({ type: z.literal('trouble'), trouble: cardTroubleSchema }),
]);
export type ReaderEvent = z.infer<typeof readerEventSchema>;

/**
 * What a social security card says of its holder. It is read without a code and proves nothing: a card that is laid
 * on the ID reader is who somebody is, this one is what they carry (domain.md C.7).
 */
export const socialCardReadSchema = z.object({
  /** Random, 32 hex digits: names this read, not the person. */
  readId: z.string().regex(/^[0-9a-f]{32}$/),
  /** The social security number, X upper-case. */
  number: z.string(),
  numberValid: z.boolean(),
  /** Null where the card does not give it legibly. */
  name: z.string().nullable(),
});
export type SocialCardRead = z.infer<typeof socialCardReadSchema>;

/** What the slot for social security cards tells. */
export const socialCardEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading') }),
  z.object({ type: z.literal('read'), read: socialCardReadSchema }),
  z.object({ type: z.literal('trouble'), trouble: cardTroubleSchema }),
  z.object({ type: z.literal('removed') }),
]);
export type SocialCardEvent = z.infer<typeof socialCardEventSchema>;

/** The kinds of code, as far as a screen might say one. */
export const symbologySchema = z.enum([
  'qr',
  'data-matrix',
  'aztec',
  'han-xin',
  'pdf417',
  'code-39',
  'code-93',
  'code-128',
  'codabar',
  'ean',
  'interleaved',
  'other',
]);
export type Symbology = z.infer<typeof symbologySchema>;

/**
 * A code held before the scanner. Its text may hold anything, control characters too: it is data to be checked
 * by whoever expects it, and never typed, run or kept (domain.md C.1).
 */
export const codeScanSchema = z.object({
  /** Null where the scanner does not tell. */
  symbology: symbologySchema.nullable(),
  text: z.string().min(1).max(4096),
});
export type CodeScan = z.infer<typeof codeScanSchema>;

/** What the scanner tells. `unreadable`: too long, cut off, or in no known encoding. */
export const scannerEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('code'), code: codeScanSchema }),
  z.object({ type: z.literal('unreadable') }),
]);
export type ScannerEvent = z.infer<typeof scannerEventSchema>;

/** `%PDF-` */
const PDF_START = [0x25, 0x50, 0x44, 0x46, 0x2d];

/** One block of a slip; the printer driver lays it out in its own columns. */
export const slipBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('title'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string(), strong: z.boolean().default(false) }),
  /** A number people copy, set large. */
  z.object({ type: z.literal('number'), text: z.string() }),
  z.object({ type: z.literal('pair'), label: z.string(), value: z.string() }),
  z.object({ type: z.literal('rule') }),
  /** At most 1,000 characters of printable ASCII: what a printer takes safely in one command. */
  z.object({ type: z.literal('qr'), data: z.string().regex(/^[ -~]{1,1000}$/) }),
]);
export type SlipBlock = z.infer<typeof slipBlockSchema>;

export const slipJobSchema = z.object({
  jobId: z.string(),
  blocks: z.array(slipBlockSchema).min(1),
});
export type SlipJob = z.infer<typeof slipJobSchema>;

/**
 * How a slip ended. `not-printed`: nothing came out, and the job may be tried again as it is. `unknown`: it
 * may be out, whole or in part, so it is offered again only as a copy.
 */
export const slipOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('printed') }),
  z.object({ outcome: z.literal('not-printed'), reason: deviceReasonSchema }),
  z.object({ outcome: z.literal('unknown'), reason: deviceReasonSchema }),
]);
export type SlipOutcome = z.infer<typeof slipOutcomeSchema>;

/** The largest document the A4 printer is given, in bytes. */
export const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** A document for the A4 printer. Its name and content are nobody's but the caller's: the printer is told neither. */
export const documentJobSchema = z.object({
  jobId: z.string(),
  /** A whole PDF; the bytes are overwritten once the job has ended. */
  pdf: bytesSchema.refine(
    (bytes) => bytes.length <= MAX_DOCUMENT_BYTES && PDF_START.every((byte, at) => bytes[at] === byte),
    'not a PDF of at most 8 MiB',
  ),
  /** The paper it wants, from the tray that the cabinet names for it; left out, it is plain. */
  stock: stockSchema.optional(),
});
export type DocumentJob = z.infer<typeof documentJobSchema>;

/** How a document ended, in the same sense. */
export type DocumentOutcome = SlipOutcome;

/** What a sensor says; null while nobody knows. */
export const sensorReadingSchema = z.object({ sensor: sensorNameSchema, on: z.boolean().nullable() });
export type SensorReading = z.infer<typeof sensorReadingSchema>;

/** How one camera of the cabinet is told from any other; what is null is not looked at. */
export const cameraFactsSchema = z.object({
  device: cameraNameSchema,
  /** Maker and product, `1bcf:2c99`: Chromium writes them behind the label of a USB camera. */
  usb: z.string().nullable(),
  /** What the camera calls itself. */
  label: z.string().nullable(),
});
export type CameraFacts = z.infer<typeof cameraFactsSchema>;

/** How the microphone of the cabinet is told from any other, as cameras are. */
export const microphoneFactsSchema = cameraFactsSchema.omit({ device: true });
export type MicrophoneFacts = z.infer<typeof microphoneFactsSchema>;

/** The keys of a keyboard that one of the four stands for, as `KeyboardEvent.code`; `Shift+` before one held with it. */
const keyCodesSchema = z
  .array(
    z.string().regex(/^(?:Shift\+)?[A-Z][A-Za-z0-9]{1,30}$/, 'must be a key code such as F13 or Shift+Tab'),
  )
  .min(1)
  .max(8)
  .readonly();

/** Four keys by which everything can be done: next, back, choose, help. */
export const fourKeyCodesSchema = z
  .strictObject({ next: keyCodesSchema, back: keyCodesSchema, choose: keyCodesSchema, help: keyCodesSchema })
  .refine((keys) => {
    const all = Object.values(keys).flat();
    return new Set(all).size === all.length;
  }, 'no code may stand for two keys');
export type FourKeyCodes = z.infer<typeof fourKeyCodesSchema>;

/** What the screens need to know of the cabinet around them. */
export const cabinetFactsSchema = z.object({
  /** The model's name, for reports; absent where nobody named it. */
  name: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
  /** Where the card reader sits, seen from the screen. */
  readerPlace: z.enum(['lower-left', 'lower-right', 'left', 'right', 'below']),
  /**
   * What of the card reader a hand feels, for whoever cannot see its light; absent where nothing tells it from the
   * panel around it, or nobody felt.
   */
  readerTouch: z.enum(['raised-edge', 'hollow', 'raised-dots']).optional(),
  /** What of the screen is seen; sizes of words and targets are set by it. */
  screen: z.strictObject({
    widthMm: z.number().min(50).max(3000),
    heightMm: z.number().min(50).max(3000),
    /** How high above the floor the lower edge of what is seen hangs: a low reach is counted from it. */
    bottomMm: z.number().min(0).max(3000).optional(),
  }),
  /** Four keys beside the screen, which come as those of a keyboard; where none are named, what any keyboard has. */
  fourKeys: fourKeyCodesSchema.optional(),
  /** Whether the printer holds the papers of authorities that are printed on (a licence, a certificate). */
  specialPaper: z.boolean().optional(),
  /** The cameras a page may open; no other is ever opened. */
  cameras: z.array(cameraFactsSchema).readonly(),
  /** The microphone a page may open; no other is ever opened, and none where the cabinet names none. */
  microphone: microphoneFactsSchema.nullable().optional(),
});
export type CabinetFacts = z.infer<typeof cabinetFactsSchema>;

/** What `watch` yields: first a snapshot of every device, then each change. */
export const devicesEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    devices: z.array(deviceStatusSchema),
    /** Of each sensor that said something. */
    sensors: z.array(sensorReadingSchema),
    /** Null where no cabinet file says it. */
    cabinet: cabinetFactsSchema.nullable(),
  }),
  z.object({ type: z.literal('status'), status: deviceStatusSchema }),
  /** Its driver showed no sign of life and was started anew. */
  z.object({ type: z.literal('hung'), device: deviceNameSchema }),
  z.object({ type: z.literal('reader'), event: readerEventSchema }),
  z.object({ type: z.literal('scanner'), event: scannerEventSchema }),
  z.object({ type: z.literal('social-card'), event: socialCardEventSchema }),
  z.object({ type: z.literal('sensor'), reading: sensorReadingSchema }),
]);
export type DevicesEvent = z.infer<typeof devicesEventSchema>;

/** One thing a self-test found. Nothing in it is of a person: a card read or a code shown is let go of. */
export const findingSchema = z.discriminatedUnion('type', [
  /** Whether the reader's secure module says that it is well. */
  z.object({ type: z.literal('secure-module'), ok: z.boolean() }),
  /** The secure module's id as it is printed on the reader. */
  z.object({ type: z.literal('secure-module-id'), id: z.string() }),
  /** How the card that was to be laid was read. */
  z.object({ type: z.literal('card'), outcome: z.enum(['read', 'not-laid', ...cardTroubleSchema.options]) }),
  /** How the test slip ended. */
  z.object({ type: z.literal('test-slip'), result: slipOutcomeSchema }),
  z.object({ type: z.literal('test-page'), result: slipOutcomeSchema }),
  /** The code that was to be shown: its kind and how many characters; `code` is null when none came. */
  z.object({
    type: z.literal('code'),
    code: z.object({ symbology: symbologySchema.nullable(), length: z.int().positive() }).nullable(),
  }),
  /** What a sensor says now; null when it says nothing. */
  z.object({ type: z.literal('reading'), on: z.boolean().nullable() }),
]);
export type Finding = z.infer<typeof findingSchema>;

/** What a self-test came to: the device's state afterwards, and what was found on the way. */
export const selfTestReportSchema = z.object({
  device: deviceNameSchema,
  passed: z.boolean(),
  state: deviceStateSchema,
  reason: deviceReasonSchema.nullable(),
  findings: z.array(findingSchema),
});
export type SelfTestReport = z.infer<typeof selfTestReportSchema>;

/** The picture in a card's photo block, or why there is none. */
export const cardPictureSchema = z.discriminatedUnion('outcome', [
  /** 102 × 126 dots, 38,862 bytes. */
  z.object({ outcome: z.literal('decoded'), bmp: bytesSchema }),
  /** `no-card`: that card is not held any more. `no-decoder`: no licensed module is fitted, as is usual. */
  z.object({
    outcome: z.literal('none'),
    why: z.enum(['no-card', 'no-decoder', 'unfit', 'failed', 'late']),
  }),
]);
export type CardPicture = z.infer<typeof cardPictureSchema>;

/** The contract between terminal and devices process. */
export const devicesContract = {
  /**
   * Begins with a snapshot; ends only when the watcher hangs (hundreds of events behind). While nobody watches
   * no card is read and no code passed on, and when the last watcher leaves the card held is forgotten.
   */
  watch: oc.output(eventIterator(devicesEventSchema)),
  /** Prints one slip, asking the printer's state before; ends within 30 s. */
  printSlip: oc.input(slipJobSchema).output(slipOutcomeSchema),
  /**
   * Prints one document on the A4 printer, asking its state before and following it until it is out; a job that
   * cannot end is taken back, so that nothing of it comes out later, and so is one whose caller hangs up. Ends within
   * 180 s.
   */
  printDocument: oc.input(documentJobSchema).output(slipOutcomeSchema),
  /** Forgets the card it is holding: called when a visit ends, so that nothing of the person stays. */
  forgetCard: oc.output(z.null()),
  /** The picture of the card held, where the cabinet has a decoder for it (`drivers/photo/`). */
  cardPicture: oc.input(z.object({ readId: z.string() })).output(cardPictureSchema),
  /**
   * Proves that the holder of a card stands here, one at a time. What happens is yielded, the last of it `ended`;
   * hanging up cancels it. Nothing of the person is kept after it.
   */
  prove: oc.input(proofOrderSchema).output(eventIterator(proofEventSchema)),
  /** What somebody typed as the code that was sent; whether it was right is yielded by `prove`. */
  answerProof: oc.input(proofAnswerSchema).output(z.null()),
  /**
   * Closes a device's line and opens it anew, and drops what it held. True when it began; false where this
   * cabinet drives no such device. Statuses tell the rest.
   */
  restart: oc.input(z.object({ device: deviceNameSchema })).output(z.boolean()),
  /**
   * Tests one device. Some want a person's hand: a card laid, a code shown, within 30 s; meanwhile what that
   * device reads goes to nobody else. Ends within 60 s, the A4 printer's within 180 s, and when the call is
   * aborted; a page under way comes out all the same.
   */
  selfTest: oc.input(z.object({ device: deviceNameSchema })).output(selfTestReportSchema),
};
export type DevicesContract = typeof devicesContract;
