/** When a machine rings: thresholds, quiet hours and nights without power, as data. */
import { parse } from 'yaml';
import { z } from 'zod';
import { err, ok, type Result } from '../../base/result.ts';

const whole = z.int().min(1);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What an alert may be about; the rules name some of them urgent. */
export const ALERT_KINDS = [
  'county-silent',
  'town-silent',
  'silent',
  'device',
  'owed',
  'disk',
  'crashes',
  'paper',
  'software',
  'clock',
] as const;
/** One of {@link ALERT_KINDS}. */
export type AlertKind = (typeof ALERT_KINDS)[number];

const hoursSchema = z.strictObject({ from: time, to: time });

/** The rules. Hours are China's time. */
export const rulesSchema = z.strictObject({
  /** Nothing was heard for so long; machines report every 15 minutes. */
  silentMinutes: whole,
  /** A device is at fault, or not there, for so long. */
  deviceMinutes: whole,
  /** The oldest entry that was not released yet. */
  owedHours: whole,
  /** Free room where the data lies. */
  freeMiB: whole,
  /** Slips that the roll is still good for. */
  slipsLeft: whole,
  /** Ends that nobody ordered, of the terminal's or the devices' program, and hung devices, in a day. */
  crashesADay: whole,
  /** An older version than the newest that a machine in service runs, so long after that one was first heard of. */
  oldSoftwareDays: whole,
  /** The clock is not vouched for, so long after a start. */
  clockMinutes: whole,
  /**
   * Machines of one place that fall silent together are one alert: at least so many, at least such a share of those that
   * stand there, none more than so many minutes after the one before.
   */
  together: z.strictObject({ machines: whole.min(2), percent: whole.max(100), minutes: whole }),
  /** What is not urgent waits for the morning; null rings at all hours. */
  quiet: hoursSchema.extend({ urgent: z.array(z.enum(ALERT_KINDS)) }).nullable(),
  /**
   * Where the power goes off every night: a machine there is not missed meanwhile, nor for half an hour after. `area` is
   * the code of the county, a town or a village, or a machine's id in hex.
   */
  powerOff: z.array(hoursSchema.extend({ area: z.string().regex(/^(\d{6}|\d{9}|\d{12}|[0-9a-f]{32})$/) })),
});
/** The rules. */
export type FleetRules = z.infer<typeof rulesSchema>;

/** What holds where a county says nothing else. */
export const DEFAULT_RULES: FleetRules = {
  silentMinutes: 45,
  deviceMinutes: 10,
  owedHours: 24,
  freeMiB: 1024,
  slipsLeft: 25,
  crashesADay: 3,
  oldSoftwareDays: 14,
  clockMinutes: 60,
  together: { machines: 3, percent: 50, minutes: 20 },
  quiet: { from: '21:00', to: '07:00', urgent: ['disk', 'county-silent', 'town-silent'] },
  powerOff: [],
};

/** Reads a county's own rules from YAML: those that it names, the rest as they are. The detail names fields. */
export function parseRules(yaml: string): Result<FleetRules, string> {
  const parsed = rulesSchema.partial().safeParse(parse(yaml) ?? {});
  if (!parsed.success) {
    return err(parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; '));
  }
  const named = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return ok({ ...DEFAULT_RULES, ...Object.fromEntries(named) });
}

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
/** China's time is the same all year. */
const CHINA_MINUTES = 8 * 60;
/** How long a machine takes from its power to its first report, and a little more. */
const AFTER_POWER_MINUTES = 30;

function minutesOf(words: string): number {
  return Number(words.slice(0, 2)) * 60 + Number(words.slice(3));
}

/** How many minutes ago these hours began, if they last now and for `more` minutes after. */
function findMinutesInto(hours: z.infer<typeof hoursSchema>, nowMs: number, more = 0): number | undefined {
  const now = (Math.floor(nowMs / MINUTE_MS) + CHINA_MINUTES) % DAY_MINUTES;
  const from = minutesOf(hours.from);
  const lasts = (minutesOf(hours.to) - from + DAY_MINUTES) % DAY_MINUTES;
  const into = (now - from + DAY_MINUTES) % DAY_MINUTES;
  return into < Math.min(DAY_MINUTES, lasts + more) ? into : undefined;
}

/** Whether this kind of alert waits for the morning now. */
export function isQuietNow({ quiet }: FleetRules, kind: AlertKind, nowMs: number): boolean {
  if (quiet === null || quiet.urgent.includes(kind)) return false;
  return findMinutesInto(quiet, nowMs) !== undefined;
}

/** Whether a machine in these areas, last heard then, is silent because its power goes off at night. */
export function isPowerOff(
  { powerOff }: FleetRules,
  areas: readonly string[],
  heardMs: number,
  nowMs: number,
): boolean {
  // Within a minute the answer stays the same.
  const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  return powerOff.some((hours) => {
    if (!areas.includes(hours.area)) return false;
    const into = findMinutesInto(hours, minuteMs, AFTER_POWER_MINUTES);
    // What had fallen silent long before its power went is missed all the same.
    return into !== undefined && heardMs >= minuteMs - (into + AFTER_POWER_MINUTES) * MINUTE_MS;
  });
}
