import { invariant } from '../../base/result.ts';
import type { Sql } from '../../base/sql.ts';
import type { SlipJobState } from '../keeper.ts';

/**
 * A slip that is owed, or was. It names its entry alone: its text is made again from the person's row. Where
 * nobody is remembered (a report without a card) it cannot be made again after a crash, and is not offered.
 */
export interface SlipJob {
  readonly jobId: string;
  readonly state: SlipJobState;
}

/** Asks for a slip of the entry with this number; inside a transaction. Answers with the job's id. */
export function insertSlipJob(sql: Sql, entry: number, state: SlipJobState = 'wanted'): string {
  sql.prepare('INSERT INTO slip_jobs (entry, state) VALUES (?, ?)').run(entry, state);
  return findNewestSlipJob(sql, entry)!.jobId;
}

/** The newest job of an entry. */
export function findNewestSlipJob(sql: Sql, entry: number): SlipJob | undefined {
  const row = sql
    .prepare<{ number: number; state: SlipJobState }>(
      'SELECT number, state FROM slip_jobs WHERE entry = ? ORDER BY number DESC LIMIT 1',
    )
    .find(entry);
  return row && { jobId: String(row.number), state: row.state };
}

/** Writes how a job stands. */
export function updateSlipJob(sql: Sql, jobId: string, state: SlipJobState): void {
  const changed = sql.prepare('UPDATE slip_jobs SET state = ? WHERE number = ?').run(state, Number(jobId));
  invariant(changed === 1, 'a slip job that is spoken of is there');
}

/** At start: whatever a former run still wanted may have come out before it ended. */
export function doubtWantedSlips(sql: Sql): number {
  return sql.prepare("UPDATE slip_jobs SET state = 'unknown' WHERE state = 'wanted'").run();
}
