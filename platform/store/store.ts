/** Opens the platform's database, whichever it is, and brings its schema up to date. */
import { CamelCasePlugin, type Dialect, Kysely, sql, type Transaction } from 'kysely';
import { err, ok, type Result } from '../../base/result.ts';
import { type DialectWords, POSTGRES_WORDS, SQLITE_WORDS } from './dialect-words.ts';
import type { Many } from './many.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { postgresDialect } from './sql/postgres.ts';
import { postgresMany } from './sql/postgres-many.ts';
import { sqliteDialect } from './sql/sqlite.ts';
import { sqliteMany } from './sql/sqlite-many.ts';
import type { Tables } from './tables.ts';

/** Where the platform keeps its data. */
export type DatabasePlace =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** A transaction, or the store outside one. */
export type Db = Kysely<Tables>;

/** The platform's database, open. */
export interface Store {
  readonly kind: DatabasePlace['kind'];
  readonly db: Db;
  /** How this database takes many rows at once. */
  readonly many: Many;
  /** Runs `work` in one transaction: all of it commits durably, or nothing. */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A database of a newer program: it is left untouched. */
export type StoreTrouble = { readonly code: 'newer-schema'; readonly found: number; readonly known: number };

/** Opens the database and applies the steps it lacks, each in a transaction of its own. */
export async function openStore(
  place: DatabasePlace,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Result<Store, StoreTrouble>> {
  const dialect: Dialect = place.kind === 'sqlite' ? sqliteDialect(place.path) : postgresDialect(place.url);
  const words = place.kind === 'sqlite' ? SQLITE_WORDS : POSTGRES_WORDS;
  const db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  const found = await findSchemaNumber(db, place.kind);
  const known = migrations.length;
  if (found > known) {
    await db.destroy();
    return err({ code: 'newer-schema', found, known });
  }
  for (const migration of migrations.slice(found)) await apply(db, migration, words);
  return ok({
    kind: place.kind,
    db,
    many: place.kind === 'sqlite' ? sqliteMany : postgresMany,
    transaction: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  });
}

async function findSchemaNumber(db: Db, kind: DatabasePlace['kind']): Promise<number> {
  const present =
    kind === 'sqlite'
      ? sql<{ name: string }>`SELECT name FROM sqlite_master WHERE name = 'schema_steps'`
      : sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
          WHERE table_schema = current_schema() AND table_name = 'schema_steps'`;
  if ((await present.execute(db)).rows.length === 0) return 0;
  const steps = await sql<{ number: number }>`SELECT number FROM schema_steps ORDER BY number`.execute(db);
  return steps.rows.at(-1)?.number ?? 0;
}

async function apply(db: Db, migration: Migration, words: DialectWords): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (migration.number === 1) {
      await sql
        .raw(`CREATE TABLE schema_steps (number ${words.int} PRIMARY KEY, name text NOT NULL)${words.strict}`)
        .execute(tx);
    }
    for (const statement of migration.statements(words)) await sql.raw(statement).execute(tx);
    await sql`INSERT INTO schema_steps VALUES (${migration.number}, ${migration.name})`.execute(tx);
  });
}

/** Takes `count` numbers of a counter, in commit order; answers the first of them. Only inside a transaction. */
export async function takeNumbers(tx: Db, name: 'held' | 'feed', count: number): Promise<number> {
  const row = await tx
    .updateTable('counters')
    .set((column) => ({ value: column('value', '+', count) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value - count + 1;
}
