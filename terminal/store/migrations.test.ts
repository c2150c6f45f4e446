import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import type { Sql } from '../../base/sql.ts';
import { MIGRATIONS, type Migration, migrate, NEWEST_VERSION } from './migrations.ts';
import { findSchemaFlaw } from './schema-check.ts';

const SOURCE = new URL('./migrations.ts', import.meta.url);
const FOLDER = new URL('./migrations/', import.meta.url);

const onDisk = readdirSync(FOLDER)
  .sort()
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

function newSql(): Sql {
  const opened = memorySqlStore().open();
  if (!opened.ok) throw new Error('opens');
  return opened.value;
}

function texts(module: string): unknown {
  const script = `const { MIGRATIONS } = await import(${JSON.stringify(module)});
    process.stdout.write(JSON.stringify(MIGRATIONS.map(({ text }) => text)));`;
  const options = { encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options));
}

const steps = (...more: readonly string[]): readonly Migration[] =>
  more.map((text, index) => ({ number: index + 1, name: `${index + 1}.sql`, text }));

describe('the migrations', () => {
  it('are the files of the folder: run by Vite, run by Node as they are, and in a bundle', async () => {
    expect(MIGRATIONS.map(({ text }) => text)).toEqual(onDisk);
    expect(texts(SOURCE.href)).toEqual(onDisk);
    const outDir = mkdtempSync(join(tmpdir(), 'yizhan-bundle-'));
    try {
      await build({
        configFile: false,
        logLevel: 'error',
        build: { ssr: SOURCE.pathname, outDir, rolldownOptions: { output: { entryFileNames: 'out.mjs' } } },
      });
      expect(texts(join(outDir, 'out.mjs'))).toEqual(onDisk);
    } finally {
      rmSync(outDir, { recursive: true });
    }
  });

  it('lead to a schema without a flaw, once', () => {
    const sql = newSql();
    expect(migrate(sql)).toEqual({ ok: true, value: undefined });
    expect(migrate(sql)).toEqual({ ok: true, value: undefined });
    expect(findSchemaFlaw(sql)).toBeUndefined();
    expect(sql.prepare('PRAGMA user_version').find()).toEqual({ user_version: NEWEST_VERSION });
  });

  it('leave a database as it was when a step fails, and go on from there', () => {
    const sql = newSql();
    const first = 'CREATE TABLE one (a INTEGER PRIMARY KEY) STRICT; INSERT INTO one VALUES (1);';
    const bad = 'CREATE TABLE two (a INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);';
    expect(() => migrate(sql, steps(first, bad))).toThrow('nowhere');
    expect(sql.prepare('PRAGMA user_version').find()).toEqual({ user_version: 1 });
    expect(sql.prepare("SELECT name FROM sqlite_schema WHERE name = 'two'").find()).toBeUndefined();
    const good = 'ALTER TABLE one ADD COLUMN b TEXT; UPDATE one SET b = a + 1;';
    expect(migrate(sql, steps(first, good)).ok).toBe(true);
    expect(sql.prepare('SELECT a, b FROM one').all()).toEqual([{ a: 1, b: '2' }]);
  });

  it('may not leave a loose table or a foreign key of another type', () => {
    expect(() => migrate(newSql(), steps('CREATE TABLE t (a INTEGER);'))).toThrow('not STRICT');
    const mixed = `CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE b (a TEXT REFERENCES a (id)) STRICT;`;
    expect(() => migrate(newSql(), steps(mixed))).toThrow('b.a');
  });

  it('do not touch a newer database', () => {
    const sql = newSql();
    sql.runScript('PRAGMA user_version = 99');
    expect(() => migrate(sql)).toThrow('newer');
  });
});

it('the bundle test would see a missing file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bundle-'));
  const copy = join(folder, 'x.mjs');
  writeFileSync(copy, 'export const MIGRATIONS = [{ text: "other" }];');
  expect(texts(copy)).not.toEqual(onDisk);
  rmSync(folder, { recursive: true });
});
