/** What this machine is and how it stands, for whoever looks after it: schemas alone. Nothing here is of a person. */
import { z } from 'zod';
import { SOFTWARE_COMMANDS, SOFTWARE_PAGE } from './software-api.ts';

const logLineSchema = z.object({ atMs: z.number(), event: z.string(), words: z.string() });
/** One declared event, with its declared fields. */
export type LogLine = z.infer<typeof logLineSchema>;

/** How the machine stands, at one moment. Ids are the beginnings of theirs, in hex. */
export const machineReportSchema = z.object({
  versions: z.object({
    software: z.string(),
    builtAtMs: z.number(),
    /** What runs it: `node 24.11.0 linux x64`. */
    runtime: z.string(),
    /** The beginning of the SHA-256 of the program that runs, in hex; null where it cannot be read. */
    programHash: z.string().nullable(),
    /** The number of the catalog's release; null: the one that came with the software. */
    catalog: z.int().nullable(),
    matters: z.int(),
  }),
  keys: z.object({
    /** Null before enrolment, as the next two. */
    terminal: z.string().nullable(),
    keySet: z.int().nullable(),
    certifiedAtMs: z.number().nullable(),
    own: z.string(),
  }),
  /** The newest first. */
  journals: z.array(z.object({ journal: z.string(), head: z.int(), owed: z.int(), rebuilt: z.boolean() })),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  clock: z.object({
    nowMs: z.number(),
    trusted: z.boolean(),
    /** How far the machine's own clock is behind the platform's; null while that is not known. */
    offsetMs: z.number().nullable(),
    floorMs: z.number(),
  }),
  network: z.object({
    online: z.boolean(),
    lastContactMs: z.number().nullable(),
    nextTryMs: z.number().nullable(),
    trouble: z.string().nullable(),
    /** Null before enrolment. */
    access: z.enum(['served', 'unknown', 'revoked']).nullable(),
  }),
});
export type MachineReport = z.infer<typeof machineReportSchema>;

/** Troubles that a page leads out of, a few steps each. */
export const fixSchema = z.enum(['paper', 'reader', 'network', 'disk', 'clock', 'refused']);
export type Fix = z.infer<typeof fixSchema>;

/** The door's other ways in, on the page of signing in. */
export const doorSchema = z.object({
  /** The machine's number; null where nobody comes in by telephone. */
  phone: z.string().nullable(),
  /** What to say over the telephone, while that way was chosen. */
  challenge: z.string().nullable(),
  /** `wanted`: a maintainer's card is to be laid first; `none`: no card is asked for here. */
  card: z.enum(['none', 'wanted', 'unknown', 'known']),
});
export type Door = z.infer<typeof doorSchema>;

/** The pages. */
export const MACHINE_PAGES = [
  z.object({
    kind: z.literal('machine'),
    report: machineReportSchema,
    /** Maintainers' cards that are known here; `adding`: another is to be laid now. */
    cards: z.int().nonnegative(),
    adding: z.enum(['no', 'lay', 'added', 'unfit']),
  }),
  /** The newest first. */
  z.object({ kind: z.literal('machine-log'), lines: z.array(logLineSchema) }),
  /** Troubles that may be mended here; those that stand now first. */
  z.object({
    kind: z.literal('fixes'),
    fixes: z.array(z.object({ fix: fixSchema, stands: z.boolean() })),
  }),
  /** Its steps stand in the string table. */
  z.object({
    kind: z.literal('fix'),
    fix: fixSchema,
    stands: z.boolean(),
    /** What the last try on this page found: null before one. */
    tried: z.enum(['running', 'well', 'not-well']).nullable(),
  }),
  /** A bundle of diagnostics, sealed, for a stick. */
  z.object({
    kind: z.literal('diagnostics'),
    sticks: z.array(z.string()),
    outcome: z.enum(['written', 'full', 'io', 'gone', 'not-enrolled']).nullable(),
  }),
  SOFTWARE_PAGE,
] as const;

/** What may be asked for on these pages, and at the door. */
export const MACHINE_COMMANDS = [
  /** In by telephone: another challenge; or back to the PIN. */
  z.object({ do: z.literal('by-phone'), on: z.boolean() }),
  z.object({ do: z.literal('sign-in-by-phone'), answer: z.string().regex(/^\d{8}$/) }),
  z.object({
    do: z.literal('look-at'),
    page: z.enum(['machine', 'machine-log', 'fixes', 'diagnostics', 'software']),
  }),
  z.object({ do: z.literal('open-fix'), fix: fixSchema }),
  /** Tries whether the trouble shown is gone. */
  z.object({ do: z.literal('try-fix') }),
  z.object({ do: z.literal('write-diagnostics'), stick: z.string() }),
  /** The next card laid is a maintainer's; or none is one any more. */
  z.object({ do: z.literal('add-card') }),
  z.object({ do: z.literal('drop-cards') }),
  ...SOFTWARE_COMMANDS,
] as const;
export type MachineCommand = z.infer<(typeof MACHINE_COMMANDS)[number]>;
