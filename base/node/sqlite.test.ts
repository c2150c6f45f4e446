import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../result.ts';
import type { Sql, SqlTrouble } from '../sql.ts';
import { applicationIdOf } from '../sql.ts';
import { sqliteFile } from './sqlite.ts';
import { memorySqlStore } from './sqlite-memory.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-sqlite-'));
  path = join(folder, 'terminal.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function opened(result: Result<Sql, SqlTrouble>): Sql {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

function openHere(): Sql {
  return opened(sqliteFile({ path }).open());
}

const TABLE = 'CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB) STRICT;';

describe('a database file', () => {
  it('has every setting the laws need', () => {
    openHere().close();
    // Not in the connection that made the file: there the default is another.
    const sql = openHere();
    const values = Object.fromEntries(
      ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'locking_mode'].map((name) => [
        name,
        Object.values(sql.prepare(`PRAGMA ${name}`).find()!)[0],
      ]),
    );
    expect(values).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      secure_delete: 1,
      locking_mode: 'exclusive',
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    sql.close();
  });

  it('is one process’s alone', () => {
    const sql = openHere();
    const second = sqliteFile({ path, busyTimeoutMs: 10 }).open();
    expect(second).toMatchObject({ ok: false, error: { code: 'busy' } });
    sql.close();
    openHere().close();
  });

  it('gives back bytes as bytes, not as Buffers', () => {
    const sql = openHere();
    sql.runScript(TABLE);
    sql.prepare('INSERT INTO t VALUES (1, ?)').run(Uint8Array.of(1, 2));
    const row = sql.prepare<{ b: Uint8Array }>('SELECT b FROM t').find()!;
    expect(Buffer.isBuffer(row.b)).toBe(false);
    expect(row.b).toEqual(Uint8Array.of(1, 2));
    sql.close();
  });

  it('rolls back what throws, and says full as a value', () => {
    const sql = opened(sqliteFile({ path, maxBytes: 40_960 }).open());
    sql.runScript(TABLE);
    const insert = sql.prepare('INSERT INTO t (b) VALUES (?)');
    const count = () => sql.prepare<{ n: number }>('SELECT count(*) AS n FROM t').find()!.n;
    expect(() =>
      sql.transaction(() => {
        insert.run(new Uint8Array(10));
        throw new Error('bug');
      }),
    ).toThrow('bug');
    expect(count()).toBe(0);
    const full = sql.transaction(() => {
      insert.run(new Uint8Array(10));
      insert.run(new Uint8Array(100_000));
    });
    expect(full).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(count()).toBe(0);
    expect(sql.transaction(() => insert.run(new Uint8Array(10))).ok).toBe(true);
    sql.close();
  });

  it('reads the version and leaves no trace', () => {
    const store = sqliteFile({ path });
    expect(store.findVersion()).toEqual({ ok: true, value: undefined });
    const sql = openHere();
    sql.runScript('PRAGMA user_version = 7');
    sql.close();
    const before = readFileSync(path);
    expect(store.findVersion()).toEqual({ ok: true, value: { schema: 7, readableFrom: 7 } });
    expect(readdirSync(folder)).toEqual(['terminal.db']);
    expect(readFileSync(path)).toEqual(before);
    const marked = openHere();
    marked.runScript(`PRAGMA application_id = ${applicationIdOf({ schema: 7, readableFrom: 5 })}`);
    marked.close();
    expect(store.findVersion()).toEqual({ ok: true, value: { schema: 7, readableFrom: 5 } });
    // Of another schema than the one it speaks of, the mark says nothing.
    const moved = openHere();
    moved.runScript('PRAGMA user_version = 8');
    moved.close();
    expect(store.findVersion()).toEqual({ ok: true, value: { schema: 8, readableFrom: 8 } });
    writeFileSync(path, 'no database at all, and long enough to be read as a header of one'.repeat(4));
    expect(store.findVersion()).toMatchObject({ ok: false, error: { code: 'corrupt' } });
  });

  it('reads a version that is still in the log of a process that was killed', () => {
    const script = `
      const { sqliteFile } = await import(${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)});
      const opened = sqliteFile({ path: ${JSON.stringify(path)} }).open();
      opened.value.runScript('PRAGMA user_version = 9; PRAGMA application_id = ${applicationIdOf({ schema: 9, readableFrom: 8 })}');
      process.kill(process.pid, 'SIGKILL');`;
    const run = () =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    expect(run).toThrow();
    expect(sqliteFile({ path }).findVersion()).toEqual({ ok: true, value: { schema: 9, readableFrom: 8 } });
  });

  it('calls a file cut in half corrupt, and sets it aside whole', () => {
    const sql = openHere();
    sql.runScript(TABLE);
    for (let i = 0; i < 50; i++)
      sql.prepare('INSERT INTO t (b) VALUES (?)').run(new Uint8Array(4_000).fill(i));
    sql.close();
    truncateSync(path, statSync(path).size / 2);
    const half = readFileSync(path);
    const store = sqliteFile({ path });
    expect(store.open()).toMatchObject({ ok: false, error: { code: 'corrupt' } });
    expect(store.setAside('damaged-1')).toEqual({ ok: true, value: undefined });
    expect(readFileSync(`${path}.damaged-1`)).toEqual(half);
    expect(store.findVersion()).toEqual({ ok: true, value: undefined });
  });

  it('tells of damage that a statement meets', () => {
    const sql = openHere();
    sql.runScript(TABLE);
    for (let i = 0; i < 50; i++)
      sql.prepare('INSERT INTO t (b) VALUES (?)').run(new Uint8Array(3_000).fill(i));
    sql.close();
    const bytes = readFileSync(path);
    bytes.fill(0xee, 3 * 4_096, 12 * 4_096);
    writeFileSync(path, bytes);
    let told = 0;
    const again = opened(sqliteFile({ path }).open(() => told++));
    expect(() => again.prepare('SELECT * FROM t').all()).toThrow('corrupt');
    expect(told).toBe(1);
    again.close();
  });

  it('goes on from an image, with the log’s part', () => {
    const sql = openHere();
    sql.runScript(`${TABLE} INSERT INTO t VALUES (1, x'01')`);
    const image = sql.image();
    sql.close();
    rmSync(path);
    const store = sqliteFile({ path });
    const copy = opened(store.openImage(image));
    expect(copy.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    copy.close();
    expect(store.restore(image).ok).toBe(true);
    const restored = opened(store.open());
    expect(restored.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    restored.close();
  });
});

describe('a database in memory', () => {
  it('goes back to its last commit when it crashes', () => {
    const store = memorySqlStore();
    const sql = opened(store.open());
    sql.runScript(TABLE);
    sql.transaction(() => sql.prepare('INSERT INTO t VALUES (1, NULL)').run());
    store.onCommit = (when) => {
      if (when === 'before') throw new Error('killed');
    };
    expect(() => sql.transaction(() => sql.prepare('INSERT INTO t VALUES (2, NULL)').run())).toThrow(
      'killed',
    );
    store.crash();
    expect(() => sql.prepare('SELECT 1').all()).toThrow();
    const again = opened(store.open());
    expect(again.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
  });

  it('can be put back to an older copy', () => {
    const store = memorySqlStore();
    const sql = opened(store.open());
    sql.runScript(TABLE);
    const older = store.findImage();
    sql.prepare('INSERT INTO t VALUES (1, NULL)').run();
    store.putImage(older);
    expect(opened(store.open()).prepare('SELECT a FROM t').all()).toEqual([]);
  });
});
