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
        options: '-c synchronous_commit=on',
        types: { getTypeParser },
      });
      // An idle connection that dies is replaced at the next query; unheard, its error would end the program.
      pool.on('error', () => undefined);
      return pool;
    },
  });
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
