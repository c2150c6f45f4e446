import type { Sql } from '../../base/sql.ts';

/**
 * The bucket that new lines go into. Its number goes up by one about every 30 days and never goes back, so a
 * clock that leaps by years ages what is remembered by one step, and one that goes back by none.
 */
export interface Bucket {
  readonly number: number;
  /** When it began, by trusted time or its floor. */
  readonly sinceMs: number;
}

const DAY_MS = 86_400_000;
const BUCKET_MS = 30 * DAY_MS;
/** 14 buckets of 30 days: the newest line of the oldest is some 400 days old when it goes. */
const BUCKETS_KEPT = 14;
const STEP_MS = 6 * 3_600_000;
const DRAFT_STEPS = 12;

/** How long a draft is offered. */
export const DRAFT_MS = DRAFT_STEPS * STEP_MS;

/** A terminal's first bucket; numbered by time, so that a lost number comes back about the same. */
export function firstBucket(sureMs: number): Bucket {
  return { number: Math.max(0, Math.floor(sureMs / BUCKET_MS)), sinceMs: sureMs };
}

/** The bucket at `sureMs`, which certainly has been reached: one further when the present one is full of days. */
export function nextBucket(bucket: Bucket, sureMs: number): Bucket {
  if (sureMs < bucket.sinceMs) return { ...bucket, sinceMs: sureMs };
  return sureMs - bucket.sinceMs >= BUCKET_MS ? { number: bucket.number + 1, sinceMs: sureMs } : bucket;
}

/** The numbers of the buckets still on disk, oldest first. */
export function bucketsOnDisk(bucket: Bucket): readonly number[] {
  const oldest = Math.max(0, bucket.number - BUCKETS_KEPT + 1);
  return Array.from({ length: bucket.number - oldest + 1 }, (_, index) => oldest + index);
}

/** The coarse time beside a draft. */
export function draftStep(sureMs: number): number {
  return Math.floor(sureMs / STEP_MS);
}

/** Drops whole buckets that are too old, and drafts past their time. Called inside a transaction. */
export function sweepMemory(sql: Sql, bucket: Bucket, sureMs: number): void {
  const [oldest = 0] = bucketsOnDisk(bucket);
  sql.prepare('DELETE FROM person_rows WHERE bucket < ?').run(oldest);
  sql.prepare('DELETE FROM person_uses WHERE bucket < ?').run(oldest);
  const step = draftStep(sureMs);
  // A step from the far future was written under a clock that was wrong: it would never end.
  sql
    .prepare('DELETE FROM person_drafts WHERE saved_step < ? OR saved_step > ?')
    .run(step - DRAFT_STEPS, step + DRAFT_STEPS);
}
