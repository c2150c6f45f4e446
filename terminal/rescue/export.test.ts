import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { invariant } from '../../base/result.ts';
import { parseEntry } from '../../sync/formats/entry.ts';
import { readFrames } from '../../sync/formats/frame.ts';
import { rescueFormat } from '../../sync/formats/rescue.ts';
import { Mirror } from '../journal/mirror.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import {
  caseWish,
  crash,
  crypto,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
  receipt,
  release,
  SPECIMEN,
  specimenMemory,
  world,
} from '../testing/keeper-world.ts';
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts';
import { type ExportReport, exportRescue } from './export.ts';
import type { RescueSource } from './source.ts';
import { findRescues } from './stick.ts';

const SIGNER = { terminalId: world.terminalId, key: world.terminal };

function exported(source: RescueSource, stick: MemoryDisk) {
  const steps = exportRescue({ crypto, stick, source, signer: SIGNER, nowMs: () => 1 });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function done(source: RescueSource, stick: MemoryDisk): ExportReport {
  const result = exported(source, stick);
  invariant(result.ok, 'the stick takes it');
  return result.value;
}

/** A terminal that owes `count` cases, the first with a photograph; and an entry that opened its journal. */
function owing(count: number): { readonly parts: MemoryParts; readonly opened: OpenedKeeper } {
  const parts = memoryParts();
  const opened = openEnrolled(parts);
  for (let at = 0; at < count; at += 1) keep(opened, `case ${at}`, at === 0);
  return { parts, opened };
}

function keep(opened: OpenedKeeper, name: string, withPhotograph = false): void {
  const attachments = withPhotograph ? [{ mediaType: 'image/jpeg', bytes: crypto.randomBytes(300_000) }] : [];
  invariant(opened.keeper.keep(caseWish(specimenMemory(opened), name, { attachments })).ok, 'it is kept');
}

/** The entries in the only folder of a stick, by the hex of their ids, and whether its frames are all good. */
function entriesOn(stick: MemoryDisk, folder: string) {
  const file = stick.read(`${folder}/entries.yzf`);
  invariant(file.ok, 'there are entries');
  const events = [...readFrames(crypto, file.value)];
  return events.map((event) => {
    const entry = event.kind === 'frame' ? parseEntry(crypto, event.entryBytes) : undefined;
    invariant(event.kind === 'frame' && entry?.ok, 'every frame is good');
    expect(event.local).toBeNull();
    expect(entry.value.body).not.toBeNull();
    return toHex(entry.value.header.entryId);
  });
}

const idsOf = (opened: OpenedKeeper) =>
  parsed(offered(opened))
    .map(({ header }) => toHex(header.entryId))
    .sort();

describe('an export', () => {
  it('carries every owed entry and its files, sealed, under a signed manifest written last', () => {
    const { opened } = owing(3);
    const stick = createMemoryDisk();
    const written: string[] = [];
    stick.onChange = ({ path }) => void written.push(path);
    const report = done(opened.rescue, stick);
    expect(report).toMatchObject({ entries: 4, files: 1, unreadable: 0, missingFiles: 0, damaged: [] });
    const folder = report.folder!;
    expect(folder).toMatch(/^yizhan-rescue\/[0-9a-f]{32}$/);
    expect(entriesOn(stick, folder).sort()).toEqual(idsOf(opened));
    expect(written.at(-1)).toBe(`${folder}/manifest.cbor`);
    expect(findRescues(stick)).toEqual([{ path: folder, state: 'complete' }]);

    const bytes = stick.read(`${folder}/manifest.cbor`);
    const manifest = bytes.ok ? rescueFormat.parse(bytes.value) : undefined;
    invariant(manifest?.ok, 'the manifest can be read');
    expect(rescueFormat.isSignedBy(crypto, manifest.value, world.terminal.publicKey)).toBe(true);
    const { files, rescueId } = manifest.value.value;
    expect(folder.endsWith(toHex(rescueId))).toBe(true);
    for (const { name, bytes: size, hash } of files) {
      const file = stick.read(`${folder}/${name}`);
      invariant(file.ok, `${name} is there`);
      expect(file.value).toHaveLength(size);
      expect(crypto.sha256(file.value)).toEqual(hash);
    }
    expect(files.map(({ name }) => name.split('/')[0])).toEqual(['entries.yzf', 'attachments']);
    expect([...stick.files().keys()].filter((path) => path.endsWith('.part'))).toEqual([]);
    for (const file of stick.files().values()) {
      for (const secret of [SPECIMEN.name, SPECIMEN.number]) {
        expect(Buffer.from(file).includes(secret)).toBe(false);
      }
    }
  });

  it('changes nothing of the journal, and again is another folder', () => {
    const { parts, opened } = owing(2);
    const before = [parts.store.findImage(), parts.disk.files(), parts.mirrorDisk.files(), idsOf(opened)];
    for (const disk of [parts.disk, parts.mirrorDisk]) {
      disk.onChange = ({ path }) => expect.unreachable(`the export writes ${path}`);
    }
    parts.store.onCommit = () => expect.unreachable('the export commits');
    const stick = createMemoryDisk();
    const folders = [done(opened.rescue, stick).folder, done(opened.rescue, stick).folder];
    expect(new Set(folders).size).toBe(2);
    expect(findRescues(stick).map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect([parts.store.findImage(), parts.disk.files(), parts.mirrorDisk.files(), idsOf(opened)]).toEqual(
      before,
    );
  });

  it('goes on in small steps while the terminal works, and leaves out what is released', () => {
    const { opened } = owing(3);
    const entries = offered(opened);
    receipt(opened, entries);
    release(opened, entries.find(({ seq }) => seq === 3)!);
    const stick = createMemoryDisk();
    const steps = exportRescue({ crypto, stick, source: opened.rescue, signer: SIGNER, nowMs: () => 1 });
    expect(steps.next()).toEqual({ done: false, value: { entries: 1, of: 1 } });
    keep(opened, 'meanwhile');
    expect(steps.next()).toEqual({ done: false, value: { entries: 2, of: 1 } });
    const last = steps.next();
    invariant(last.done && last.value.ok, 'it is through');
    const rest = offered(opened, { epoch: world.epoch, keySetNumber: 2 });
    expect(entriesOn(stick, last.value.value.folder!)).toHaveLength(2);
    expect(rest).toHaveLength(1);
  });

  it('of nothing writes nothing', () => {
    const { opened } = owing(0);
    const entries = offered(opened);
    receipt(opened, entries);
    release(opened, entries.at(-1)!);
    const stick = createMemoryDisk();
    expect(done(opened.rescue, stick)).toMatchObject({ folder: null, entries: 0 });
    expect(stick.files().size).toBe(0);
  });

  it('to a stick that fills up says so and leaves nothing half said, wherever it ends', () => {
    const { opened } = owing(3);
    for (let room = 0; ; room += 1) {
      const stick = createMemoryDisk();
      let left = room;
      stick.onChange = ({ kind }) =>
        kind === 'remove' || left-- > 0 ? undefined : { code: 'full', detail: 'made up' };
      const result = exported(opened.rescue, stick);
      if (result.ok) break;
      expect(result.error.code).toBe('full');
      expect(findRescues(stick)).toEqual([]);
      expect([...stick.files().values()].every(({ length }) => length === 0)).toBe(true);
      expect(room).toBeLessThan(20);
    }
    expect(idsOf(opened)).toHaveLength(4);
  });

  it('that is broken off anywhere is known to be incomplete, and the next is whole', () => {
    const { opened } = owing(3);
    const stick = createMemoryDisk();
    for (let room = 0; ; room += 1) {
      let left = room;
      stick.onChange = ({ bytes, tear }) => {
        if (left-- > 0) return undefined;
        tear(Math.floor(bytes.length / 2));
        throw new Error('pulled');
      };
      const before = findRescues(stick).length;
      try {
        done(opened.rescue, stick);
        break;
      } catch {
        const found = findRescues(stick);
        expect(found.every(({ state }) => state === 'incomplete')).toBe(true);
        expect(found.length - before).toBeLessThanOrEqual(1);
      }
      expect(room).toBeLessThan(20);
    }
    const whole = findRescues(stick).filter(({ state }) => state === 'complete');
    expect(whole).toHaveLength(1);
    expect(entriesOn(stick, whole[0]!.path)).toHaveLength(4);
  });

  it('says that the stick cannot be written, and that a file is not as it was', () => {
    const { parts, opened } = owing(2);
    const stick = createMemoryDisk();
    stick.onChange = () => ({ code: 'io', detail: 'EROFS' });
    expect(exported(opened.rescue, stick)).toMatchObject({ ok: false, error: { code: 'io' } });
    stick.onChange = () => undefined;
    const path = `attachments/${parts.disk.list('attachments')[0]}`;
    parts.disk.restore(new Map([...parts.disk.files(), [path, new Uint8Array(9)]]));
    expect(done(opened.rescue, stick)).toMatchObject({ entries: 3, files: 0, missingFiles: 1 });
  });
});

describe('of the two copies', () => {
  it('either gives all', () => {
    const { opened } = owing(3);
    const { sql, mirror, readFile } = opened.rescue;
    for (const source of [
      { sql, mirror: undefined, readFile },
      { sql: undefined, mirror, readFile },
    ]) {
      const stick = createMemoryDisk();
      const report = done(source, stick);
      expect(report).toMatchObject({ entries: 4, files: 1, unreadable: 0 });
      expect(entriesOn(stick, report.folder!).sort()).toEqual(idsOf(opened));
    }
  });

  it('the mirror gives what the database holds changed, or does not hold any more', () => {
    const { parts, opened } = owing(3);
    const owed = offered(opened);
    const image = parts.store.findImage()!;
    const newer = 'kept after this state of the database';
    keep(opened, newer);
    const body = parsed(owed)[1]!.body!.slice(-64);
    crash(parts);
    const harmed = Buffer.from(image);
    // SQLite may have left a former place of it unused.
    for (let at = harmed.indexOf(body); at !== -1; at = harmed.indexOf(body)) harmed[at]! ^= 1;
    const sql = memorySqlStore().openImage(harmed);
    invariant(sql.ok, 'SQLite sees no flaw');
    const readFile = () => ({ ok: false, error: 'missing' }) as const;
    const mirror = new Mirror(parts.mirrorDisk, crypto);
    expect(done({ sql: sql.value, mirror, readFile }, createMemoryDisk())).toMatchObject({
      ...{ entries: 5, unreadable: 0, missingFiles: 1 },
    });
    const alone = { sql: sql.value, mirror: undefined, readFile };
    expect(done(alone, createMemoryDisk())).toMatchObject({ entries: 3, unreadable: 1 });
  });

  it('the mirror with bytes of no good frame gives the rest, and says so', () => {
    const { parts, opened } = owing(3);
    opened.close();
    const path = 'journal/000001.yzf';
    const bytes = parts.mirrorDisk.files().get(path)!;
    const source = () => ({
      ...{ sql: undefined, mirror: new Mirror(parts.mirrorDisk, crypto), readFile: opened.rescue.readFile },
    });
    parts.mirrorDisk.restore(new Map([[path, bytes.with(2_000, bytes[2_000]! ^ 1)]]));
    expect(done(source(), createMemoryDisk())).toMatchObject({ entries: 3, damaged: ['mirror'] });
    parts.mirrorDisk.restore(new Map([[path, bytes.subarray(0, -100)]]));
    expect(done(source(), createMemoryDisk())).toMatchObject({ entries: 3, damaged: [] });
  });
});
