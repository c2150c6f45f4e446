import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { Sql } from '../../base/sql.ts';
import type { TimeKeeper } from '../../sync/time.ts';
import { type Bucket, firstBucket, nextBucket, sweepMemory } from './buckets.ts';

/** What the memory of every card on this terminal rests on. */
export interface MemoryBase {
  /** 32 random bytes of this terminal. */
  readonly salt: Uint8Array;
  readonly bucket: Bucket;
}

interface MemoryRow {
  readonly salt: Uint8Array;
  readonly bucket: number;
  readonly bucket_since_ms: number;
  readonly sure_ms: number;
}

/** Salt, bucket and certain time, in the database. */
export class MemoryTable {
  readonly #sql: Sql;
  readonly #clock: Pick<Clock, 'monoMs'>;
  readonly #time: Pick<TimeKeeper, 'nowMs' | 'trusted' | 'floorMs'>;
  /** What counting goes on from: moved up whenever a signed time is ahead of what was counted. */
  #sureAt: { readonly ms: number; readonly monoMs: number };
  #base: MemoryBase;

  /** `known` is what the second copy says, for a database that lost it. Writes what is not there yet. */
  constructor(parts: {
    readonly sql: Sql;
    readonly random: Random;
    readonly clock: Pick<Clock, 'monoMs'>;
    readonly time: Pick<TimeKeeper, 'nowMs' | 'trusted' | 'floorMs'>;
    readonly known: MemoryBase | undefined;
  }) {
    const { sql, random, known } = parts;
    this.#sql = sql;
    this.#clock = parts.clock;
    this.#time = parts.time;
    const row = sql.prepare<MemoryRow>('SELECT salt, bucket, bucket_since_ms, sure_ms FROM memory').find();
    this.#sureAt = {
      ms: Math.max(row?.sure_ms ?? 0, parts.time.floorMs()),
      monoMs: parts.clock.monoMs(),
    };
    const present = row && {
      salt: row.salt,
      bucket: { number: row.bucket, sinceMs: row.bucket_since_ms },
    };
    this.#base = newer(present, known) ?? {
      salt: random.bytes(32),
      bucket: firstBucket(this.sureMs()),
    };
    this.#write();
  }

  base(): MemoryBase {
    return this.#base;
  }

  /**
   * A time that certainly has been reached: trusted time, or else the floor and what this process has counted
   * since. Never a clock nobody vouched for.
   */
  sureMs(): number {
    if (this.#time.trusted()) return this.#time.nowMs();
    const monoMs = this.#clock.monoMs();
    const counted = this.#sureAt.ms + Math.floor(monoMs - this.#sureAt.monoMs);
    const floorMs = this.#time.floorMs();
    if (floorMs <= counted) return counted;
    this.#sureAt = { ms: floorMs, monoMs };
    return floorMs;
  }

  /** Moves on to the next bucket when it is time, and drops what is too old. True when the bucket is another. */
  sweep(): boolean {
    const sureMs = this.sureMs();
    const before = this.#base.bucket;
    const bucket = nextBucket(before, sureMs);
    this.#base = { ...this.#base, bucket };
    const swept = this.#sql.transaction(() => {
      this.#write();
      sweepMemory(this.#sql, bucket, sureMs);
    });
    // A full disk keeps old lines a little longer.
    return swept.ok && bucket.number !== before.number;
  }

  #write(): void {
    const { salt, bucket } = this.#base;
    this.#sql
      .prepare(
        'INSERT OR REPLACE INTO memory (id, salt, bucket, bucket_since_ms, sure_ms) VALUES (1, ?, ?, ?, ?)',
      )
      .run(salt, bucket.number, bucket.sinceMs, this.sureMs());
  }
}

/** The database's own, with the higher bucket of both when they speak of the same salt. */
function newer(present: MemoryBase | undefined, known: MemoryBase | undefined): MemoryBase | undefined {
  if (!present || !known) return present ?? known;
  return known.bucket.number > present.bucket.number ? { ...present, bucket: known.bucket } : present;
}
