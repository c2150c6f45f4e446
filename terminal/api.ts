/**
 * What the terminal offers to the screen. The terminal holds the visit and computes the page; the screen
 * draws the view it is given and sends what was touched. Types and schemas alone, so the screen imports it.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema } from '../base/rpc/schema.ts';
import { answerValueSchema, basisSchema, textSchema } from '../catalog/schema.ts';
import { cabinetFactsSchema, cameraNameSchema, proofMethodSchema } from '../drivers/api.ts';
import { actingSchema, agentCommandSchema } from './agent-pages.ts';
import { cashCommandSchema } from './cash-pages.ts';
import { noticeCommandSchema } from './notice-pages.ts';
import { pageSchema } from './page-api.ts';
import { languageSchema } from './page-parts.ts';
import { screenSettingsSchema, settingsChangeSchema } from './screen-settings.ts';
import { upkeepCommandSchema } from './upkeep/api.ts';

export type { AgentCommand } from './agent-pages.ts';
export type { CashCommand } from './cash-pages.ts';
export type { Page } from './page-api.ts';
export type {
  AskedState,
  BundleOfferPart,
  Fact,
  GuideTitle,
  Language,
  MatterTile,
  Problem,
  SlipState,
  Stage,
  VisitTrouble,
} from './page-parts.ts';
export { DEFAULT_SETTINGS, type ScreenSettings, type SettingsChange } from './screen-settings.ts';
export type {
  DeviceLine,
  EventLine,
  Finding,
  LimitLine,
  QueueEntryLine,
  TestRun,
  UpkeepCommand,
  UpkeepPage,
} from './upkeep/api.ts';
export type { MachineCommand } from './upkeep/machine-api.ts';
export type { SoftwareView } from './upkeep/software-api.ts';

export const viewSchema = z.object({
  /** Grows by one with every change; an action names the one it was made on. */
  revision: z.int(),
  language: languageSchema,
  wallMs: z.number(),
  place: z.object({ county: textSchema, town: textSchema, village: textSchema }),
  network: z.enum(['online', 'offline']),
  slipPrinter: z.enum(['ok', 'low', 'down']),
  support: z.object({
    agentName: z.string(),
    agentPhone: z.string(),
    agentHours: textSchema,
    townPhone: z.string(),
  }),
  /** Where the village agent is, told by trusted time; null where only the hours can be said. */
  agentNow: z
    .discriminatedUnion('at', [
      z.object({ at: z.literal('here') }),
      /** `backMs`: when the agent is there again; null where that is not known. */
      z.object({ at: z.enum(['out', 'away']), backMs: z.number().nullable() }),
    ])
    .nullable(),
  /** The machine around the screen; null where no cabinet file says it. */
  cabinet: cabinetFactsSchema.nullable(),
  /** Masked by surname; null when nobody's card was laid. */
  holder: z.string().nullable(),
  /** Whether a code from the phone may take the place of a card now. */
  takesPhoneCode: z.boolean(),
  /** Whether whoever is here showed such a code: no card of theirs was laid. */
  byPhone: z.boolean(),
  /** Who acts for whom; null where no agent is signed in. */
  acting: actingSchema.nullable(),
  /** As whoever is here wants it, the defaults after each visit. */
  settings: screenSettingsSchema,
  /** Where words come out when a page is read aloud. */
  sound: z.strictObject({
    /** Whether a headphone or handset is in use; null where the cabinet has no jack, or nobody knows. */
    jack: z.enum(['plugged', 'empty']).nullable(),
    /** The loudspeaker asks before it speaks, and speaks softly. */
    quiet: z.boolean(),
  }),
  /** It is night and nobody is here: the page is shown dark until somebody touches it. Left out while it is not. */
  dimmed: z.boolean().optional(),
  page: pageSchema,
});
export type View = z.infer<typeof viewSchema>;

