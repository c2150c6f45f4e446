/** A backup file back into an empty PostgreSQL. For SQLite a copy of the file is all there is to do. */
import { sql } from 'kysely';
import { err, ok, type Result } from '../../base/result.ts';
import { type DatabasePlace, openStore, type StoreTrouble } from '../store/store.ts';
import { copyFromSqlite } from './copy-tables.ts';

/** Why nothing was restored; nothing was written. */
export type RestoreTrouble = StoreTrouble | { readonly code: 'not-empty' };

/** Columns PostgreSQL counts up by itself: they go on after the highest restored. */
const COUNTED = [
  ['staff', 'staff_id'],
  ['case_views', 'view_id'],
  ['staff_acts', 'act_no'],
  ['machine_orders', 'order_no'],
  ['alarms', 'alarm_id'],
  ['rollouts', 'rollout_no'],
  ['rollout_acts', 'act_no'],
  ['software_pins', 'pin_no'],
  ['phone_answers', 'answer_no'],
  ['alert_messages', 'message_no'],
] as const;

/** Copies the backup at `path` into the database at `url`. The platform then makes a new epoch at its start. */
export async function restoreToPostgres(path: string, url: string): Promise<Result<void, RestoreTrouble>> {
  const target: DatabasePlace = { kind: 'postgres', url };
  const from = await openStore({ kind: 'sqlite', path });
  if (!from.ok) return from;
  const to = await openStore(target);
  if (!to.ok) {
    await from.value.close();
    return to;
  }
  try {
    const { db } = to.value;
    const held = await db.selectFrom('terminals').select('terminalId').limit(1).execute();
    if (held.length > 0) return err({ code: 'not-empty' });
    await copyFromSqlite(from.value.db, db);
    for (const [table, column] of COUNTED) {
      await sql`SELECT setval(pg_get_serial_sequence(${table}, ${column}),
        (SELECT coalesce(max(${sql.ref(column)}), 0) + 1 FROM ${sql.table(table)}), false)`.execute(db);
    }
    return ok(undefined);
  } finally {
    await from.value.close();
    await to.value.close();
  }
}
