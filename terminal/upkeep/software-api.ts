/** The software of this machine, for the maintainer: schemas alone. Nothing here is of a person. */
import { z } from 'zod';

/** What a look came to, for people: several of the keeper's own words may mean the same to whoever reads them. */
export const softwareCameSchema = z.enum([
  ...['ready', 'newest', 'nothing-offered', 'unreachable', 'stopped', 'not-trusted', 'expired', 'none'],
  ...['damaged', 'other-machine', 'two-steps', 'launcher', 'failed-before', 'older', 'no-room', 'disk'],
  ...['trial', 'no-answer'],
] as const);
export type SoftwareCame = z.infer<typeof softwareCameSchema>;

/** What became of a trial; `other` where the launcher says what this software does not know. */
const trialSchema = z.enum([
  ...['committed', 'ill', 'hung', 'crashed', 'crashed-later', 'late', 'power', 'damaged', 'other'],
] as const);
export type SoftwareTrial = z.infer<typeof trialSchema>;

const release = z.object({ version: z.int(), name: z.string() });

/** How the software stands. */
const softwareSchema = z.object({
  /** Null where the launcher's word cannot be read. `hash`: the beginning of its manifest's. */
  running: release.extend({ hash: z.string(), sinceMs: z.number().nullable() }).nullable(),
  other: release.nullable(),
  trial: z.object({ version: z.int(), outcome: trialSchema }).nullable(),
  /** The newest last. */
  refused: z.array(z.object({ version: z.int(), why: trialSchema })),
  looking: z.boolean(),
  fetching: z.object({ version: z.int(), missing: z.int(), whole: z.int() }).nullable(),
  waiting: z
    .object({
      version: z.int(),
      /** `clock`: its hour cannot be known before the platform has set the time. */
      for: z.enum(['nobody', 'hour', 'clock', 'offer']),
      by: z.enum(['county', 'order', 'stick']),
    })
    .nullable(),
  /** When the county lets machines change over: minutes of China's day, days 1 Monday to 7 Sunday. */
  hours: z.object({ days: z.array(z.int()), fromMinute: z.int(), toMinute: z.int() }).nullable(),
  /** By signed order, still to be done. */
  backTo: z.int().nullable(),
  last: z.object({ came: softwareCameSchema, atMs: z.number() }).nullable(),
});
export type SoftwareView = z.infer<typeof softwareSchema>;

/** The page. */
export const SOFTWARE_PAGE = z.object({
  kind: z.literal('software'),
  /** Null where no launcher started this program, or no root says whom to trust: then nothing is changed by itself. */
  software: softwareSchema.nullable(),
  /** Sticks that carry releases. */
  sticks: z.array(z.string()),
  /** To be changed over to now, once that is said a second time. */
  asks: z.boolean(),
});

/** What may be asked for there. */
export const SOFTWARE_COMMANDS = [
  /** Looks for a newer release: at the platform, or on the stick of this name. */
  z.object({ do: z.literal('look-for-software'), stick: z.string().nullable() }),
  /** `sure` ends the stay: nobody may stand there when the machine changes over. */
  z.object({ do: z.literal('change-software'), sure: z.boolean() }),
  /** Not now after all; breaks a look off; or lets go of what came by stick. */
  z.object({ do: z.literal('cancel-software') }),
] as const;
export type SoftwareCommand = z.infer<(typeof SOFTWARE_COMMANDS)[number]>;
