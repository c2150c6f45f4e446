/** PostgreSQL under the platform's store: the one place here that knows `pg`. */
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { invariant } from '../../../base/result.ts';

const INT8_OID = 20;

/**
 * A Kysely dialect over a pool to `url`. Whole numbers come back as numbers, as on SQLite; one beyond 2^53
 * cannot be ours and throws. Commits are durable (`synchronous_commit=on` is asked for, whatever the server's
 * default).
 */
export function postgresDialect(url: string): Dialect {
  return new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({
        connectionString: url,
        max: 8,
        Client: PreparingClient,
        options: '-c synchronous_commit=on',
        types: { getTypeParser },
      });
      // An idle connection that dies is replaced at the next query; unheard, its error would end the program.
      pool.on('error', () => undefined);
      return pool;
    },
  });
}

/** Statements a connection keeps prepared; more different ones than the platform asks for again and again. */
const KEPT_STATEMENTS = 300;

/**
 * A connection that has PostgreSQL parse and plan each statement once. Not those that ask for all columns: another
 * gateway's step may add one, and a statement prepared before would be refused from then on.
 */
class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  // Kysely asks in one way alone; the others stay as they were.
  override query(...asked: unknown[]): never {
    const [text, values, ...rest] = asked;
    const name = typeof text === 'string' && Array.isArray(values) ? this.#nameOf(text, values) : undefined;
    const asks = super.query as (...args: unknown[]) => never;
    return name === undefined ? asks.apply(this, asked) : asks.call(this, { name, text, values }, ...rest);
  }

  #nameOf(text: string, values: readonly unknown[]): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (values.length === 0 || this.#names.size === KEPT_STATEMENTS || text.includes('*')) return undefined;
    const name = `kept_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

function getTypeParser(oid: number, format?: string): (text: string) => unknown {
  if (oid === INT8_OID) return toNumber;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

function toNumber(text: string): number {
  const value = Number(text);
  invariant(Number.isSafeInteger(value), 'a whole number beyond 2^53 in the database');
  return value;
}
