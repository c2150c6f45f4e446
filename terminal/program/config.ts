import { join } from 'node:path';
import { z } from 'zod';
import { textSchema } from '../../catalog/schema.ts';
import { PHONE_KEY_FORM } from '../upkeep/phone-sign-in.ts';
import { VERIFIER_FORM } from '../upkeep/verifier.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 06:30');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}

/** What the terminal program is told. */
export const terminalConfigSchema = z.strictObject({
  /** Database, keys, backups. */
  dataDir: z.string().min(1),
  /** The second copy of the journal: another partition where there is one. */
  mirrorDir: z.string().min(1),
  /** The folder of the catalog; beside the programs unless said. */
  catalogDir: z.string().default(join(import.meta.dirname, '..', '..', 'catalog')),
  /** The root of those who sign releases of the catalog (TUF); without it none is taken. */
  catalogRoot: z.string().optional(),
  /** Where the terminal stands: the village's 12-digit statistics code. */
  village: z.string().regex(/^\d{12}$/),
  /** Whom to call. */
  support: z.strictObject({
    agentName: z.string().min(1),
    agentPhone: z.string().min(3),
    agentHours: textSchema,
    townPhone: z.string().min(3),
  }),
  /** When the loudspeaker asks before it speaks, and speaks softly, in China's time: `21:00` to `06:30`. */
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  /** When the screen is dimmed while nobody stands there, in China's time. */
  nightHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  /** When its programs and its page are begun anew, once a night, while nobody stands there and nothing is under way. */
  restartHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).default({ from: '03:00', to: '04:00' }),
  /** When the agent is there, so that the machine can say whether they are now; days 1 Monday to 7 Sunday. */
  agentTimes: z
    .array(
      z
        .strictObject({ days: z.array(z.int().min(1).max(7)).min(1), from: timeOfDay, to: timeOfDay })
        .refine(({ from, to }) => from < to, 'must begin before it ends'),
    )
    .min(1)
    .optional(),
  /** Codes on phones that stand in the place of a card; without it there are none. */
  phoneCode: z
    .strictObject({
      /** The app that shows them, as people know it. */
      app: z.string().min(1).max(40),
      /** Whoever signs codes, each with a public key of 64 hexadecimal digits. */
      issuers: z
        .array(z.strictObject({ name: z.string().min(1), key: z.string().regex(/^[0-9a-f]{64}$/) }))
        .default([]),
      /** The form of codes that only the platform can read, a regular expression; no other code is sent anywhere. */
      onlineForm: z.string().refine(isPattern, 'must be a regular expression').optional(),
    })
    .optional(),
  /** Verifiers of the PINs of whoever looks after the machine (`node scripts/upkeep-pin.ts`); none: nobody can. */
  upkeep: z
    .strictObject({
      caretaker: z.string().regex(VERIFIER_FORM).optional(),
      maintainer: z.string().regex(VERIFIER_FORM).optional(),
      /** The machine's key for signing in by telephone (`node platform/keys/phone.ts machine`). */
      phone: z.string().regex(PHONE_KEY_FORM).optional(),
    })
    .default({}),
  /** Where the system mounts sticks, each in a folder of its own. */
  rescueDir: z.string().default('/media/yizhan'),
  /** Where the file `signed-in` stands while a maintainer is signed in, for the system to let sticks in; absent: nowhere. */
  maintenanceDir: z.string().optional(),
  /**
   * The one-time code of the first start. Not looked at afterwards, save on a machine that was revoked: there another
   * one lets it begin anew.
   */
  enrolment: z.string().optional(),
  /** The longest wait before a platform that could not be reached is tried again; five minutes unless said. */
  longestWaitMs: z.int().min(1_000).max(300_000).optional(),
  /** Socket files of the browser host; absent when the kiosk shell hands ports over. */
  screenSocket: z.string().optional(),
  devicesSocket: z.string().optional(),
});
export type TerminalConfig = z.output<typeof terminalConfigSchema>;
