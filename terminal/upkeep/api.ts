/**
 * What the screens of whoever looks after the machine are shown and may ask for. Types and schemas alone;
 * `terminal/api.ts` takes them into the contract. No page here holds anything of a person.
 */
import { z } from 'zod';
import { textSchema } from '../../catalog/schema.ts';
import { deviceNameSchema, deviceReasonSchema, deviceStateSchema, findingSchema } from '../../drivers/api.ts';
import { doorSchema, MACHINE_COMMANDS, MACHINE_PAGES } from './machine-api.ts';

/** The caretaker is the village agent, who has the key of the cabinet; the maintainer comes from outside. */
export const roleSchema = z.enum(['caretaker', 'maintainer']);
export type Role = z.infer<typeof roleSchema>;

/** PINs: six to twelve digits. */
export const PIN_FORM = /^\d{6,12}$/;

/** Something that happened to a device, or to the machine as a whole. */
export const upkeepEventSchema = z.discriminatedUnion('type', [
  /** A device stands otherwise than before; what passes by itself (starting, busy) is left out. */
  z.object({
    type: z.literal('status'),
    state: deviceStateSchema,
    reason: deviceReasonSchema.nullable(),
  }),
  /** Its driver hung and was started anew. */
  z.object({ type: z.literal('hung') }),
  /** The devices program is gone; all devices with it until it is back. */
  z.object({ type: z.literal('devices-lost') }),
  z.object({ type: z.literal('restarted'), role: roleSchema }),
  z.object({ type: z.literal('self-test'), role: roleSchema, passed: z.boolean() }),
  z.object({ type: z.literal('roll-changed') }),
  z.object({ type: z.literal('signed-in'), role: roleSchema }),
  /** Wrong PINs in a row. */
  z.object({ type: z.literal('refused'), role: roleSchema, count: z.int().positive() }),
]);
export type UpkeepEvent = z.infer<typeof upkeepEventSchema>;

const eventLineSchema = z.object({
  atMs: z.number(),
  device: deviceNameSchema.nullable(),
  event: upkeepEventSchema,
});
export type EventLine = z.infer<typeof eventLineSchema>;

/** A device's line in a list. `sinceMs`: since when it stands so, where that is known. */
const deviceLineSchema = z.object({
  device: deviceNameSchema,
  name: textSchema,
  state: deviceStateSchema,
  reason: deviceReasonSchema.nullable(),
  sinceMs: z.number().nullable(),
});
export type DeviceLine = z.infer<typeof deviceLineSchema>;

/** How the paper stands: `ending` is forecast, `low` is what the printer's own sensor says. */
const paperSchema = z.object({
  level: z.enum(['enough', 'ending', 'low', 'out', 'unknown']),
  /** Usual slips that are left; null where the roll's length or a usual slip is not known. */
  slipsLeft: z.int().nonnegative().nullable(),
  /** When the roll was changed; null before the first change. */
  changedAtMs: z.number().nullable(),
});
export type PaperView = z.infer<typeof paperSchema>;

/** A self-test: running, or what it came to. `lost`: the devices program was gone before it could say. */
const testRunSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('lost') }),
  z.object({
    state: z.literal('done'),
    passed: z.boolean(),
    findings: z.array(findingSchema),
  }),
]);
export type TestRun = z.infer<typeof testRunSchema>;
export type Finding = Extract<TestRun, { state: 'done' }>['findings'][number];

const reportResultSchema = z.object({
  device: deviceNameSchema,
  passed: z.boolean(),
  state: deviceStateSchema,
  reason: deviceReasonSchema.nullable(),
  findings: z.array(findingSchema),
});

/** Whether this machine is ready to serve, at one moment. Nothing in it is of a person. */
export const readinessReportSchema = z.object({
  atMs: z.number(),
  /** Name and version of the terminal's software. */
  software: z.string(),
  /** The model, where its file says it. */
  cabinet: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** Whether the platform's signed word has set the time since this start. */
  clockTrusted: z.boolean(),
  online: z.boolean(),
  /** Free room where the terminal keeps its data; null where the system does not say. */
  freeBytes: z.number().nullable(),
  /** Entries the platform has not yet said it may be rid of. */
  owed: z.int().nonnegative(),
  results: z.array(reportResultSchema),
});
export type ReadinessReport = z.infer<typeof readinessReportSchema>;

/** The same as a page shows it, every device by its name. */
const reportViewSchema = readinessReportSchema.extend({
  results: z.array(reportResultSchema.extend({ name: textSchema })),
});

/** A report in the list of those kept. */
const reportLineSchema = z.object({ number: z.int(), atMs: z.number(), passed: z.boolean() });

