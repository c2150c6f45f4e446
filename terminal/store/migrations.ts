/// <reference types="vite/types/importMeta.d.ts" />
import { readTextFiles } from '../../base/node/text-files.ts';
import { invariant, ok, type Result } from '../../base/result.ts';
import {
  applicationIdOf,
  type DatabaseVersion,
  type Sql,
  type SqlTrouble,
  versionOfHeader,
} from '../../base/sql.ts';
import { findSchemaFlaw } from './schema-check.ts';

/** One step of the schema. `number` is the `user_version` of a database that has taken it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

/**
 * How a migration says that programs which know fewer can go on working on what it leaves, at the head of its file:
 * `-- readable from 17`. It may then only add: tables, indexes, and columns that can be left out
 * (`readability.test.ts`). One that does not say so can be read by programs that have it, and a release that brings it
 * is never switched to from one that has it not, since there would be no way back.
 */
const READABLE_FROM = /^-- readable from (\d+)$/m;

/**
 * The numbered files in `migrations/`, in order. The bundler writes their texts into the bundle; Node, which
 * runs the sources as they are, knows no `import.meta.env` and reads the folder.
 */
export const MIGRATIONS: readonly Migration[] = toMigrations(
  import.meta.env
    ? import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })
    : readTextFiles(new URL('./migrations/', import.meta.url), '.sql'),
);

/** The version of a database that this release has brought up to date. */
export const NEWEST_VERSION = MIGRATIONS.length;

/** What this release writes, and the lowest release that can work on it: for a release's manifest. */
export const STORE_SCHEMA: DatabaseVersion = schemaAfter(MIGRATIONS);

/** The version of a database that has taken these steps: readable by whoever can read each of them. */
export function schemaAfter(migrations: readonly Migration[]): DatabaseVersion {
  const from = migrations.map(({ number, text }) => Number(READABLE_FROM.exec(text)?.[1] ?? number));
  return { schema: migrations.length, readableFrom: Math.max(0, ...from) };
}

/** Whether this release can work on such a database: its own, an older one, or a newer one that says so. */
export function canWorkOn({ readableFrom }: DatabaseVersion, newest: number = NEWEST_VERSION): boolean {
  return readableFrom <= newest;
}

/**
 * Takes the steps the database has not taken, each in a transaction of its own with its number. One that has taken more
 * is left as it is; one that cannot be read must have been refused before.
 */
export function migrate(sql: Sql, migrations: readonly Migration[] = MIGRATIONS): Result<void, SqlTrouble> {
  const version = readVersion(sql);
  invariant(
    canWorkOn(version, migrations.length),
    'a newer database that cannot be read is refused before it is migrated',
  );
  for (const { number, text } of migrations.slice(version.schema)) {
    const after = schemaAfter(migrations.slice(0, number));
    const taken = sql.transaction(() => {
      sql.runScript(text);
      sql.runScript(`PRAGMA user_version = ${number}; PRAGMA application_id = ${applicationIdOf(after)}`);
      const flaw = findSchemaFlaw(sql);
      invariant(flaw === undefined, `migration ${number} leaves ${flaw}`);
    });
    if (!taken.ok) return taken;
  }
  return ok(undefined);
}

function readVersion(sql: Sql): DatabaseVersion {
  const query =
    'SELECT user_version AS version, application_id AS id FROM pragma_user_version, pragma_application_id';
  const { version, id } = sql.prepare<{ version: number; id: number }>(query).find()!;
  return versionOfHeader(version, id);
}

function toMigrations(texts: Readonly<Record<string, string>>): readonly Migration[] {
  return Object.keys(texts)
    .sort()
    .map((path, index) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      invariant(Number(name.slice(0, 4)) === index + 1, `migration ${name} follows number ${index}`);
      return { number: index + 1, name, text: texts[path]! };
    });
}
