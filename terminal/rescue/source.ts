/**
 * Where rescued entries come from: the two copies of a journal, its own or a dead machine's. Nothing here writes, and
 * no more than one entry, or one segment of the mirror, is in memory at a time.
 */
import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Result } from '../../base/result.ts';
import { type Sql, SqlFailure } from '../../base/sql.ts';
import { type Entry, entryHash, hasOwnBody, parseHeader } from '../../sync/formats/entry.ts';
import type { FileTrouble } from '../../sync/ports.ts';
import type { Mirror } from '../journal/mirror.ts';

/** The copies that can be read. */
export interface RescueSource {
  /** Absent where there is no database, or none that opens. */
  readonly sql: Sql | undefined;
  readonly mirror: Mirror | undefined;
  /** The encrypted file of this hash, held against its name. */
  readFile(hash: Uint8Array): Result<Uint8Array, FileTrouble>;
}

/** An entry with the body its header names. */
export type WholeEntry = Entry & { readonly body: Uint8Array };

/** What is met on the way through both copies. */
export type Found =
  | { readonly kind: 'entry'; readonly entry: WholeEntry }
  /** How many entries the database owes that neither copy gives whole; last of all. */
  | { readonly kind: 'unreadable'; readonly count: number }
  /** The database, or a segment of the mirror, could be read only in part: what it alone held is not here. */
  | { readonly kind: 'damage'; readonly copy: 'database' | 'mirror' };

/** How many entries are owed as far as the database says; `undefined` where it cannot. */
export function findOwedCount({ sql }: RescueSource): number | undefined {
  return asked(() => sql?.prepare<{ n: number }>('SELECT count(*) AS n FROM owed').find()?.n);
}

/** Every entry that no closing is known of, each once: first what the database gives whole, then the mirror's. */
export function* owedEntries(crypto: Crypto, source: RescueSource): Generator<Found, void> {
  const given = new Set<string>();
  const hurt = new Set<string>();
  yield* fromDatabase(crypto, source, given, hurt);
  yield* fromMirror(crypto, source, given);
  const unreadable = [...hurt].filter((name) => !given.has(name)).length;
  if (unreadable > 0) yield { kind: 'unreadable', count: unreadable };
}

interface OwedRow {
  readonly number: number;
  readonly entry_hash: Uint8Array;
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
}

function* fromDatabase(
  crypto: Crypto,
  { sql }: RescueSource,
  given: Set<string>,
  hurt: Set<string>,
): Generator<Found, void> {
  if (!sql) return;
  for (let after = 0; ; ) {
    const row = nextOwed(sql, after);
    if (row === 'damaged') yield { kind: 'damage', copy: 'database' };
    if (row === undefined || row === 'damaged') return;
    after = row.number;
    const entry = findWhole(crypto, row);
    const name = toHex(row.entry_hash);
    if (!entry) hurt.add(name);
    else {
      given.add(name);
      yield { kind: 'entry', entry };
    }
  }
}

function nextOwed(sql: Sql, after: number): OwedRow | 'damaged' | undefined {
  try {
    return sql
      .prepare<OwedRow>(
        `SELECT o.entry AS number, e.entry_hash, e.header, e.signature, o.body
         FROM owed AS o JOIN entries AS e ON e.number = o.entry WHERE o.entry > ? ORDER BY o.entry LIMIT 1`,
      )
      .find(after);
  } catch (error) {
    if (error instanceof SqlFailure) return 'damaged';
    throw error;
  }
}

/** A changed byte inside a value is no flaw to SQLite: the hashes tell. */
function findWhole(crypto: Crypto, row: OwedRow): WholeEntry | undefined {
  const header = parseHeader(row.header);
  if (!header.ok || !equalBytes(entryHash(crypto, row.header), row.entry_hash)) return undefined;
  const { header: headerBytes, signature, body, entry_hash: hash } = row;
  const entry: Entry = { header: header.value, headerBytes, signature, body, entryHash: hash };
  return hasOwnBody(crypto, entry) ? entry : undefined;
}

function* fromMirror(
  crypto: Crypto,
  { sql, mirror }: RescueSource,
  given: Set<string>,
): Generator<Found, void> {
  for (const segment of mirror?.segments() ?? []) {
    const content = mirror?.readSegment(segment);
    if (!content?.ok || content.value.damaged) yield { kind: 'damage', copy: 'mirror' };
    for (const { entry } of content?.ok ? content.value.frames : []) {
      const name = toHex(entry.entryHash);
      if (given.has(name) || !hasOwnBody(crypto, entry) || isClosed(sql, entry.entryHash)) continue;
      given.add(name);
      yield { kind: 'entry', entry };
    }
  }
}

/** Whether the database knows that it was closed; where it cannot say, the entry is carried: that harms nobody. */
function isClosed(sql: Sql | undefined, hash: Uint8Array): boolean {
  const query = `SELECT 1 FROM closings AS c JOIN entries AS e ON e.number = c.entry WHERE e.entry_hash = ?`;
  return asked(() => sql?.prepare(query).find(hash)) !== undefined;
}

function asked<T>(work: () => T | undefined): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlFailure) return undefined;
    throw error;
  }
}
