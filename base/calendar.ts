/**
 * Dates as people in China read them. China Standard Time is UTC+8 without summer time, so this is plain
 * arithmetic and does not look at the machine's time zone.
 */
const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** A civil date and time of day in China Standard Time; `weekday` 0 is Sunday. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

/** The civil time in China at `wallMs`. */
export function civilTime(wallMs: number): CivilTime {
  const shifted = new Date(wallMs + CHINA_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** The date in China at `wallMs`, as `YYYY-MM-DD`. */
export function isoDate(wallMs: number): string {
  return new Date(wallMs + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** A moment in universal time, as RFC 3339 writes it: `2026-06-22T02:00:00.000Z`. */
export function isoInstant(wallMs: number): string {
  return new Date(wallMs).toISOString();
}

/** Milliseconds since 1970 of the first moment of an ISO date in China, or `undefined` when it is no date. */
export function findDateStartMs(iso: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const utcMs = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(utcMs) || new Date(utcMs).toISOString().slice(0, 10) !== iso) return undefined;
  return utcMs - CHINA_OFFSET_MS;
}

/** Moves an ISO date by whole days. */
export function addDays(iso: string, days: number): string {
  const startMs = findDateStartMs(iso);
  if (startMs === undefined) throw new Error(`broken invariant: ${iso} is no date`);
  return isoDate(startMs + days * DAY_MS);
}

/** Full years from `birthIso` to `onIso`; someone born on 29 February turns on 1 March in common years. */
export function ageInYears(birthIso: string, onIso: string): number {
  const years = Number(onIso.slice(0, 4)) - Number(birthIso.slice(0, 4));
  return onIso.slice(5) >= birthIso.slice(5) ? years : years - 1;
}

/** The month so many months from that of an ISO date, as `YYYY-MM`. */
export function addMonths(iso: string, months: number): string {
  const count = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}
