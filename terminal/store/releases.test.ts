/** Databases and mirrors that each released version wrote, opened by the present code; and the way back from a newer one. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import type { OfferedEntry } from '../../sync/ports.ts';
import { type OpenedKeeper, openKeeper } from '../open-keeper.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  folderParts,
  idOf,
  offered,
  open,
  openEnrolled,
  parsed,
  specimenMemory,
} from '../testing/keeper-world.ts';
import { MIGRATIONS, type Migration, migrate, NEWEST_VERSION } from './migrations.ts';

const RELEASES = new URL('../testing/releases/', import.meta.url).pathname;
const released = readdirSync(RELEASES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const KEPT = ['a', 'b', 'c'].map((name) => toHex(idOf(`case ${name}`))).sort();

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-release-'));
  path = join(folder, 'terminal.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function lay(release: string): void {
  cpSync(join(RELEASES, release, 'mirror'), join(folder, 'mirror'), { recursive: true });
  writeFileSync(path, gunzipSync(readFileSync(join(RELEASES, release, 'terminal.db.gz'))));
}

/** The journal as the file has it, read by nobody's code. */
function hashes(): readonly string[] {
  const opened = sqliteFile({ path }).open();
  if (!opened.ok) throw new Error(opened.error.detail);
  const rows = opened.value
    .prepare<{ entry_hash: Uint8Array }>('SELECT entry_hash FROM entries ORDER BY number')
    .all();
  opened.value.close();
  return rows.map(({ entry_hash }) => toHex(entry_hash));
}

/** What a release after this one does with the database as it starts. */
function migrateOn(...texts: readonly string[]): void {
  const steps: readonly Migration[] = texts.map((text, index) => ({
    ...{ number: NEWEST_VERSION + index + 1, name: 'next.sql', text },
  }));
  const opened = sqliteFile({ path }).open();
  if (!opened.ok) throw new Error(opened.error.detail);
  const migrated = migrate(opened.value, [...MIGRATIONS, ...steps]);
  opened.value.close();
  if (!migrated.ok) throw new Error(migrated.error.detail);
}

/** Every entry with its body, as it is offered to a platform that was put back and so has given no receipt. */
function everyEntry(opened: OpenedKeeper): readonly OfferedEntry[] {
  return offered(opened, { ...BASIS, epoch: idOf('an epoch after a restore') }).toSorted(
    (one, other) => one.seq - other.seq,
  );
}

const ADDS = `-- readable from ${NEWEST_VERSION}
  CREATE TABLE next_things (id INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT;
  ALTER TABLE agent_away ADD COLUMN why TEXT;
  INSERT INTO next_things VALUES (1, 'of the next release');`;

describe.each(released)('what release %s kept', (release) => {
  it('is opened, each entry of it, and kept on', () => {
    lay(release);
    const before = hashes();
    const opened = open(folderParts(folder));
    expect(opened.recovery).toMatchObject({ origin: 'as-it-was', setAside: null, healed: 0, opened: null });
    const entries = everyEntry(opened);
    // What the platform had receipted then is still so.
    expect(offered(opened)).toHaveLength(2);
    expect(entries.map(({ entryHash }) => toHex(entryHash))).toEqual(before);
    expect(caseIdsIn(parsed(entries))).toEqual(KEPT);
    // Found by the card, as that release remembered it.
    expect(specimenMemory(opened).cases()).toHaveLength(3);
    expect(opened.keeper.keep(caseWish(specimenMemory(opened), 'd')).ok).toBe(true);
    opened.close();
    expect(hashes().slice(0, -1)).toEqual(before);
  });

  it('is rebuilt from its mirror alone', () => {
    lay(release);
    rmSync(path);
    const opened = open(folderParts(folder));
    expect(caseIdsIn(parsed(everyEntry(opened)))).toEqual(KEPT);
    opened.close();
  });

  it('goes on to the next release, back to this one and forth again', () => {
    lay(release);
    open(folderParts(folder)).close();
    migrateOn(ADDS);
    const back = open(folderParts(folder));
    expect(caseIdsIn(parsed(everyEntry(back)))).toEqual(KEPT);
    expect(back.keeper.keep(caseWish(specimenMemory(back), 'e')).ok).toBe(true);
    back.close();
    expect(sqliteFile({ path }).findVersion()).toEqual({
      ok: true,
      value: { schema: NEWEST_VERSION + 1, readableFrom: NEWEST_VERSION },
    });
    migrateOn(ADDS);
    expect(hashes()).toHaveLength(5);
  });
});

it('a database of a next release that this one cannot read is left as it is, through steps that it could', () => {
  openEnrolled(folderParts(folder)).close();
  migrateOn(
    ADDS,
    'CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT;',
    `-- readable from ${NEWEST_VERSION}\n`,
  );
  const before = readFileSync(path);
  expect(openKeeper(folderParts(folder))).toMatchObject({
    ok: false,
    error: { code: 'store', trouble: { code: 'future' } },
  });
  expect(readFileSync(path)).toEqual(before);
});
