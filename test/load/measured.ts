/** What one database's run was like: the numbers, before anybody judges them. */
import type { Drained } from './crowd.ts';

/** Bytes a held poll costs, by two measures. */
export interface PollMemory {
  readonly rss: number;
  readonly heap: number;
}

/** Processor time in milliseconds, by who spent it. */
export interface PlatformSpent {
  /** The platform's main thread: HTTP, proofs of requests, the database's statements. */
  readonly main: number;
  /** Its other threads: verifying, opening and reading entries, and Node's own. */
  readonly workers: number;
  /** The database's processes, where it is a program of its own. */
  readonly database: number;
}

export interface Measured {
  readonly database: 'sqlite' | 'postgres';
  readonly terminals: number;
  readonly busy: number;
  readonly entries: number;
  readonly entryBytes: number;
  readonly drained: Drained;
  /** Processor time meanwhile; what the terminals spent is in `drained`. */
  readonly processorMs: PlatformSpent;
  /** Bodies in the database afterwards. */
  readonly held: number;
  /** The same entries through a bare durable insert, in milliseconds. */
  readonly bareMs: number;
  readonly poll: PollMemory;
  readonly barePoll: PollMemory;
  /** Of the platform when all is drained, in bytes. */
  readonly rss: number;
}

/** Time an entry on databases that hold more and more. */
export interface Growth {
  readonly database: 'sqlite' | 'postgres';
  /** By what is held already: milliseconds an entry, one value a turn. */
  readonly byHeld: ReadonlyMap<number, readonly number[]>;
}
