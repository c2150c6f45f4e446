/**
 * When a machine must stop taking in what it can no longer look after: pure, over facts. Every number stands in one
 * table with its reason. A limit warns the maintainer first, stops later, and lets go by itself.
 */

/** What may be short. */
export type LimitCode = 'disk' | 'journal' | 'contact' | 'clock' | 'release';

/** What the limits are judged by. */
export interface LimitFacts {
  /** Where the data lies; null where the system does not say. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** Entries that are not closed. */
  readonly owed: number;
  /** When the platform was last heard; null before the first time. */
  readonly lastContactMs: number | null;
  /** A time that certainly has been reached: only this may stop anything for being late (law 9). */
  readonly sureMs: number;
  /** For how long this start has gone without a time that anybody vouched for; 0 once it has one. */
  readonly untrustedMs: number;
  /** When this release was built. */
  readonly builtAtMs: number;
}

/** Warned of, or stopping; a limit that stops is warned of too. */
export interface Judgement {
  readonly warns: ReadonlySet<LimitCode>;
  readonly stops: ReadonlySet<LimitCode>;
}

interface Limit {
  /** The more, the worse; null where it cannot be told, which stops nothing. */
  measure(facts: LimitFacts): number | null;
  readonly warnAt: number;
  readonly stopAt: number;
  /** What stopped goes on below this: not at every small change around one number. */
  readonly resumeBelow: number;
}

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Room for one case at its largest (16 attachments of 8 MiB), the two copies of the journal, and a backup of both. */
export const DISK_RESERVE_BYTES = 256 * MIB;
/** On a small disk the reserve is this share of it. */
const RESERVE_SHARE = 0.05;

/** What is no case leaves this share of the disk to cases (and never more than stands below it). */
const CASES_SHARE = 0.15;
const MOST_FOR_CASES_BYTES = 16 * 1024 * MIB;

/**
 * What must stay free for cases when something else (a release of the software) is written; bytes, of the disk's whole.
 * Cases themselves go on until {@link DISK_RESERVE_BYTES}.
 */
export function bytesForCases(totalBytes: number): number {
  return Math.min(MOST_FOR_CASES_BYTES, totalBytes * CASES_SHARE);
}

/** The limits. */
export const LIMITS: Readonly<Record<LimitCode, Limit>> = {
  // Free room in reserves, turned round. Stopped with one left, before anything in hand has to be refused half done.
  disk: {
    measure: ({ disk }) => (disk === null ? null : -disk.freeBytes / reserveOf(disk.totalBytes)),
    warnAt: -4,
    stopAt: -1,
    resumeBelow: -2,
  },
  // A busy village makes 200 entries a day: a month unsent is a fault to look for, a hundred days is too much to
  // stand on one disk that nobody has come to see.
  journal: { measure: ({ owed }) => owed, warnAt: 6_000, stopAt: 20_000, resumeBelow: 15_000 },
  // Days. Weather and works take a line away for two or three. After thirty nobody would hear of a case within the
  // weeks that its slip promises.
  contact: {
    measure: ({ lastContactMs, sureMs }) =>
      lastContactMs === null ? null : (sureMs - lastContactMs) / DAY_MS,
    warnAt: 3,
    stopAt: 30,
    resumeBelow: 30,
  },
  // Minutes. A hello takes seconds where there is a network; after an hour the machine's own clock is all there is,
  // and where days count it may be wrong by years. Stops those matters alone.
  clock: {
    measure: ({ untrustedMs }) => untrustedMs / MINUTE_MS,
    warnAt: 10,
    stopAt: 60,
    resumeBelow: 60,
  },
  // Days. Allowances and forms change with the year: one release a year is the least, with a month for the visit.
  release: {
    measure: ({ builtAtMs, sureMs }) => (sureMs - builtAtMs) / DAY_MS,
    warnAt: 180,
    stopAt: 400,
    resumeBelow: 400,
  },
};

/** The order in which they are told: what somebody on the spot can do most about stands first. */
export const LIMIT_CODES: readonly LimitCode[] = ['disk', 'journal', 'contact', 'clock', 'release'];

/** What stops now and what is warned of; `before` is what stopped until now. */
export function judgeLimits(facts: LimitFacts, before: ReadonlySet<LimitCode>): Judgement {
  const measured = LIMIT_CODES.map((code) => ({
    code,
    limit: LIMITS[code],
    value: LIMITS[code].measure(facts),
  }));
  const stops = measured.filter(
    ({ code, limit, value }) =>
      value !== null && value >= (before.has(code) ? limit.resumeBelow : limit.stopAt),
  );
  const warns = measured.filter(({ limit, value }) => value !== null && value >= limit.warnAt);
  const codes = (rows: typeof measured) => new Set(rows.map(({ code }) => code));
  return { stops: codes(stops), warns: codes([...stops, ...warns]) };
}

function reserveOf(totalBytes: number): number {
  return Math.max(1, Math.min(DISK_RESERVE_BYTES, totalBytes * RESERVE_SHARE));
}
