import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { sqliteFile } from '../../base/node/sqlite.ts';
import { DEATHS, type Death } from '../testing/dying-terminal.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  contentOf,
  crash,
  findUnmirrored,
  folderParts,
  idOf,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
  receipt,
  release,
  SPECIMEN,
  specimenMemory,
} from '../testing/keeper-world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PROGRAM = new URL('../testing/dying-terminal.ts', import.meta.url).pathname;

/** Keeps a case in a process of its own that dies at `death`; tells whether it was said to be kept. */
function keepAndDie(name: string, death: Death): boolean {
  const run = spawnSync(process.execPath, [PROGRAM, folder, name, death], { encoding: 'utf8' });
  expect(run.signal, run.stderr).toBe('SIGKILL');
  return run.stdout === '{"ok":true}';
}

function filedIds(opened: ReturnType<typeof openEnrolled>): string[] {
  return parsed(offered(opened))
    .filter((entry) => contentOf(entry).kind === 'case.submitted')
    .map(({ header }) => toHex(header.entryId))
    .sort();
}

describe('a process killed inside keep', () => {
  it.each(DEATHS)('%s leaves the case there once, or not at all and never said', (death) => {
    const said = keepAndDie('a', death);
    const opened = openEnrolled(folderParts(folder));
    const isThere = !['inside-file', 'after-file', 'before-commit'].includes(death);
    expect(said).toBe(death === 'after-reply');
    expect(filedIds(opened)).toHaveLength(isThere ? 1 : 0);
    const files = opened.port.entriesWithFiles(BASIS).flatMap((entry) => entry.files);
    expect(files.map(({ hash }) => opened.port.readFile(hash).ok)).toEqual(isThere ? [true] : []);
    expect(nodeDisk(folder).list('attachments')).toEqual(files.map(({ hash }) => toHex(hash)));
    expect(specimenMemory(opened).cases()).toHaveLength(isThere ? 1 : 0);
    const again = opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    expect(again).toMatchObject({ ok: true, value: { repeated: isThere } });
    if (isThere) expect(again).toMatchObject({ value: { slipJobId: '1' } });
    expect(filedIds(opened)).toHaveLength(1);
    expect(opened.recovery.opened).toBeNull();
    const ids = filedIds(opened);
    opened.close();

    // The mirror alone tells the same.
    for (const file of readdirSync(folder)) if (file.startsWith('terminal.db')) rmSync(join(folder, file));
    const rebuilt = openEnrolled(folderParts(folder));
    expect(filedIds(rebuilt)).toEqual(ids);
    expect(specimenMemory(rebuilt).cases()).toHaveLength(1);
    rebuilt.close();
  });

  it('may die again and again', () => {
    for (const [index, death] of DEATHS.entries()) keepAndDie(String(index), death);
    const opened = openEnrolled(folderParts(folder));
    expect(
      specimenMemory(opened)
        .cases()
        .map(({ caseId }) => toHex(caseId)),
    ).toEqual([3, 4, 5, 6].map((index) => toHex(idOf(`case ${index}`))));
    expect(filedIds(opened)).toHaveLength(4);
    opened.close();
  });
});

