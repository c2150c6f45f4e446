import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Bound, FILES, strangeFiles, TABLES } from './growing.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MIGRATIONS = join(ROOT, 'terminal', 'store', 'migrations');

/** The tables there are once every migration has run. */
function tables(): readonly string[] {
  const sql = readdirSync(MIGRATIONS)
    .sort()
    .map((name) => readFileSync(join(MIGRATIONS, name), 'utf8'))
    .join('\n');
  const named = (verb: string) =>
    [...sql.matchAll(new RegExp(`${verb} (\\w+)`, 'g'))].map(([, name]) => name ?? '');
  const gone = new Set(named('DROP TABLE'));
  const renamed = new Set([...sql.matchAll(/ALTER TABLE (\w+) RENAME TO/g)].map(([, name]) => name ?? ''));
  return [...new Set(named('CREATE TABLE'))].filter((name) => !renamed.has(name) || !gone.has(name));
}

test('each table of the terminal is listed with what bounds it, and none beside them', () => {
  expect(Object.keys(TABLES).sort()).toEqual([...tables()].filter((name) => !name.endsWith('_new')).sort());
});

test.each(Object.entries(TABLES))(
  '%s is swept where the list says so, and nowhere where it says not',
  (name, bound) => {
    if (bound.by !== 'sweeper') return;
    expect(readFileSync(join(ROOT, bound.file), 'utf8')).toContain(`DELETE FROM ${name}`);
  },
);

test('each sweeper of files is there', () => {
  const files = FILES.flatMap(({ bound }: { readonly bound: Bound }) =>
    bound.by === 'sweeper' ? [bound.file] : [],
  );
  for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
});

test('a file that nobody listed is strange', () => {
  expect(strangeFiles(['terminal.db', 'backups/terminal-000001.db', 'core.1234', 'terminal.log.1'])).toEqual([
    'core.1234',
    'terminal.log.1',
  ]);
});
