/** A machine as its last report shows it, and what is wrong with it: pure, by the rules and a time. */
import type { Place } from '../../sync/contents.ts';
import type { MachineReport } from '../../sync/report-contents.ts';
import { type AlertKind, type FleetRules, isPowerOff } from './rules.ts';

/** What is kept at hand of a report: all but its counts, of which there may be hundreds a machine. */
export type KnownReport = Omit<MachineReport, 'counts' | 'bootId'>;

/** One machine of the fleet. */
export interface Machine {
  /** Of its terminal, in hex. */
  readonly id: string;
  readonly place: Place;
  readonly revokedMs: number | null;
  /** When its last report came, and what it said; null where none ever came. */
  readonly heardMs: number | null;
  readonly report: KnownReport | null;
}

/** What else is known when machines are judged. */
export interface FleetFacts {
  readonly rules: FleetRules;
  readonly nowMs: number;
  /** The newest version that a machine in service runs, and when it was first heard of; null before the first report. */
  readonly newest: { readonly version: string; readonly firstMs: number } | null;
  /** Crashes of a day by machine, where there were any. */
  readonly crashes: ReadonlyMap<string, number>;
}

/** Something wrong with one machine, and since when where that is known. */
export interface Finding {
  readonly kind: Exclude<AlertKind, 'town-silent' | 'county-silent'>;
  readonly sinceMs: number;
  /** Of a device's: which, and why. */
  readonly device?: { readonly kind: string; readonly state: string; readonly reason: string | null };
}

/**
 * How a machine stands, the worst first: `silent` (nothing heard), `trouble` (somebody must see to it), `attention`
 * (it works, and wants something soon), `night` (its power is off), `new` (no report ever), `revoked`, `ok`.
 */