describe('a power cut that hurts one copy', () => {
  it('loses nothing when the log is cut in half', () => {
    keepAndDie('a', 'after-reply');
    const kept = openEnrolled(folderParts(folder));
    for (const name of ['b', 'c', 'd']) kept.keeper.keep(caseWish(specimenMemory(kept), name));
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    kept.close();
    try {
      const log = join(copy, 'terminal.db-wal');
      truncateSync(log, readFileSync(log).length / 2);
      const opened = openEnrolled(folderParts(copy));
      expect(opened.recovery.fromMirror).toBeGreaterThan(0);
      expect(filedIds(opened)).toHaveLength(4);
      expect(specimenMemory(opened).cases()).toHaveLength(4);
      opened.close();
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

describe('a full disk', () => {
  it('of the database: nothing is written, and it goes on when there is room', () => {
    const path = join(folder, 'terminal.db');
    const tight = openEnrolled(folderParts(folder, { store: sqliteFile({ path, maxBytes: 320_000 }) }));
    const answers: (string | undefined)[] = [];
    for (let i = 0; i < 40; i++) {
      const kept = tight.keeper.keep(caseWish(specimenMemory(tight), String(i)));
      answers.push(kept.ok ? undefined : kept.error.code);
    }
    const keptCount = answers.indexOf('full');
    expect(keptCount).toBeGreaterThan(0);
    expect(answers.slice(keptCount).every((code) => code === 'full')).toBe(true);
    tight.close();
    const roomy = openEnrolled(folderParts(folder));
    expect(filedIds(roomy)).toHaveLength(keptCount);
    expect(specimenMemory(roomy).cases()).toHaveLength(keptCount);
    expect(roomy.recovery).toMatchObject({ doubt: null, toMirror: 0, fromMirror: 0 });
    expect(roomy.keeper.keep(caseWish(specimenMemory(roomy), 'later')).ok).toBe(true);
    roomy.close();
  });

  it.each(['full', 'io'] as const)(
    'of the mirror (%s): nothing is written, half a frame is taken back',
    (code) => {
      const parts = memoryParts();
      const opened = openEnrolled(parts);
      opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
      const files = parts.mirrorDisk.files();
      parts.mirrorDisk.onChange = (change) => {
        if (change.kind !== 'append') return undefined;
        change.tear(100);
        return { code, detail: 'made up' };
      };
      const wish = caseWish(specimenMemory(opened), 'b');
      expect(opened.keeper.keep(wish)).toMatchObject({ ok: false, error: { code } });
      expect(parts.mirrorDisk.files()).toEqual(files);
      expect(filedIds(opened)).toHaveLength(1);
      expect(specimenMemory(opened).cases()).toHaveLength(1);
      parts.mirrorDisk.onChange = () => undefined;
      expect(opened.keeper.keep(wish)).toMatchObject({ ok: true, value: { repeated: false } });
      crash(parts);
      const next = openEnrolled(parts);
      expect(next.recovery).toMatchObject({ doubt: null, toMirror: 0, fromMirror: 0 });
      expect(filedIds(next)).toHaveLength(2);
    },
  );
});

/** Every spelling in which a word may lie in a file. */
function spellings(word: string): readonly (readonly [string, Buffer])[] {
  const utf8 = Buffer.from(word, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    // Whatever stands before it moves base64 by up to two bytes: the middle is searched for.
    const text = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replaceAll('=', '');
    return [`base64+${shift}`, Buffer.from(text.slice(shift === 0 ? 0 : 4, -2))] as const;
  });
  // Less than six characters of base64 lie in sealed bytes by chance.
  const telling = base64.filter(([, needle]) => needle.length >= 6);
  return [
    ['utf8', utf8],
    ['utf16le', Buffer.from(word, 'utf16le')],
    ['utf16be', Buffer.from(word, 'utf16le').swap16()],
    ['gb18030', iconv.encode(word, 'gb18030')],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ...telling,
  ];
}

function filesWith(root: string, words: readonly string[]): string[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.flatMap((file) => {
    const bytes = readFileSync(join(file.parentPath, file.name));
    return words
      .flatMap(spellings)
      .filter(([, needle]) => bytes.includes(needle))
      .map(([spelling]) => `${file.name}: ${spelling}`);
  });
}

describe('what lies on the disk', () => {
  it('says nothing of who was here', () => {
    const opened = openEnrolled(folderParts(folder));
    const person = specimenMemory(opened);
    person.saveDraft(Buffer.from(`${SPECIMEN.name} ${SPECIMEN.number}`));
    person.noteUse(1);
    for (const name of ['a', 'b']) expect(opened.keeper.keep(caseWish(person, name)).ok).toBe(true);
    const entries = offered(opened);
    receipt(opened, entries);
    expect(opened.backUp().ok).toBe(true);
    const words = [SPECIMEN.name, SPECIMEN.number, 'old-age-allowance', '012345678901', '654321'];
    expect(filesWith(folder, words)).toEqual([]);
    opened.close();
    expect(filesWith(folder, words)).toEqual([]);
  });

  it('is searched by a search that bites', () => {
    const disk = folderParts(folder).disk;
    for (const [index, [spelling, bytes]] of spellings(SPECIMEN.name).entries()) {
      disk.writeDurably(
        `${index}.bin`,
        Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')]),
      );
      expect(filesWith(folder, [SPECIMEN.name])).toContain(`${index}.bin: ${spelling}`);
    }
    disk.writeDurably('log', Buffer.from(Buffer.from(`{"who":"${SPECIMEN.number}"}`).toString('base64')));
    expect(filesWith(folder, [SPECIMEN.number]).some((found) => found.startsWith('log: base64'))).toBe(true);
  });

  it('holds no body after its release: not in the database, its log, the mirror', () => {
    const opened = openEnrolled(folderParts(folder));
    opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    const entries = offered(opened).toSorted((a, b) => a.seq - b.seq);
    const bodies = parsed(entries).map(({ body }) => Buffer.from(body!.subarray(100, 164)));
    const lying = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .filter((file) =>
          bodies.some((body) => readFileSync(join(file.parentPath, file.name)).includes(body)),
        );
    expect(lying().length).toBeGreaterThan(1);
    receipt(opened, entries);
    expect(lying().length).toBeGreaterThan(1);
    release(opened, entries.at(-1)!);
    expect(lying().map(({ name }) => name)).toEqual([]);
    opened.close();
    const again = openEnrolled(folderParts(folder));
    expect(again.recovery).toMatchObject({ doubt: null, opened: null, fromMirror: 0, toMirror: 0 });
    again.close();
  });
});

describe('any history of cases, answers and deaths', () => {
  type Step = { readonly act: 'keep' | 'receipt' | 'release' | 'repeat' | 'backup'; readonly dieAt: number };
  const step: fc.Arbitrary<Step> = fc.record({
    act: fc.constantFrom('keep', 'keep', 'keep', 'receipt', 'release', 'repeat', 'backup'),
    dieAt: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 8 })),
  });
  const harms = fc.constantFrom('none', 'none', 'no-database', 'cut-database', 'no-mirror', 'torn-mirror');

  /** Arms the parts so that the `count`th write from now ends the program, before it, within it or after it. */
  function arm(parts: MemoryParts, count: number): void {
    let left = count;
    const point = () => {
      left -= 1;
      if (left === 0) throw new Error('killed');
    };
    parts.store.onCommit = point;
    parts.mirrorDisk.onChange = (change) => {
      point();
      if (left === 1 && change.kind === 'append') {
        change.tear(change.bytes.length - 1);
        throw new Error('killed');
      }
      return undefined;
    };
  }

  function harm(parts: MemoryParts, how: string): void {
    if (how === 'no-database') parts.store.putImage(undefined);
    if (how === 'cut-database') parts.store.putImage(parts.store.findImage()?.subarray(0, 20_000));
    if (how === 'no-mirror') parts.mirrorDisk.restore(new Map());
    if (how === 'torn-mirror') {
      const files = [...parts.mirrorDisk.files()];
      const last = files.findLast(([path]) => path.startsWith('journal/'));
      if (last) parts.mirrorDisk.restore(new Map([...files, [last[0], last[1].slice(0, -7)]]));
    }
  }

  it('keeps every case that was said to be kept, once, until it is released', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), harms, (steps, how) => {
        const parts = memoryParts();
        const said = new Map<string, string>();
        const held = new Set<string>();
        let opened = openEnrolled(parts);
        const restart = () => {
          crash(parts);
          opened = openEnrolled(parts);
        };
        steps.forEach(({ act, dieAt }, index) => {
          const name = act === 'repeat' ? String(Math.max(0, index - 1)) : String(index);
          if (dieAt > 0) arm(parts, dieAt);
          try {
            if (act === 'keep' || act === 'repeat') {
              const kept = opened.keeper.keep(caseWish(specimenMemory(opened), name));
              if (!kept.ok) throw new Error(kept.error.code);
              const entryId = toHex(kept.value.entryId);
              if (said.has(name) && said.get(name) !== entryId) throw new Error('doubled');
              said.set(name, entryId);
            } else if (act === 'backup') opened.backUp();
            else {
              const all = opened.port.nextBatch(
                { ...BASIS, epoch: idOf('x') },
                { entries: 100, bytes: 1e7 },
                () => false,
              );
              receipt(opened, all);
              for (const { entryId } of all) held.add(toHex(entryId));
              const last = all.toSorted((a, b) => a.seq - b.seq).at(-1);
              if (act === 'release' && last) release(opened, last);
            }
          } catch (error) {
            if (!(error instanceof Error) || error.message !== 'killed') throw error;
            restart();
          }
          crash(parts);
          opened = openEnrolled(parts);
        });
        crash(parts);
        harm(parts, how);
        opened = openEnrolled(parts);
        expect(findUnmirrored(parts)).toEqual([]);
        const all = opened.port.nextBatch(
          { ...BASIS, epoch: idOf('x') },
          { entries: 100, bytes: 1e7 },
          () => false,
        );
        const owed = all.map(({ entryId }) => toHex(entryId));
        expect(new Set(owed).size).toBe(owed.length);
        for (const [name, entryId] of said) {
          expect(owed.includes(entryId) || held.has(entryId), `case ${name}`).toBe(true);
        }
        // Each case is filed under one entry, whatever happened while it was kept.
        const filed = caseIdsIn(parsed(all));
        expect(new Set(filed).size).toBe(filed.length);
        crash(parts);
      }),
      { numRuns: 40 },
    );
  });
});
