import type { Result } from './result.ts';

/** What a column holds. */
export type SqlValue = null | number | string | Uint8Array;

/** A row, by column name. */
export type SqlRow = { readonly [column: string]: SqlValue };

/** Why the store could not do it. `corrupt` and `busy` are told apart because they are answered differently. */
export interface SqlTrouble {
  readonly code: 'full' | 'io' | 'busy' | 'corrupt';
  readonly detail: string;
}

/**
 * What a statement throws for expected trouble, so that SQL stays readable; {@link Sql.transaction} turns it
 * into a value. Outside a transaction it ends the process, whose next start recovers.
 */
export class SqlFailure extends Error {
  readonly trouble: SqlTrouble;

  constructor(trouble: SqlTrouble) {
    super(`store: ${trouble.code}: ${trouble.detail}`);
    this.name = 'SqlFailure';
    this.trouble = trouble;
  }
}

/** A prepared statement. Parameters are bound in order; bytes come back as memory of their own. */
export interface Statement<Row> {
  /** Runs it and tells how many rows it changed. */
  run(...parameters: readonly SqlValue[]): number;
  /** The first row, if any. */
  find(...parameters: readonly SqlValue[]): Row | undefined;
  all(...parameters: readonly SqlValue[]): readonly Row[];
}

/**
 * One connection to one SQLite database, synchronous on purpose (a seam: a simulation hands in one that lives
 * in memory). Every commit outlives a power cut. Statements throw {@link SqlFailure}.
 */
export interface Sql {
  /** Prepares a statement once; the same text again gives the same statement. */
  prepare<Row extends object = SqlRow>(text: string): Statement<Row>;
  /** Runs a script of several statements. */
  runScript(text: string): void;
  /**
   * Runs `work` as one transaction that has the writer's lock from its start, and commits it. Trouble of the
   * store comes back as a value, anything else thrown is thrown on: either way nothing was written. Not nested.
   */
  transaction<T>(work: () => T): Result<T, SqlTrouble>;
  /** Moves what the write-ahead log holds into the database and empties the log. */
  truncateLog(): void;
  /** The whole database as it would be on disk, as one file that can be opened again. */
  image(): Uint8Array;
  close(): void;
}

/** Which schema a database has, by its header. */
export interface DatabaseVersion {
  /** `PRAGMA user_version`. */
  readonly schema: number;
  /** The lowest version of a program that can work on it: its own, unless the database says a lower one. */
  readonly readableFrom: number;
}

const APPLICATION = 0x59;

/**
 * `PRAGMA application_id` of a database: a `Y`, then twelve bits each of its schema and of the lowest that can read it.
 * The schema stands there again so that one without the other says nothing. Both are of the first page, and so of one
 * commit.
 */
export function applicationIdOf({ schema, readableFrom }: DatabaseVersion): number {
  return (APPLICATION << 24) | (schema << 12) | readableFrom;
}

/** The version that the header's two numbers say. */
export function versionOfHeader(userVersion: number, applicationId: number): DatabaseVersion {
  const isSaid = applicationId >>> 24 === APPLICATION && ((applicationId >>> 12) & 0xfff) === userVersion;
  return { schema: userVersion, readableFrom: isSaid ? applicationId & 0xfff : userVersion };
}

/** Where the one database of a program lives (a seam): a file, or a simulation's memory. */
export interface SqlStore {
  /**
   * The version of the database, read without changing anything; `undefined` when there is no database yet.
   * `corrupt` when the file is none.
   */
  findVersion(): Result<DatabaseVersion | undefined, SqlTrouble>;
  /**
   * Opens the database, new and empty when there is none. One connection at a time: a second is `busy`.
   * `onCorrupt` is called before any later statement fails for damage.
   */
  open(onCorrupt?: () => void): Result<Sql, SqlTrouble>;
  /** Opens an image, in memory and apart from everything else. */
  openImage(image: Uint8Array): Result<Sql, SqlTrouble>;
  /** Renames the closed database, with its log, so that `tag` is in its name, and keeps it. */
  setAside(tag: string): Result<void, SqlTrouble>;
  /** Puts `image` where there is no database, durably. */
  restore(image: Uint8Array): Result<void, SqlTrouble>;
}