export const actionSchema = z.discriminatedUnion('type', [
  /** Any touch: the person is still there. */
  z.object({ type: z.literal('touch') }),
  z.object({ type: z.literal('language'), language: languageSchema }),
  /** How the screen is to be set for this person: on every page but the last, before a visit too. */
  z.object({ type: z.literal('set'), change: settingsChangeSchema }),
  /** One tap leaves at once, nothing kept but a sealed draft. */
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('home') }),
  z.object({ type: z.literal('back') }),
  z.object({
    type: z.literal('go'),
    to: z.enum([
      'no-card',
      'guides',
      'emergency',
      'lost-card',
      'agent',
      'my-cases',
      'last-use',
      'slip-lookup',
      'find',
      'categories',
      'kept-of-me',
      'phone-code',
    ]),
  }),
  z.object({ type: z.literal('open-category'), categoryId: z.string().max(64) }),
  z.object({ type: z.literal('open-matter'), matterId: z.string().max(64) }),
  /** What is typed to find a matter, letter by letter. */
  z.object({ type: z.literal('find'), words: z.string().max(80) }),
  z.object({ type: z.literal('open-guides'), categoryId: z.string().max(64) }),
  z.object({ type: z.literal('open-guide'), guideId: z.string().max(64) }),
  z.object({ type: z.literal('start'), basis: basisSchema }),
  /** What is being typed: held, not yet judged. */
  z.object({
    type: z.literal('typing'),
    questionId: z.string().max(64),
    value: answerValueSchema.nullable(),
  }),
  /** The answer to the question shown; the next page follows when it is right. */
  z.object({
    type: z.literal('answer'),
    questionId: z.string().max(64),
    value: answerValueSchema.nullable(),
  }),
  /** From the check page back to one question. */
  z.object({ type: z.literal('change'), questionId: z.string().max(64) }),
  /** Begins a proof: the touch is the person's consent to it. */
  z.object({ type: z.literal('prove'), method: proofMethodSchema }),
  /** What they read on their phone. */
  z.object({ type: z.literal('prove-code'), code: z.string().regex(/^\d{4,8}$/) }),
  z.object({ type: z.literal('drop-proof') }),
  /** To the consent shown, in whole. */
  z.object({ type: z.literal('consent'), agree: z.boolean() }),
  /** On from what was fetched: it stands where it answers a question, the rest is asked; `choice` where there are several. */
  z.object({ type: z.literal('go-on'), choice: z.int().min(0).max(20).nullable() }),
  /** Records, by their page from 0 on. */
  z.object({ type: z.literal('turn-page'), page: z.int().min(0).max(200) }),
  /** On the check page: what was fetched as this answer is wrong. */
  z.object({ type: z.literal('dispute'), questionId: z.string().max(64) }),
  z.object({ type: z.literal('withdraw-consent'), fetchId: z.int() }),
  /** Takes a consent of an earlier visit back, by its `no`. */
  z.object({ type: z.literal('withdraw-earlier-consent'), no: z.int() }),
  /** A further matter that the same answers open: done with this one, or not. */
  z.object({ type: z.literal('bundle'), matterId: z.string().max(64), chosen: z.boolean() }),
  /** On the page of a bill: this is the one to pay, of those shown from 0. */
  z.object({ type: z.literal('pay-bill'), index: z.int().min(0).max(50) }),
  /** Cash that an agent takes for a bill. */
  z.object({ type: z.literal('cash'), command: cashCommandSchema }),
  /** Hands in what the check page shows; with it, where that page has one, its declaration is made. */
  z.object({ type: z.literal('submit'), declares: z.string().max(64).optional() }),
  z.object({ type: z.literal('rate'), grade: z.int().min(1).max(5) }),
  /** The case that ended, which is offered to be rated; or rather not. */
  z.object({ type: z.literal('open-rating') }),
  z.object({ type: z.literal('skip-rating') }),
  z.object({ type: z.literal('print-slip') }),
  /** The paper shown, or what of it did not come out, under another number. */
  z.object({ type: z.literal('print') }),
  z.object({ type: z.literal('paper-taken') }),
  z.object({ type: z.literal('open-case'), ref: z.string().max(64) }),
  /** The slip's code cannot be scanned: its number is typed, then its code. */
  z.object({ type: z.literal('slip-by-hand') }),
  z.object({ type: z.literal('slip-number'), localNumber: z.string().max(32) }),
  z.object({ type: z.literal('slip-code'), slipCode: z.string().max(32) }),
  /** The same look-up, or the same question to the state, once more. */
  z.object({ type: z.literal('ask-again') }),
  z.object({ type: z.literal('not-me') }),
  /** On the page of a case: what was asked for is supplied. */
  z.object({ type: z.literal('supplement') }),
  /** On the page of a case: it is to be taken back, which is asked once more; then the answer to that. */
  z.object({ type: z.literal('open-withdrawal') }),
  z.object({ type: z.literal('withdraw') }),
  /** On the page of a case: its result is in hand. The card is laid again before the second. */
  z.object({ type: z.literal('open-collection') }),
  z.object({ type: z.literal('collect') }),
  /** To the paper that is the result of the case shown. */
  z.object({ type: z.literal('open-result') }),
  z.object({ type: z.literal('resume-draft') }),
  z.object({ type: z.literal('drop-draft') }),
  z.object({ type: z.literal('second-card'), choice: z.enum(['next-person', 'still-me']) }),
  /** What is done with an emergency notice. */
  z.object({ type: z.literal('notice'), command: noticeCommandSchema }),
  /** On the page of what is kept of the person: an authority, by its `ref`, is taken back. */
  z.object({ type: z.literal('end-authority'), ref: z.string().max(64) }),
  /** What a village agent asks for. */
  z.object({ type: z.literal('agent'), command: agentCommandSchema }),
  /** What whoever looks after the machine asks for; `home`, `back`, `leave` and `language` are theirs too. */
  z.object({ type: z.literal('upkeep'), command: upkeepCommandSchema }),
]);
export type Action = z.infer<typeof actionSchema>;

