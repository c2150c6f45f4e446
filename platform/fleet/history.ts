/** What is kept of a machine's past: its last report, its hours, and where people gave up or something failed. */
import type { Db } from '../store/store.ts';
import { readReport } from './read-report.ts';

const HOUR_MS = 3_600_000;
const HOURS = 14 * 24;

/** The last report of a machine in whole, and when it came. */
export async function findLastReport(db: Db, terminalId: Uint8Array) {
  const row = await db
    .selectFrom('fleetReports')
    .select(['heardMs', 'content'])
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  const report = row && readReport(row.content);
  return report && { report, heardMs: row.heardMs };
}

/** The hours of two weeks, oldest first. */
export function hoursOf(db: Db, terminalId: Uint8Array, nowMs: number) {
  return db
    .selectFrom('fleetHours')
    .select(['hour', 'owed', 'freeBytes', 'slipsLeft'])
    .where('terminalId', '=', terminalId)
    .where('hour', '>=', Math.floor(nowMs / HOUR_MS) - HOURS)
    .orderBy('hour')
    .execute();
}

/** A page, with a matter where it is of one, and how often it went wrong there. */
export interface CountLine {
  readonly page: string;
  readonly matter: string;
  readonly abandoned: number;
  readonly failed: number;
}

const LINES = 20;

/** Where most went wrong since that day. */
export async function countsOf(
  db: Db,
  terminalId: Uint8Array,
  sinceDay: string,
): Promise<readonly CountLine[]> {
  const rows = await db
    .selectFrom('fleetCounts')
    .select((row) => [
      'what' as const,
      'page' as const,
      'matter' as const,
      row.fn.sum<number>('count').as('count'),
    ])
    .where('terminalId', '=', terminalId)
    .where('day', '>=', sinceDay)
    .where('what', 'in', ['abandoned', 'failed'])
    .groupBy(['what', 'page', 'matter'])
    .execute();
  const lines = [...Map.groupBy(rows, ({ page, matter }) => `${page} ${matter}`).values()].map((same) => {
    const sum = (what: string) => Number(same.find((one) => one.what === what)?.count ?? 0);
    const [{ page, matter }] = same as [(typeof same)[number]];
    return { page, matter, abandoned: sum('abandoned'), failed: sum('failed') };
  });
  return lines.sort((a, b) => b.abandoned + b.failed - a.abandoned - a.failed).slice(0, LINES);
}