/** What came of the last thing asked of a stick. */
const stickOutcomeSchema = z.discriminatedUnion('did', [
  /** `left`: entries and files that could not be taken along. */
  z.object({ did: z.literal('exported'), entries: z.int(), files: z.int(), left: z.int() }),
  z.object({ did: z.literal('nothing-owed') }),
  /** `gone`: the stick was pulled. */
  z.object({ did: z.literal('failed'), why: z.enum(['full', 'io', 'gone']) }),
  z.object({
    did: z.literal('read'),
    /** Folders with answers, and those among them that cannot be read. */
    folders: z.int(),
    unreadable: z.int(),
    receipted: z.int(),
    erased: z.int(),
    ignored: z.int(),
    waiting: z.int(),
  }),
]);

/** What is short: warned of, or stopping what it must (terminal/limits). */
const limitLineSchema = z.object({
  code: z.enum(['disk', 'journal', 'contact', 'clock', 'release']),
  stops: z.boolean(),
});
export type LimitLine = z.infer<typeof limitLineSchema>;

/** An owed entry: headers and tries, nothing of what it holds. */
const queueEntrySchema = z.object({
  /** Names it in a command. */
  ref: z.string(),
  /** The beginning of its journal's id. */
  journal: z.string(),
  seq: z.int(),
  /** 0 urgent, 1 case, 2 audit. */
  entryClass: z.int(),
  keptAtMs: z.number(),
  state: z.enum(['waiting', 'held', 'refused']),
  /** Why it was refused, as the protocol numbers it. */
  outcome: z.int().nullable(),
  /** Tries since the machine was started, the last one, and what came of it where nothing did. */
  tries: z.int(),
  lastTryMs: z.number().nullable(),
  /** Photographs and recordings of it that are gone from this machine, or not as they were written. */
  lostFiles: z.int().nonnegative(),
  trouble: z.string().nullable(),
});
export type QueueEntryLine = z.infer<typeof queueEntrySchema>;

/** The pages. */
export const UPKEEP_PAGES = [
  z.object({
    kind: z.literal('upkeep-sign-in'),
    /** Who may sign in here; empty where the machine's configuration names no PIN. */
    roles: z.array(roleSchema),
    role: roleSchema.nullable(),
    wrong: z.boolean(),
    /** Seconds before another PIN is looked at; 0 when one may be given now. */
    waitSeconds: z.int().nonnegative(),
    door: doorSchema,
  }),
  ...MACHINE_PAGES,
  /** Big and simple: what is wrong in plain words, and what a caretaker does. */
  z.object({
    kind: z.literal('caretaker'),
    troubles: z.array(deviceLineSchema),
    limits: z.array(limitLineSchema),
    paper: paperSchema.nullable(),
    /** Until when the agent said to be away; null while they did not. */
    awayUntilMs: z.number().nullable(),
  }),
  z.object({ kind: z.literal('agent-away'), awayUntilMs: z.number().nullable() }),
  z.object({
    kind: z.literal('paper'),
    paper: paperSchema,
    printer: deviceLineSchema,
    test: testRunSchema.nullable(),
  }),
  /** The screen is to be wiped: nothing on it can be touched until the seconds are over. */
  z.object({ kind: z.literal('cleaning'), secondsLeft: z.int().nonnegative() }),
  z.object({
    kind: z.literal('devices'),
    role: roleSchema,
    devices: z.array(deviceLineSchema),
    limits: z.array(limitLineSchema),
    /** For the maintainer: what the disk lost of one copy by itself, given back from the other. */
    healed: z.object({ pieces: z.int().positive(), sinceMs: z.number(), lastMs: z.number() }).nullable(),
    /** For the maintainer. */
    queue: z
      .object({
        owed: z.int().nonnegative(),
        lastContactMs: z.number().nullable(),
        clockTrusted: z.boolean(),
        software: z.string(),
      })
      .nullable(),
  }),
  z.object({
    kind: z.literal('device'),
    role: roleSchema,
    line: deviceLineSchema,
    /** Only what the devices program drives; a camera is the screen's own. */
    canRestart: z.boolean(),
    /** It was restarted from this page and has not said yet how it is. */
    restarting: z.boolean(),
    /** A repair of it was asked for in this stay. */
    repairAsked: z.boolean(),
    /** Null for a caretaker, and where the devices program cannot test it. */
    test: z.object({ run: testRunSchema.nullable() }).nullable(),
    /** The newest first; none for a caretaker. */
    events: z.array(eventLineSchema),
    /** Events the ring no longer holds, of all devices. */
    dropped: z.int().nonnegative(),
  }),
  /** What the machine owes, entry by entry; no personal data. */
  z.object({
    kind: z.literal('queue'),
    role: roleSchema,
    /** Null before the machine is enrolled. */
    line: z
      .object({
        online: z.boolean(),
        nextTryMs: z.number().nullable(),
        trouble: z.string().nullable(),
        access: z.enum(['served', 'unknown', 'revoked']),
      })
      .nullable(),
    /** A new signing key; null for a caretaker, and before the machine is enrolled. */
    newKey: z.enum(['possible', 'asking', 'too-soon', 'failed']).nullable(),
    limits: z.array(limitLineSchema),
    entries: z.array(queueEntrySchema),
    /** Owed beyond those listed. */
    more: z.int().nonnegative(),
  }),
  z.object({
    kind: z.literal('readiness'),
    choices: z.array(z.object({ device: deviceNameSchema, name: textSchema, chosen: z.boolean() })),
    /** The test that runs, and which of how many it is. */
    running: z
      .object({ device: deviceNameSchema, name: textSchema, step: z.int(), steps: z.int() })
      .nullable(),
    reports: z.array(reportLineSchema),
  }),
  z.object({
    kind: z.literal('report'),
    number: z.int(),
    report: reportViewSchema,
    printing: z.enum(['no', 'now', 'printed', 'not-printed']),
  }),
  /** The catalog in use, and a newer one. */
  z.object({
    kind: z.literal('catalog'),
    /** Null: the one that came with the software. */
    number: z.int().nullable(),
    matters: z.int(),
    /** Broken files of it. */
    leftOut: z.int(),
    builtAtMs: z.number().nullable(),
    /** Verified; in use as soon as nobody stands here. */
    waiting: z.int().nullable(),
    canStepBack: z.boolean(),
    looking: z.boolean(),
    /** What shared data saved people, by data set, ever since this machine is: counts alone. */
    saved: z.array(z.object({ name: textSchema, times: z.int(), questions: z.int(), papers: z.int() })),
    last: z
      .enum([
        'taken',
        'newest',
        'unreachable',
        'not-trusted',
        'expired',
        'no-target',
        'malformed',
        'empty',
        'no-room',
      ])
      .nullable(),
    sticks: z.array(z.string()),
  }),
  /** What the machine owes, carried to the county by hand. */
  z.object({
    kind: z.literal('rescue'),
    owed: z.int().nonnegative(),
    /** The beginnings of the ids of terminals that this machine was before; their journals lie beside its own. */
    former: z.array(z.string()),
    sticks: z.array(
      z.object({
        name: z.string(),
        /** Null where the system does not say. */
        freeBytes: z.number().nullable(),
        /** Exports on it, and how many of them the county has answered. */
        folders: z.int(),
        answered: z.int(),
      }),
    ),
    /** The export under way; `of` null where the database cannot say. */
    running: z.object({ entries: z.int(), of: z.int().nullable() }).nullable(),
    outcome: stickOutcomeSchema.nullable(),
  }),
] as const;
/** The kinds of page of upkeep. */
export type UpkeepPage = z.infer<(typeof UPKEEP_PAGES)[number]>;

