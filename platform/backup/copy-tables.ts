/** Every row of one database into another of the same schema: the way between PostgreSQL and a backup file. */
import { sql } from 'kysely';
import type { Db } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** Parents before children. */
const TABLE_ORDER: readonly (keyof Tables)[] = [
  'settings',
  'counters',
  'terminals',
  'terminalKeys',
  'enrolmentCodes',
  'boots',
  'journals',
  'headers',
  'bodies',
  'waiting',
  'attachments',
  'uploads',
  'uploadParts',
  'feedItems',
  'staff',
  'sessions',
  'staffActs',
  'cases',
  'caseActions',
  'caseViews',
  'casePictures',
  'misuseMarks',
  'misuseFlags',
  'misuseEnds',
  'misuseFlagEntries',
  'messages',
  'notices',
  'noticeReplies',
  'machineOrders',
  'orderItems',
  'orderAnswers',
  'centreDuties',
  'registrations',
  'consentWithdrawals',
  'bookings',
  'payments',
  'paymentNotices',
  'refunds',
  'fetches',
  'fetchEnds',
  'certificates',
  'certificateVoids',
  'ratings',
  'caseCards',
  'ratingEnds',
  'phoneCodes',
  'agents',
  'agentKeys',
  'rosters',
  'agentCases',
  'callBacks',
  'callWishes',
  'agentLists',
  'repairs',
  'agentCash',
  'agentCashReturns',
  'agentCashEnds',
  'authorities',
  'authorityEnds',
  'authorityActs',
  'fleetReports',
  'fleetHours',
  'fleetCounts',
  'fleetVersions',
  'fleetAlerts',
  'phoneAnswers',
  'upkeepSignIns',
  'alertMessages',
  'rollouts',
  'rolloutActs',
  'softwarePins',
  'softwareOffers',
  'alarms',
  'backups',
];

/** Rows held in memory at once; few, because a row can be an attachment. */
const ROWS_AT_ONCE = 20;

/** Copies from a transaction on PostgreSQL, which sees one moment, through a cursor. */
export async function copyFromPostgres(from: Db, to: Db): Promise<void> {
  await copy(to, async (table, take) => {
    await sql`DECLARE every CURSOR FOR SELECT * FROM ${sql.table(snake(table))}`.execute(from);
    for (;;) {
      const fetched = await sql<Record<string, unknown>>`FETCH ${sql.lit(ROWS_AT_ONCE)} FROM every`.execute(
        from,
      );
      if (fetched.rows.length === 0) break;
      await take(fetched.rows);
    }
    await sql`CLOSE every`.execute(from);
  });
}

/** Copies from SQLite, where one connection is one moment. */
export async function copyFromSqlite(from: Db, to: Db): Promise<void> {
  await copy(to, async (table, take) => {
    for (let offset = 0; ; offset += ROWS_AT_ONCE) {
      const rows = await from.selectFrom(table).selectAll().limit(ROWS_AT_ONCE).offset(offset).execute();
      if (rows.length === 0) break;
      await take(rows);
    }
  });
}

type TakeRows = (rows: readonly object[]) => Promise<void>;

async function copy(to: Db, read: (table: keyof Tables, take: TakeRows) => Promise<void>): Promise<void> {
  await to.transaction().execute(async (tx) => {
    await tx.deleteFrom('counters').execute();
    for (const table of TABLE_ORDER) {
      await read(table, async (rows) => {
        await tx
          .insertInto(table)
          .values(rows as never)
          .execute();
      });
    }
  });
}

function snake(table: string): string {
  return table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
