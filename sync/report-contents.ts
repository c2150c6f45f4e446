/**
 * The report of a machine: how it is, for whoever keeps machines running (docs/protocol.md, "Reports"). States, sizes
 * and counts alone; nothing in it is of a person, and every text is a code of a closed form.
 */
import { z } from 'zod';

/** The largest report that is taken, in bytes. */
export const MOST_REPORT_BYTES = 48 * 1024;

/** Between two reports unless the platform says another span, in seconds. */
export const REPORT_EVERY_S = 900;

/** How many different counts a machine keeps; what comes beyond is counted as dropped. */
export const MOST_COUNTS = 400;

/** What stands in place of a private matter's id: nobody learns which of them a village opens. */
export const PRIVATE_MATTERS = 'private';

const whole = z.int().min(0);
/** A name of this project's own making: `paper-out`, `question`, `old-age-allowance`. */
const code = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const version = z.string().regex(/^[\w./+-]{1,60}$/);

/** One device; `sinceMs` by the machine's own clock, null where it has not changed since this start. */
const deviceSchema = z.object({
  kind: code,
  state: z.enum(['starting', 'ok', 'attention', 'fault', 'busy', 'absent']),
  reason: code.nullable(),
  sinceMs: whole.nullable(),
});

/**
 * What is counted, ever since `countsId` was made:
 * `start` (of the terminal's program), `unclean-end` (it had not been stopped: killed, crashed, or the power went),
 * `devices-lost` (the devices' program ended), `device-hung`; `network` with a code as `on`; and by page, with a
 * matter: `abandoned` (left unfinished there) and `failed` (something did not work there).
 */
export const COUNTED = [
  'start',
  'unclean-end',
  'devices-lost',
  'device-hung',
  'network',
  'abandoned',
  'failed',
] as const;
/** One of {@link COUNTED}. */
export type Counted = (typeof COUNTED)[number];

/** `on`: a page's kind, or a code; `matter` an id, {@link PRIVATE_MATTERS}, or null where there is none. */
const countSchema = z.object({
  what: z.enum(COUNTED),
  on: code.nullable(),
  matter: code.nullable(),
  count: whole.max(1e9),
});
/** One count. */
export type ReportedCount = z.infer<typeof countSchema>;

/** The report. Fields of later releases are passed over. */
export const reportSchema = z.object({
  schema: z.literal(1),
  /** By the machine's own clock. */
  atMs: whole,
  software: z.object({ version, hash: hash.nullable() }),
  /** `number` null: the catalog that came with the software. `hash` of the matters in use. */
  catalog: z.object({ number: whole.nullable(), hash, matters: whole, leftOut: whole }),
  /** Of the newest key set it has; null before its first. */
  keySet: whole.nullable(),
  /** Of this start, in hex. */
  bootId: z.string().regex(/^[0-9a-f]{32}$/),
  uptimeS: whole,
  devices: z.array(deviceSchema).max(32).nullable(),
  /** Entries that are not closed; `oldestS` the age of the oldest by the machine's own clock. */
  journal: z.object({ owed: whole, oldestS: whole.nullable() }),
  disk: z.object({ freeBytes: whole, totalBytes: whole }).nullable(),
  clockTrusted: z.boolean(),
  paper: z
    .object({ level: z.enum(['enough', 'ending', 'low', 'out', 'unknown']), slipsLeft: whole.nullable() })
    .nullable(),
  /** Sums only grow under one id; another id means that they began anew. `dropped`: counted under no name. */
  counts: z.object({
    countsId: z.string().regex(/^[0-9a-f]{16}$/),
    sinceMs: whole,
    dropped: whole,
    each: z.array(countSchema).max(MOST_COUNTS),
  }),
  /** The release that the launcher runs, by its number and the hash of its manifest; left out without a launcher. */
  release: z.object({ number: whole, manifest: hash }).optional(),
  /**
   * What became of the last change of the software, as the launcher says (`host/launcher/README.md`): `committed`, or why
   * the machine went back; left out where it says nothing.
   */
  update: z.object({ version, state: code }).optional(),
});
/** The report. */
export type MachineReport = z.infer<typeof reportSchema>;