/**
 * A file for the question shown (a photograph, a signature, a recording), in place of the one before; null takes that
 * away. Held in memory for this visit alone; the answer to the question names it.
 */
export const attachSchema = z.object({
  type: z.literal('attach'),
  questionId: z.string().max(64),
  bytes: bytesSchema.nullable(),
});
export type Attach = z.infer<typeof attachSchema>;

/** Whatever a screen may do to a visit. */
export type AnyAction = Action | Attach;

/** How a camera that the cabinet names is doing; the screen alone can tell. */
export const cameraReportSchema = z.object({
  device: cameraNameSchema,
  /** `blocked`: the browser does not let the page have it. */
  state: z.enum(['ready', 'absent', 'blocked']),
});
export type CameraReport = z.infer<typeof cameraReportSchema>;

/** How the microphone that the cabinet names is doing; the screen alone can tell. */
export const microphoneReportSchema = z.object({ state: cameraReportSchema.shape.state });
export type MicrophoneReport = z.infer<typeof microphoneReportSchema>;

/**
 * That words on a screen could not be said: no clips were built in, one is missing, or the machine gives no sound. How
 * many phrases, never which.
 */
export const voiceReportSchema = z.object({
  why: z.enum(['no-clips', 'missing', 'no-sound']),
  phrases: z.int().min(1).max(1_000),
});
export type VoiceReport = z.infer<typeof voiceReportSchema>;

/** Why an action was refused; nothing was written. */
export const refusalSchema = z.object({
  code: z.enum([
    'not-here',
    'stale',
    'unknown-matter',
    'matter-not-available',
    'basis-not-allowed',
    'unknown-question',
    'bad-answer',
    'evidence-missing',
    'incomplete',
    'not-eligible',
    'needs-proof',
    'too-late',
    'store-full',
    'out-of-service',
  ]),
  words: textSchema,
  questionId: z.string().nullable(),
});
export type Refusal = z.infer<typeof refusalSchema>;

export const actResultSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
]);
export type ActResult = z.infer<typeof actResultSchema>;

/** The contract between terminal and screen. */
export const screenContract = {
  /** Begins with the present view; then each change. */
  watch: oc.output(eventIterator(viewSchema)),
  /** Carries an id: the same id again returns the first result and does nothing. */
  act: oc
    .input(z.object({ actionId: z.string().min(8).max(64), revision: z.int(), action: actionSchema }))
    .output(actResultSchema),
  /**
   * As `act`, with a file; refused is whatever is not what the question asks for: one plain JPEG file of at most
   * 500,000 bytes, or one WebM file of speech of at most 400,000.
   */
  attach: oc
    .input(
      z.object({
        actionId: z.string().min(8).max(64),
        revision: z.int(),
        ...attachSchema.omit({ type: true }).shape,
      }),
    )
    .output(actResultSchema),
  /** A file that answers the question shown, or any on the check page, to be looked at or heard again; null of another. */
  file: oc.input(z.object({ ref: z.string().max(64) })).output(bytesSchema.nullable()),
  /** How the cameras of the cabinet are doing: told at the start and at each change. */
  cameras: oc.input(z.array(cameraReportSchema).max(8)).output(z.null()),
  /** How the cabinet's microphone is doing: told at the start and at each change. */
  microphone: oc.input(microphoneReportSchema).output(z.null()),
  /** What could not be said, as it happens. */
  voice: oc.input(voiceReportSchema).output(z.null()),
};
export type ScreenContract = typeof screenContract;
