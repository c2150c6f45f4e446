/** The pages a screen may be shown, and their parts: schemas alone, so that the screen imports the types. */
import { z } from 'zod';
import { pictureSchema } from '../catalog/picture.ts';
import { answerValueSchema, basisSchema, questionSchema, textSchema } from '../catalog/schema.ts';
import {
  deviceReasonSchema,
  notProvedReasonSchema,
  proofMethodSchema,
  proofPromptSchema,
} from '../drivers/api.ts';
import { AGENT_PAGES } from './agent-pages.ts';
import { CASE_PAGES, elsewhereSchema } from './case-pages.ts';
import { CASH_PAGES } from './cash-pages.ts';
import { LOOK_UP_PAGES } from './look-up-pages.ts';
import { NOTICE_PAGES } from './notice-pages.ts';
import {
  asked,
  bundledCaseSchema,
  bundleOfferSchema,
  caseLineSchema,
  categoryKeySchema,
  factSchema,
  guideTitleSchema,
  matterHeadSchema,
  matterTileSchema,
  noticeSchema,
  outOfServicePage,
  problemSchema,
  slipStateSchema,
  spokenSchema,
  troubleSchema,
} from './page-parts.ts';
import { PAY_PAGES } from './pay-pages.ts';
import { UPKEEP_PAGES } from './upkeep/api.ts';