export const MACHINE_STATES = ['silent', 'trouble', 'attention', 'new', 'night', 'revoked', 'ok'] as const;
/** One of {@link MACHINE_STATES}. */
export type MachineState = (typeof MACHINE_STATES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MIB = 2 ** 20;

/** Devices without which hardly anything can be done here; another one's fault leaves most of it. */
const NEEDED: ReadonlySet<string> = new Set(['card-reader', 'slip-printer']);
const URGENT: ReadonlySet<Finding['kind']> = new Set(['owed', 'disk', 'crashes']);

/** Codes of the areas that a machine stands in, itself the last. */
export function areasOf({ id, place }: Pick<Machine, 'id' | 'place'>): readonly string[] {
  return [place.county.code, place.town.code, place.village.code, id];
}

/** However early silence is to ring: a report that was held up on its way makes nobody missed. */
const MISSED_LEAST_MINUTES = 25;

/**
 * After so long a machine is missed: what goes silent together was heard together, within so many minutes, so when the
 * first of them is silent the others are missed, and they ring as one from the start.
 */
function missedMinutes({ silentMinutes, together }: FleetRules): number {
  return Math.min(silentMinutes, Math.max(silentMinutes - together.minutes, MISSED_LEAST_MINUTES));
}

/** Whether its reports fail to come, in no known night: from {@link missedMinutes} on, long before that is silence. */
export function isMissed(machine: Machine, { rules, nowMs }: FleetFacts): boolean {
  const { heardMs, report, revokedMs } = machine;
  if (revokedMs !== null || report === null || heardMs === null) return false;
  if (nowMs - heardMs < missedMinutes(rules) * MINUTE_MS) return false;
  return !isPowerOff(rules, areasOf(machine), heardMs, nowMs);
}

/** How long a machine has been silent, if that is too long and no known night. */
function findSilence(machine: Machine, facts: FleetFacts): Finding | undefined {
  const { heardMs } = machine;
  if (heardMs === null || facts.nowMs - heardMs < facts.rules.silentMinutes * MINUTE_MS) return undefined;
  return isMissed(machine, facts) ? { kind: 'silent', sinceMs: heardMs } : undefined;
}

/** What is wrong with a machine. Of one that is silent nothing else is said: it is not known any more. */
export function findingsOf(machine: Machine, facts: FleetFacts): readonly Finding[] {
  if (machine.revokedMs !== null || machine.report === null || machine.heardMs === null) return [];
  const silence = findSilence(machine, facts);
  if (silence) return [silence];
  return [...deviceFindings(machine.report, machine.heardMs, facts), ...otherFindings(machine, facts)];
}

function deviceFindings(
  { devices, atMs }: KnownReport,
  heardMs: number,
  { rules, nowMs }: FleetFacts,
): readonly Finding[] {
  return (devices ?? []).flatMap((device) => {
    const sinceMs = findFaultSince(device, atMs, heardMs);
    if (sinceMs === undefined || nowMs - sinceMs < rules.deviceMinutes * MINUTE_MS) return [];
    const { kind, state, reason } = device;
    return [{ kind: 'device' as const, sinceMs, device: { kind, state, reason } }];
  });
}

/**
 * When a span began that a machine says lasted until it was heard. Never before 1970: what a damaged or hostile machine
 * says must not become a time that no database and no page can read back.
 */
export function spanStart(heardMs: number, spanMs: number): number {
  return Math.max(0, heardMs - Math.max(0, spanMs));
}

/** Since when a device has been at fault or absent, by our clock. */
function findFaultSince(
  { state, sinceMs }: NonNullable<KnownReport['devices']>[number],
  atMs: number,
  heardMs: number,
): number | undefined {
  if (state !== 'fault' && state !== 'absent') return undefined;
  // The machine's clock may be off: only the span it says counts.
  return sinceMs === null ? heardMs : spanStart(heardMs, atMs - sinceMs);
}

function otherFindings(
  { id, report, heardMs }: Machine,
  { rules, nowMs, newest, crashes }: FleetFacts,
): readonly Finding[] {
  if (report === null || heardMs === null) return [];
  const { journal, disk, paper, software, clockTrusted, uptimeS } = report;
  const owedMs = (journal.oldestS ?? 0) * 1000;
  const wrong: Readonly<Record<Exclude<Finding['kind'], 'silent' | 'device'>, number | undefined>> = {
    owed: owedMs >= rules.owedHours * HOUR_MS ? spanStart(heardMs, owedMs) : undefined,
    disk: disk !== null && disk.freeBytes < rules.freeMiB * MIB ? heardMs : undefined,
    crashes: (crashes.get(id) ?? 0) >= rules.crashesADay ? heardMs : undefined,
    paper: isPaperShort(paper, rules) ? heardMs : undefined,
    software:
      newest !== null &&
      isOlder(software.version, newest.version) &&
      nowMs - newest.firstMs >= rules.oldSoftwareDays * DAY_MS
        ? newest.firstMs
        : undefined,
    clock:
      !clockTrusted && uptimeS * 1000 >= rules.clockMinutes * MINUTE_MS
        ? spanStart(heardMs, uptimeS * 1000)
        : undefined,
  };
  return Object.entries(wrong).flatMap(([kind, sinceMs]) =>
    sinceMs === undefined ? [] : [{ kind: kind as keyof typeof wrong, sinceMs }],
  );
}

function isPaperShort(paper: MachineReport['paper'], { slipsLeft }: FleetRules): boolean {
  if (paper === null) return false;
  if (paper.level === 'low' || paper.level === 'out') return true;
  return paper.slipsLeft !== null && paper.slipsLeft < slipsLeft;
}

/**
 * Until when a machine stands as it is judged now, if nothing more is heard of it and no newer version appears; the
 * time itself is the first at which it may stand otherwise.
 */
export function standsUntil(
  { id, place, report, heardMs, revokedMs }: Machine,
  { rules, nowMs, newest }: FleetFacts,
): number {
  if (revokedMs !== null || report === null || heardMs === null) return Number.POSITIVE_INFINITY;
  const silentFromMs = heardMs + rules.silentMinutes * MINUTE_MS;
  const missedFromMs = heardMs + missedMinutes(rules) * MINUTE_MS;
  // Nights are told by the minute.
  const hasNights = rules.powerOff.some(({ area }) => areasOf({ id, place }).includes(area));
  const minuteMs =
    hasNights && nowMs >= missedFromMs
      ? (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS
      : Number.POSITIVE_INFINITY;
  if (nowMs >= silentFromMs) return minuteMs;
  const ringing = (report.devices ?? []).flatMap((device) => {
    const sinceMs = findFaultSince(device, report.atMs, heardMs);
    return sinceMs === undefined ? [] : [sinceMs + rules.deviceMinutes * MINUTE_MS];
  });
  const oldFromMs = (newest?.firstMs ?? 0) + rules.oldSoftwareDays * DAY_MS;
  const others = [...ringing, oldFromMs, missedFromMs].filter((atMs) => atMs > nowMs);
  return Math.min(silentFromMs, minuteMs, ...others);
}

/** The newest of these versions. */
export function newestOf(
  versions: readonly { readonly version: string; readonly firstMs: number }[],
): FleetFacts['newest'] {
  return versions.reduce<FleetFacts['newest']>(
    (newest, one) => (newest === null || isOlder(newest.version, one.version) ? one : newest),
    null,
  );
}

/** Whether one version comes before another: number by number; one with a mark after a dash before the one without. */
export function isOlder(version: string, than: string): boolean {
  const [ours, theirs] = [partsOf(version), partsOf(than)];
  for (let place = 0; place < Math.max(ours.numbers.length, theirs.numbers.length); place += 1) {
    const difference = (ours.numbers[place] ?? 0) - (theirs.numbers[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return ours.marked && !theirs.marked;
}

function partsOf(version: string) {
  const [, numbers = '', mark] = /(\d+(?:\.\d+)*)(-.+)?$/.exec(version) ?? [];
  return { numbers: numbers.split('.').map(Number), marked: mark !== undefined };
}

/** How a machine stands. */
export function stateOf(machine: Machine, findings: readonly Finding[], facts: FleetFacts): MachineState {
  if (machine.revokedMs !== null) return 'revoked';
  if (machine.report === null || machine.heardMs === null) return 'new';
  if (findings.some(({ kind }) => kind === 'silent')) return 'silent';
  if (facts.nowMs - machine.heardMs >= facts.rules.silentMinutes * MINUTE_MS) return 'night';
  if (findings.some(isTrouble)) return 'trouble';
  const wants = (machine.report.devices ?? []).some(({ state }) => state === 'attention');
  return findings.length > 0 || wants ? 'attention' : 'ok';
}

/** Whether somebody must see to it now: villagers are turned away, or something may be lost. */
export function isTrouble({ kind, device }: Finding): boolean {
  return URGENT.has(kind) || (device !== undefined && NEEDED.has(device.kind));
}