/** What may be asked for; each is refused to whom it is not meant for. */
/** For how long the agent says to be away: so long, or until midnight. */
const awaySpanSchema = z.enum(['hour', 'two-hours', 'half-day', 'today']);
export type AwaySpan = z.infer<typeof awaySpanSchema>;

export const upkeepCommandSchema = z.discriminatedUnion('do', [
  /** From the attract page, or the agent's page of nobody's visit. */
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('choose-role'), role: roleSchema.nullable() }),
  z.object({ do: z.literal('sign-in'), pin: z.string().regex(PIN_FORM) }),
  z.object({
    do: z.literal('go'),
    to: z.enum(['paper', 'devices', 'queue', 'away', 'readiness', 'rescue', 'catalog']),
  }),
  z.object({ do: z.literal('open-device'), device: deviceNameSchema }),
  z.object({ do: z.literal('open-report'), number: z.int() }),
  /** The agent goes away for so long, or is back. */
  z.object({ do: z.literal('agent-away'), span: awaySpanSchema.nullable() }),
  z.object({ do: z.literal('clean') }),
  z.object({ do: z.literal('restart') }),
  /** Somebody is to come and mend the device shown. */
  z.object({ do: z.literal('order-repair') }),
  /** Of the device shown; of the printer on the page of paper. */
  z.object({ do: z.literal('self-test') }),
  z.object({ do: z.literal('roll-changed') }),
  z.object({ do: z.literal('choose-test'), device: deviceNameSchema, chosen: z.boolean() }),
  z.object({ do: z.literal('run-readiness') }),
  /** Ends the self-test or the readiness report that runs; what was found so far is not kept. */
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('print-report') }),
  /** Hands over what is owed at once. */
  z.object({ do: z.literal('try-now') }),
  /** Offers a refused entry once more. */
  z.object({ do: z.literal('offer-again'), entry: z.string().regex(/^[0-9a-f]{32}$/) }),
  /** Another signing key: the machine starts anew with it, in a new journal. */
  z.object({ do: z.literal('renew-key') }),
  /** With the stick of this name. */
  z.object({ do: z.literal('export-to'), stick: z.string() }),
  z.object({ do: z.literal('read-answers'), stick: z.string() }),
  /** Looks for a newer release of the catalog: at the platform, or on the stick of this name. */
  z.object({ do: z.literal('look-for-catalog'), stick: z.string().nullable() }),
  z.object({ do: z.literal('catalog-back') }),
  ...MACHINE_COMMANDS,
]);
export type UpkeepCommand = z.infer<typeof upkeepCommandSchema>;