export const pageSchema = z.discriminatedUnion('kind', [
  outOfServicePage,
  z.object({
    kind: z.literal('attract'),
    reader: z.enum(['ready', 'reading', 'down']),
    trouble: troubleSchema.nullable(),
    /** Why nothing new is taken in at all, said before anyone starts. */
    stopped: textSchema.nullable(),
    /** An emergency that takes the page: nobody of the village has said yet that they have it. */
    alarm: noticeSchema.nullable(),
    notices: z.array(noticeSchema),
    tiles: z.array(matterTileSchema),
    /** Several visits in a row came to nothing: whoever comes next is told who would go through it with them. */
    offersHelp: z.boolean(),
  }),
  /**
   * A card that is not valid opens only what needs no card; an expired one says where to renew. `at-counter`: the
   * platform wants to see its holder in person, and says no more than that.
   */
  z.object({
    kind: z.literal('card-not-valid'),
    why: z.enum(['expired', 'not-yet-valid', 'at-counter']),
    /** Its last day, or its first; an ISO date. Null where no date is the reason. */
    date: z.string().nullable(),
    tiles: z.array(matterTileSchema),
  }),
  /** Finding a matter by typing. Nothing typed yet: the commonest stand there. */
  z.object({
    kind: z.literal('find'),
    words: z.string(),
    tiles: z.array(matterTileSchema),
    guides: z.array(guideTitleSchema),
  }),
  z.object({
    kind: z.literal('home'),
    greeting: z.object({
      partOfDay: z.enum(['morning', 'noon', 'afternoon', 'evening']),
      address: spokenSchema,
    }),
    stopped: textSchema.nullable(),
    /** Emergencies alone. */
    notices: z.array(noticeSchema),
    likely: z.array(matterTileSchema),
    categories: z.array(categoryKeySchema),
    /** How many, never which. */
    caseCount: z.int(),
    slipsOwed: z.int(),
    /** How many wait for them: something is asked for, or a result is there. */
    asks: z.int(),
    results: z.int(),
    /** Whether a case that has ended is offered to be rated; its page says which. */
    rates: z.boolean(),
    /** The matter an agent filed for the one before, to go on with; null where there is none for this person. */
    again: matterTileSchema.nullable(),
    /** A child is told who does what they may not do alone; null for everybody else. */
    young: z.enum(['under-14', 'under-16']).nullable(),
    draft: z.object({ name: textSchema, step: z.int() }).nullable(),
    lastUse: z.object({ atMs: z.number(), place: textSchema }).nullable(),
    /** False when this card's chip cannot be remembered by: the screen says so. */
    remembered: z.boolean(),
  }),
  /** Every category, where home has no room for them all. */
  z.object({ kind: z.literal('categories'), categories: z.array(categoryKeySchema) }),
  z.object({ kind: z.literal('category'), name: textSchema, tiles: z.array(matterTileSchema) }),
  z.object({
    kind: z.literal('matter'),
    head: matterHeadSchema,
    official: textSchema,
    /** What it is about, drawn. */
    picture: pictureSchema.nullable(),
    gets: textSchema,
    /** The same in plain words, sentence by sentence; empty where nobody wrote them. */
    plain: z.array(textSchema),
    cost: textSchema.nullable(),
    /** A case of it that this person handed in here, and that is under way. */
    before: caseLineSchema.nullable(),
    /** One they handed in at another machine of the county, as the platform tells it; `day` is an ISO date. */
    elsewhere: elsewhereSchema.nullable(),
    workingDays: z.int().nullable(),
    bases: z.array(z.object({ basis: basisSchema, label: textSchema })),
    /** What it needs to see, and how each comes: nobody brings what is known already. */
    materials: z.array(
      z.object({ name: textSchema, by: z.enum(['card', 'shared', 'photo', 'declared', 'later']) }),
    ),
    /** Why it cannot be started, in plain words; null when it can. */
    blocked: problemSchema.nullable(),
    /** How the person will have to prove who they are; empty where the card is enough. */
    willProve: z.array(proofMethodSchema),
    willQueue: z.boolean(),
    willPrint: z.boolean(),
  }),
  z.object({
    kind: z.literal('question'),
    head: matterHeadSchema,
    step: z.int(),
    steps: z.int(),
    question: questionSchema,
    value: answerValueSchema.nullable(),
    problem: problemSchema.nullable(),
    /** For `date` and `slot` (as a wish), the days that may be chosen; for `month`, the months as `2026-11`. */
    dateRange: z.object({ min: z.string(), max: z.string(), today: z.string() }).nullable(),
    /** For `person-card`: how the reader is doing, and the masked name once read. */
    personCard: z
      .object({ state: z.enum(['waiting', 'reading', 'read', 'trouble']), name: z.string().nullable() })
      .nullable(),
    /** For `code`: how the scanner is doing, and the end of the code once read. */
    code: z
      .object({ state: z.enum(['waiting', 'read', 'unreadable', 'down']), shown: z.string().nullable() })
      .nullable(),
    /** For `slot`: whether the real times are known, and which are left. `none`: only a wish is possible, if at all. */
    slots: z
      .object({
        state: z.enum(['asking', 'offered', 'none']),
        times: z.array(z.object({ id: z.string(), day: z.string(), from: z.string() })),
      })
      .nullable(),
    /** Where words are written: those of the matter, each with its pinyin, for the keyboard to offer first. */
    nearWords: z.array(z.object({ text: z.string(), reading: z.string() })),
    filled: z.array(factSchema),
    /** What may be looked up instead of being typed here: one touch agrees to just these words. */
    offer: z.object({ name: textSchema, words: textSchema }).nullable(),
  }),
  /** Who stands here is proved before a matter that needs it: the card alone does not say. */
  z.object({
    kind: z.literal('prove-person'),
    head: matterHeadSchema,
    /** What can be chosen now; empty when nothing here can prove anybody: the agent is the way left. */
    methods: z.array(z.object({ method: proofMethodSchema, triesLeft: z.int() })),
    state: z.discriminatedUnion('at', [
      z.object({
        at: z.literal('choose'),
        /** What came of the last try. */
        failed: z
          .object({
            method: proofMethodSchema,
            reason: z.enum([...notProvedReasonSchema.options, 'unavailable']),
          })
          .nullable(),
      }),
      z.object({ at: z.literal('face'), prompt: proofPromptSchema.nullable() }),
      z.object({
        at: z.literal('code'),
        /** Null until the code was sent. */
        sent: z
          .object({
            maskedPhone: z.string(),
            digits: z.int(),
            guessesLeft: z.int(),
            wrong: z.boolean(),
            checking: z.boolean(),
          })
          .nullable(),
      }),
    ]),
  }),
  /** What a matter would fetch of the person, from whom, and the words that are agreed to. */
  z.object({
    kind: z.literal('consent'),
    head: matterHeadSchema,
    words: textSchema,
    name: textSchema,
    from: textSchema,
    fields: z.array(textSchema),
    /** The questions it may save; none where what comes is shown. */
    saves: z.array(textSchema),
    online: z.boolean(),
  }),
  /** What came of it where that does not stand at once: answers to choose from, or why they are asked. */
  z.object({
    kind: z.literal('fetched'),
    head: matterHeadSchema,
    name: textSchema,
    from: textSchema,
    /** Where records differ, what each of them would answer: one is chosen, or none. */
    choices: z.array(z.array(factSchema)),
    ...asked,
  }),
  /** What a matter that is read says, a page at a time. */
  z.object({
    kind: z.literal('records'),
    head: matterHeadSchema,
    name: textSchema,
    from: textSchema,
    ...asked,
    /** The day from which data that came with the catalog are; an ISO date. */
    asOfDay: z.string().nullable(),
    sample: z.boolean(),
    /** Kept of the person, on a consent. */
    personal: z.boolean(),
    records: z.array(z.array(z.object({ label: textSchema, value: spokenSchema }))),
    page: z.int(),
    pages: z.int(),
    total: z.int(),
  }),
  /** A paper: what will stand on it, then how its printing goes. `found` where nothing had to be looked up, too. */
  z.object({
    kind: z.literal('print'),
    head: matterHeadSchema,
    official: textSchema,
    /** Who keeps what stands on it; null for a copy of a card. */
    from: textSchema.nullable(),
    ...asked,
    /** Whose it is, masked, what for, how many. */
    facts: z.array(z.object({ label: textSchema, value: spokenSchema })),
    /** The first of what was found; `total` stand on the paper. */
    records: z.array(z.array(z.object({ label: textSchema, value: spokenSchema }))),
    total: z.int(),
    /** Records that were found and are not ready yet: they stand on no paper. */
    waiting: z.int(),
    /** Whether it can be printed: there is something to say, and words for it. */
    printable: z.boolean(),
    printer: z.enum(['ok', 'low', 'down']),
    run: z.discriminatedUnion('at', [
      z.object({ at: z.literal('preview') }),
      z.object({ at: z.literal('printing'), copy: z.int(), copies: z.int() }),
      z.object({ at: z.literal('take'), sheets: z.int() }),
      z.object({ at: z.literal('taken') }),
      z.object({
        at: z.literal('failed'),
        why: z.enum(['no-number', 'not-printed', 'unsure', 'no-letter', 'too-long']),
        reason: deviceReasonSchema.nullable(),
        /** Sheets that came out before. */
        sheets: z.int(),
        copy: z.int(),
        copies: z.int(),
        /** It bore a number, which counts no more. */
        voided: z.boolean(),
      }),
    ]),
  }),
  /** What is kept of the person: by this machine, and the consents of this visit, which can be taken back. */
  z.object({
    kind: z.literal('kept-of-me'),
    caseCount: z.int(),
    hasDraft: z.boolean(),
    remembered: z.boolean(),
    consents: z.array(
      z.object({
        fetchId: z.int(),
        name: textSchema,
        from: spokenSchema,
        atMs: z.number(),
        withdrawn: z.boolean(),
      }),
    ),
    /** What they entrusted to an agent at this machine, the last first. `over`: past its day. */
    entrusted: z.array(
      z.object({
        ref: z.string(),
        agent: spokenSchema,
        matters: z.array(textSchema),
        /** The last day, an ISO date. */
        untilDay: z.string(),
        state: z.enum(['stands', 'taken-back', 'ended', 'over']),
      }),
    ),
    /** Those of earlier visits, which the platform alone remembers; `no` stands for one until the page is left. */
    earlier: z.union([
      z.object({ at: z.enum(['asking', 'needs-network', 'trouble']) }),
      z.object({
        at: z.literal('told'),
        consents: z.array(
          z.object({
            no: z.int(),
            name: textSchema,
            from: spokenSchema,
            atMs: z.number(),
            withdrawn: z.boolean(),
          }),
        ),
      }),
    ]),
  }),
  /** What the same answers open as well, each to be done too or not. */
  z.object({
    kind: z.literal('bundle'),
    head: matterHeadSchema,
    offers: z.array(bundleOfferSchema),
    /** Whether each was wished for or declined. */
    decided: z.boolean(),
  }),
  z.object({
    kind: z.literal('check'),
    head: matterHeadSchema,
    facts: z.array(factSchema),
    /** What whoever hands it in declares by that; null where nothing is left to declare. */
    declares: z.object({ questionId: z.string(), words: textSchema, help: textSchema.nullable() }).nullable(),
    bundle: z.array(bundleOfferSchema),
    problem: problemSchema.nullable(),
  }),
  z.object({
    kind: z.literal('kept'),
    head: matterHeadSchema,
    /** Twelve digits, shown 4-4-4. */
    localNumber: z.string(),
    /** What the number is looked up with, to be copied; null once a slip bears it. */
    slipCode: z.string().nullable(),
    keptAtMs: z.number(),
    delivered: z.boolean(),
    slip: slipStateSchema,
    workingDays: z.int().nullable(),
    hearBy: z.object({ date: z.string(), phone: z.string() }).nullable(),
    /** 1 very dissatisfied … 5 very satisfied, null before; not asked where nobody is known. */
    rating: z.object({ offered: z.boolean(), given: z.int().min(1).max(5).nullable() }),
    /** The appointment that was asked for; `asked` until the platform's word came. Null where none was. */
    booking: z
      .object({
        state: z.enum(['wish', 'asked', 'booked', 'arranging']),
        day: z.string(),
        /** Null for a wish, which has a half of the day instead. */
        from: z.string().nullable(),
        part: z.enum(['morning', 'afternoon']).nullable(),
      })
      .nullable(),
    /** What was kept with it, each a case of its own. */
    bundle: z.array(bundledCaseSchema),
    canDoAnother: z.boolean(),
  }),
  z.object({
    kind: z.literal('last-use'),
    lastUse: z.object({ atMs: z.number(), place: textSchema }).nullable(),
    /** Cases kept with this card here that a "not me" would freeze. */
    freezes: z.array(caseLineSchema),
    done: z.object({ localNumber: z.string() }).nullable(),
    slip: slipStateSchema.nullable(),
  }),
  z.object({ kind: z.literal('no-card'), tiles: z.array(matterTileSchema) }),
  /** What everybody should know, and the rest by category. */
  z.object({
    kind: z.literal('guides'),
    items: z.array(guideTitleSchema),
    categories: z.array(categoryKeySchema),
  }),
  z.object({ kind: z.literal('guide-list'), name: textSchema, items: z.array(guideTitleSchema) }),
  z.object({ kind: z.literal('guide'), title: textSchema, body: z.array(textSchema) }),
  z.object({
    kind: z.literal('emergency'),
    numbers: z.array(z.object({ name: textSchema, phone: z.string() })),
  }),
  z.object({ kind: z.literal('lost-card') }),
  /** Another card was laid: nothing of the first person is on this page. */
  z.object({
    kind: z.literal('second-card'),
    phase: z.enum(['ask', 'lay-first-card', 'not-first-card']),
    /** In its last seconds alone; any touch gives it its time anew. */
    secondsLeft: z.int().nullable(),
  }),
  /** Last seconds before the visit ends; any touch goes on. */
  z.object({ kind: z.literal('still-there'), secondsLeft: z.int() }),
  z.object({
    kind: z.literal('goodbye'),
    takeCard: z.boolean(),
    takeSlip: z.boolean(),
    takePaper: z.boolean(),
  }),
  ...CASE_PAGES,
  ...AGENT_PAGES,
  ...LOOK_UP_PAGES,
  ...NOTICE_PAGES,
  ...PAY_PAGES,
  ...CASH_PAGES,
  ...UPKEEP_PAGES,
]);
export type Page = z.infer<typeof pageSchema>;
