/// <reference types="vite/types/importMeta.d.ts" />
import { readTextFiles } from '../../base/node/text-files.ts';
import { invariant, ok, type Result } from '../../base/result.ts';
import type { Sql, SqlTrouble } from '../../base/sql.ts';
import { findSchemaFlaw } from './schema-check.ts';

/** One step of the schema. `number` is the `user_version` of a database that has taken it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

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

/**
 * Takes the steps the database has not taken, each in a transaction of its own with its number. A database
 * from the future must have been refused before.
 */
export function migrate(sql: Sql, migrations: readonly Migration[] = MIGRATIONS): Result<void, SqlTrouble> {
  const version = readVersion(sql);
  invariant(version <= migrations.length, 'a newer database is refused before it is migrated');
  for (const { number, text } of migrations.slice(version)) {
    const taken = sql.transaction(() => {
      sql.runScript(text);
      sql.runScript(`PRAGMA user_version = ${number}`);
      const flaw = findSchemaFlaw(sql);
      invariant(flaw === undefined, `migration ${number} leaves ${flaw}`);
    });
    if (!taken.ok) return taken;
  }
  return ok(undefined);
}

function readVersion(sql: Sql): number {
  const query = 'SELECT user_version AS version FROM pragma_user_version';
  return sql.prepare<{ version: number }>(query).find()!.version;
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
