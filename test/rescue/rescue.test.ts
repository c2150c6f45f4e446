import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
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
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeDisk } from '../../base/node/disk.ts';
import { invariant } from '../../base/result.ts';
import { findRescueFolders } from '../../platform/rescue/folder.ts';
import { importRescue } from '../../platform/rescue/import-rescue.ts';
import { revokeTerminal } from '../../platform/terminals/terminals.ts';
import {
  DONGCUN,
  describeOnBoth,
  JINGLING,
  type TestPlatform,
} from '../../platform/testing/test-platform.ts';
import { type Carried, enrolCarried } from './carried.ts';

describeOnBoth('rescue by stick', (host) => {
  let test: TestPlatform;
  let terminal: Carried;
  let folder: string;
  let stick: string;

  beforeEach(async () => {
    test = await host.start();
    folder = mkdtempSync(join(tmpdir(), 'yizhan-carried-'));
    stick = join(folder, 'stick');
    terminal = await enrolCarried(await test.platform.enrolmentCode(DONGCUN), join(folder, 'own'));
  });
  afterEach(() => {
    terminal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the platform makes of every folder on the stick. */
  async function imported() {
    const reports = [];
    for (const path of findRescueFolders(nodeDisk(stick))) {
      const done = await importRescue(test.platform.context, nodeDisk(join(stick, path)));
      invariant(done.ok, 'the answers are written');
      reports.push(done.value);
    }
    return reports;
  }

  const rowsOf = (table: 'cases' | 'bodies' | 'attachments') =>
    test.platform.context.store.db
      .selectFrom(table)
      .select((row) => row.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
      .then(({ n }) => Number(n));

  it('brings everything once, and lets the terminal erase after the release alone', async () => {
    const ids = [terminal.keep(true), terminal.keep(), terminal.keep()];
    expect(terminal.exportTo(stick)).toMatchObject({ entries: 4, files: 1 });
    expect(terminal.owed()).toEqual({ waiting: 4, held: 0, refused: 0 });
    expect(await imported()).toMatchObject([{ manifest: 'verified', incomplete: [], found: 4, held: 4 }]);

    expect(terminal.readBack(stick)).toMatchObject({ folders: 1, receipted: 4, erased: 0, ignored: 0 });
    expect(terminal.owed()).toEqual({ waiting: 0, held: 4, refused: 0 });
    expect(ids.map(terminal.stateOf)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(readdirSync(join(terminal.dataDir, 'attachments'))).toHaveLength(1);

    await test.platform.backUpNow();
    await imported();
    expect(terminal.readBack(stick)).toMatchObject({ receipted: 4, erased: 4, ignored: 0, waiting: 0 });
    expect(terminal.owed()).toEqual({ waiting: 0, held: 0, refused: 0 });
    expect(readdirSync(join(terminal.dataDir, 'attachments'))).toEqual([]);
    expect(terminal.exportTo(stick)).toMatchObject({ folder: null, entries: 0 });
    await terminal.deliver();
    expect([await rowsOf('cases'), await rowsOf('bodies'), await rowsOf('attachments')]).toEqual([3, 4, 1]);
  });

  it('holds once what arrived meanwhile, and what was filed while the stick was away stays owed', async () => {
    terminal.keep(true);
    terminal.keep();
    terminal.exportTo(stick);
    await terminal.deliver();
    const later = terminal.keep();
    expect(await imported()).toMatchObject([{ found: 3, held: 3, refused: 0 }]);
    await test.platform.backUpNow();
    await imported();
    expect(terminal.readBack(stick)).toMatchObject({ erased: 3, ignored: 0 });
    expect(terminal.owed()).toEqual({ waiting: 1, held: 0, refused: 0 });
    expect(terminal.stateOf(later)).toBe('kept');
    await terminal.deliver();
    expect([await rowsOf('cases'), await rowsOf('bodies')]).toEqual([3, 4]);
  });

  it('takes nobody’s word but its own platform’s, for this terminal', async () => {
    const other = await enrolCarried(await test.platform.enrolmentCode(JINGLING), join(folder, 'other'));
    const elsewhere = await host.start();
    terminal.keep();
    other.keep();
    const { folder: path } = terminal.exportTo(stick);
    other.exportTo(stick);
    await imported();
    await test.platform.backUpNow();
    await imported();
    const answers = join(stick, path!, 'answers.cbor');
    const own = readFileSync(answers);
    const stranger = await enrolCarried(
      await elsewhere.platform.enrolmentCode(DONGCUN),
      join(folder, 'third'),
    );
    expect(stranger.readBack(stick)).toMatchObject({ folders: 2, receipted: 0, erased: 0 });
    stranger.close();
    expect(other.readBack(stick)).toMatchObject({ receipted: 2, erased: 2 });
    other.close();

    for (let at = 0; at < own.length; at += 37) {
      const forged = Buffer.from(own);
      forged[at]! ^= 1;
      writeFileSync(answers, forged);
      // The other's answers, and this file with one bit changed: at most what is still whole in it counts.
      const report = terminal.readBack(stick);
      const { waiting, held } = terminal.owed();
      expect(waiting + held + report.erased).toBeLessThanOrEqual(2);
    }
    writeFileSync(answers, own);
    terminal.readBack(stick);
    expect(terminal.owed()).toEqual({ waiting: 0, held: 0, refused: 0 });
  });

  it('counts the good frames of a stick that was damaged; the rest stays owed', async () => {
    for (let count = 0; count < 3; count += 1) terminal.keep();
    const { folder: path } = terminal.exportTo(stick);
    const file = join(stick, path!, 'entries.yzf');
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 0x40;
    writeFileSync(file, bytes);
    expect(await imported()).toMatchObject([{ damaged: 1, found: 3, held: 3, incomplete: ['entries.yzf'] }]);
    expect(terminal.readBack(stick)).toMatchObject({ receipted: 3 });
    expect(terminal.owed()).toEqual({ waiting: 1, held: 3, refused: 0 });
    terminal.exportTo(stick);
    await imported();
    terminal.readBack(stick);
    expect(terminal.owed()).toEqual({ waiting: 0, held: 4, refused: 0 });
    expect(await rowsOf('cases')).toBe(3);
  });

  it('of a revoked terminal waits in quarantine, receipted', async () => {
    terminal.keep();
    terminal.keep();
    terminal.exportTo(stick);
    await revokeTerminal(test.platform.context.store.db, terminal.terminalId, 1);
    expect(await imported()).toMatchObject([{ found: 3, held: 3, ofRevoked: 3 }]);
    expect([await rowsOf('cases'), await rowsOf('bodies')]).toEqual([0, 3]);
    expect(terminal.readBack(stick)).toMatchObject({ receipted: 3 });
  });

  it('carries a dead machine’s disk, by another that is enrolled, whichever copy can be read', async () => {
    terminal.keep(true);
    terminal.keep();
    // As a power cut leaves it: the log holds all of it.
    const dead = join(folder, 'dead');
    for (const name of ['data', 'mirror'])
      cpSync(join(folder, 'own', name), join(dead, name), { recursive: true });
    terminal.close();
    rmSync(join(folder, 'own'), { recursive: true });
    terminal = await enrolCarried(await test.platform.enrolmentCode(JINGLING), join(folder, 'own'));
    const who = ['--data', terminal.dataDir, '--mirror', terminal.mirrorDir];
    const at = (name: string) => join(dead, name);

    const whole = { entries: 3, files: 1, unreadable: 0, missingFiles: 0 };
    const both = await exportWith(who, ['--from', at('data'), '--from-mirror', at('mirror')], at('both'));
    expect(both).toMatchObject({ code: 0, value: { ...whole, database: 'own' } });
    const database = await exportWith(who, ['--from', at('data')], at('database'));
    expect(database).toMatchObject({ code: 0, value: { ...whole, database: 'own' } });

    rmSync(at('data/terminal.db-wal'));
    writeFileSync(at('data/terminal.db'), 'no database');
    const segment = at('mirror/journal/000001.yzf');
    truncateSync(segment, statSync(segment).size - 40);
    const mirror = await exportWith(
      who,
      ['--from', at('data'), '--from-mirror', at('mirror')],
      at('mirror-only'),
    );
    expect(mirror).toMatchObject({ code: 0, value: { ...whole, entries: 2, database: 'none' } });
    const bare = await exportWith(who, ['--from-mirror', at('mirror')], at('bare'));
    expect(bare).toMatchObject({ code: 1, value: { entries: 2, missingFiles: 1 } });

    for (const name of ['bare', 'mirror-only', 'database', 'both']) {
      stick = at(name);
      await imported();
    }
    expect([await rowsOf('cases'), await rowsOf('bodies'), await rowsOf('attachments')]).toEqual([2, 3, 1]);
  });

  it('reads answers back by the program too, and says what stands in its way', async () => {
    terminal.keep();
    const who = ['--data', terminal.dataDir, '--mirror', terminal.mirrorDir];
    mkdirSync(stick);
    const inUse = { code: 75, value: { code: 'in-use' } };
    expect(await run(['export', ...who, '--to', stick])).toMatchObject(inUse);
    expect(await run(['answers', ...who, stick])).toMatchObject(inUse);
    terminal.close();

    expect(await run(['export', ...who, '--to', stick])).toMatchObject({ code: 0, value: { entries: 2 } });
    expect(await run(['answers', ...who, stick])).toMatchObject({ code: 1, value: { folders: 0 } });
    await imported();
    await test.platform.backUpNow();
    await imported();
    const erased = { receipted: 2, erased: 2, ignored: 0, waiting: 0 };
    expect(await run(['answers', ...who, stick])).toMatchObject({ code: 0, value: erased });

    expect(await run(['export', ...who])).toMatchObject({ code: 64 });
    expect(await run(['import', ...who, stick])).toMatchObject({ code: 64 });
    expect(await run(['export', ...who, '--to', join(folder, 'no stick')])).toMatchObject({ code: 75 });
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const strange = ['--data', empty, '--mirror', empty];
    expect(await run(['answers', ...strange, stick])).toMatchObject({ code: 75, value: { code: 'no-key' } });
    const nothing = ['export', ...who, '--from', empty, '--to', stick];
    expect(await run(nothing)).toMatchObject({ code: 75, value: { code: 'no-journal' } });
    expect(readdirSync(empty)).toEqual([]);
    terminal.open();
    expect(terminal.owed()).toEqual({ waiting: 0, held: 0, refused: 0 });
  });

  /** Runs the program's export; checks that what it reads from is as it was. */
  async function exportWith(who: readonly string[], from: readonly string[], to: string) {
    mkdirSync(to, { recursive: true });
    const folders = from.filter((word) => !word.startsWith('--'));
    const before = folders.map(digestOf);
    const ran = await run(['export', ...who, ...from, '--to', to]);
    expect(folders.map(digestOf)).toEqual(before);
    expect(existsSync(join(terminal.dataDir, 'rescue-scratch'))).toBe(false);
    return ran;
  }
});

/** Names, sizes and contents of everything below a folder. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    hash.update(`${name}\n`);
    if (statSync(join(folder, name)).isFile()) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/** Runs the program; answers its exit code and what it printed. */
function run(words: readonly string[]) {
  const program = join(import.meta.dirname, '../../terminal/rescue/main.ts');
  return new Promise<{ code: number; value: unknown; errors: string }>((resolve) => {
    const child = execFile(process.execPath, [program, ...words], (_error, out, errors) => {
      const told = out === '' ? {} : (JSON.parse(out) as { value?: unknown; error?: unknown });
      resolve({ code: child.exitCode ?? -1, value: told.value ?? told.error, errors });
    });
  });
}
