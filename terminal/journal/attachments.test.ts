import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { systemRandom } from '../../base/node/random.ts';
import { err, invariant } from '../../base/result.ts';
import { contentAttachmentSchema } from '../../sync/contents.ts';
import { decryptAttachment } from '../../sync/formats/attachment.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import type { OfferedEntry } from '../../sync/ports.ts';
import type { AttachmentWish } from '../keeper.ts';
import type { OpenedKeeper } from '../open-keeper.ts';
import {
  BASIS,
  caseWish,
  contentOf,
  crash,
  crypto,
  folderParts,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  parsed,
  receipt,
  release,
} from '../testing/keeper-world.ts';

/** A photograph of a paper, as far as the journal knows: bytes. */
function photograph(name: string, length = 70_000): AttachmentWish {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    bytes.set(crypto.sha256(new TextEncoder().encode(`${name} ${at}`)).subarray(0, length - at), at);
  }
  return { mediaType: 'image/jpeg', bytes };
}

function keepWith(opened: OpenedKeeper, name: string, attachments: readonly AttachmentWish[]) {
  return opened.keeper.keep(caseWish(null, name, { attachments }));
}

/** Keeps a case with as many photographs; what is offered of it. */
function kept(opened: OpenedKeeper, name: string, count: number): OfferedEntry {
  const done = keepWith(
    opened,
    name,
    Array.from({ length: count }, (_, index) => photograph(`${name} ${index}`)),
  );
  invariant(done.ok, 'it is kept');
  return offered(opened).find(({ entryHash }) => toHex(entryHash) === toHex(done.value.entryHash))!;
}

/** The names of a terminal's files in memory. */
function filesOn({ disk }: MemoryParts): readonly string[] {
  return disk.list('attachments');
}

function namesIn(entries: readonly OfferedEntry[]): readonly string[] {
  return parsed(entries)
    .flatMap(({ header }) => header.attachments.map(({ hash }) => toHex(hash)))
    .sort();
}

describe('keeping a case with photographs', () => {
  it('encrypts each under a key of its own, and lists them in header and content alike', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-files-'));
    const opened = openEnrolled(folderParts(folder));
    const photographs = [photograph('front'), photograph('back', 10)];
    expect(keepWith(opened, 'a', photographs).ok).toBe(true);

    const [entry] = parsed(offered(opened)).filter(({ header }) => header.class === 1);
    const named = contentAttachmentSchema.array().parse(contentOf(entry!).attachments);
    expect(named.map(([hash, , , bytes]) => ({ hash, bytes }))).toEqual(entry!.header.attachments);
    expect(named.map(([, , mediaType]) => mediaType)).toEqual(['image/jpeg', 'image/jpeg']);
    expect(new Set(named.map(([, key]) => toHex(key))).size).toBe(2);
    for (const [index, [hash, key, , bytes]] of named.entries()) {
      const sealed = new Uint8Array(readFileSync(join(folder, 'attachments', toHex(hash))));
      expect(sealed).toHaveLength(bytes);
      expect(crypto.sha256(sealed)).toEqual(hash);
      expect(decryptAttachment(crypto, key, sealed)).toEqual({ ok: true, value: photographs[index]!.bytes });
    }

    opened.close();
    const clear = Buffer.from(photographs[0]!.bytes.subarray(0, 32));
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    for (const { parentPath, name } of paths) {
      expect(readFileSync(join(parentPath, name)).includes(clear)).toBe(false);
    }
    rmSync(folder, { recursive: true });
  });

  it('has them durable before the entry is written', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const seen: number[] = [];
    parts.store.onCommit = (when) => {
      if (when === 'before') seen.push(filesOn(parts).length);
    };
    kept(opened, 'a', 2);
    expect(seen).toEqual([2]);
  });

  it('writes nothing for a repeat', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    kept(opened, 'a', 1);
    const before = parts.disk.files();
    parts.disk.onChange = () => expect.unreachable('a repeat writes');
    expect(keepWith(opened, 'a', [photograph('other')])).toMatchObject({ value: { repeated: true } });
    expect(parts.disk.files()).toEqual(before);
  });

  it('overwrites the keys, kept or not', () => {
    const keys: Uint8Array[] = [];
    const random = {
      bytes(length: number) {
        const bytes = systemRandom.bytes(length);
        if (length === 32) keys.push(bytes);
        return bytes;
      },
    };
    const parts = memoryParts({ random });
    const opened = openEnrolled(parts);
    keys.splice(0);
    kept(opened, 'a', 2);
    parts.disk.onChange = ({ kind }) => (kind === 'write' ? { code: 'full', detail: 'on order' } : undefined);
    keepWith(opened, 'b', [photograph('b')]);
    expect(keys.map(toHex)).toEqual(Array(3).fill('00'.repeat(32)));
  });
});

describe('what cannot be kept', () => {
  const small = photograph('small', 100);
  const tooLarge = { mediaType: 'image/jpeg', bytes: new Uint8Array(LIMITS.attachmentBytes - 16) };

  it.each<[string, readonly AttachmentWish[], string]>([
    ['more than sixteen', Array(17).fill(small), 'too-large'],
    ['more than 8 MiB once encrypted', [small, tooLarge], 'too-large'],
  ])('says so of %s, and leaves no file', (_name, attachments, code) => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    expect(keepWith(opened, 'a', attachments)).toMatchObject({ ok: false, error: { code } });
    expect(filesOn(parts)).toEqual([]);
    expect(parsed(offered(opened)).filter(({ header }) => header.class === 1)).toEqual([]);
  });

  it('says so of content that is too large beside them, and leaves no file', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const content = { schema: 1, kind: 'case.submitted', words: '字'.repeat(100_000) };
    const wish = caseWish(null, 'a', { content, attachments: [small] });
    expect(opened.keeper.keep(wish)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(filesOn(parts)).toEqual([]);
  });

  it.each(['disk', 'mirrorDisk'] as const)('says so when the %s is full, and leaves no file', (which) => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    let writes = 0;
    parts[which].onChange = ({ kind }) => {
      if (kind === 'remove' || kind === 'truncate') return undefined;
      writes += 1;
      return which === 'mirrorDisk' || writes > 1 ? { code: 'full', detail: 'on order' } : undefined;
    };
    expect(keepWith(opened, 'a', [small, small])).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(filesOn(parts)).toEqual([]);
    parts[which].onChange = () => undefined;
    expect(keepWith(opened, 'a', [small, small])).toMatchObject({ ok: true, value: { repeated: false } });
    expect(filesOn(parts)).toHaveLength(2);
  });

  it('takes files back only when no lost end of the log can bring their entry back', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-files-'));
    const logSizes: number[] = [];
    let isFull = false;
    const parts = folderParts(folder);
    const { disk, mirrorDisk } = parts;
    const opened = openEnrolled({
      ...parts,
      disk: {
        ...disk,
        remove(path) {
          if (path.startsWith('attachments/')) logSizes.push(statSync(join(folder, 'terminal.db-wal')).size);
          return disk.remove(path);
        },
      },
      mirrorDisk: {
        ...mirrorDisk,
        appendDurably: (path, bytes) =>
          isFull ? err({ code: 'full', detail: 'on order' }) : mirrorDisk.appendDurably(path, bytes),
      },
    });
    isFull = true;
    expect(keepWith(opened, 'a', [small])).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(logSizes).toEqual([0]);
    opened.close();
    rmSync(folder, { recursive: true });
  });
});

it('leaves room on the disk for cases without photographs, and for what lets files go again', () => {
  const parts = memoryParts();
  const opened = openEnrolled(parts);
  parts.disk.freeBytes = 64 * 1024 * 1024 + 65_000;
  expect(keepWith(opened, 'a', [photograph('a', 100)])).toMatchObject({ error: { code: 'full' } });
  expect(filesOn(parts)).toEqual([]);
  expect(keepWith(opened, 'a', [])).toMatchObject({ ok: true });
  parts.disk.freeBytes += 600;
  expect(keepWith(opened, 'b', [photograph('b', 100)])).toMatchObject({ ok: true });
});

describe('files that are named', () => {
  it('stay until their entry is released, and go with it', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const [first, second] = [kept(opened, 'a', 2), kept(opened, 'b', 1)];
    receipt(opened, offered(opened));
    expect(filesOn(parts)).toEqual(namesIn([first, second]));
    release(opened, first);
    expect(filesOn(parts)).toEqual(namesIn([second]));
    release(opened, second);
    expect(filesOn(parts)).toEqual([]);
  });

  it('stay at a start, and whatever else lies there goes', () => {
    const parts = memoryParts();
    const entry = kept(openEnrolled(parts), 'a', 1);
    crash(parts);
    const [name] = namesIn([entry]);
    for (const orphan of ['ab'.repeat(32), `${name}.new`]) {
      parts.disk.writeDurably(`attachments/${orphan}`, new Uint8Array(8));
    }
    openEnrolled(parts);
    expect(filesOn(parts)).toEqual([name]);
  });

  it('are known again when the database is lost', () => {
    const parts = memoryParts();
    const entry = kept(openEnrolled(parts), 'a', 2);
    crash(parts);
    parts.store.putImage(undefined);
    const opened = openEnrolled(parts);
    expect(filesOn(parts)).toEqual(namesIn([entry]));
    const [named] = opened.port.entriesWithFiles(BASIS);
    expect(named?.files.map(({ hash }) => toHex(hash)).sort()).toEqual(namesIn([entry]));
    expect(opened.port.entriesWithFiles(BASIS)).toHaveLength(1);
    receipt(opened, offered(opened));
    expect(opened.port.entriesWithFiles(BASIS)).toEqual([]);
  });

  it('are missed by the full check, and by whoever reads them, when they are gone or changed', () => {
    const found: string[] = [];
    const parts = memoryParts({ onFileTrouble: (code) => found.push(code) });
    const opened = openEnrolled(parts);
    kept(opened, 'a', 3);
    const files = opened.port.entriesWithFiles(BASIS)[0]!.files;
    const pathOf = (index: number) => `attachments/${toHex(files[index]!.hash)}`;
    const onDisk = new Map(parts.disk.files());
    onDisk.set(
      pathOf(0),
      onDisk.get(pathOf(0))!.map((byte, at) => (at === 40 ? byte ^ 0xff : byte)),
    );
    onDisk.delete(pathOf(1));
    const lost = () => opened.port.readQueue(10).map(({ lostFiles }) => lostFiles);
    expect(lost().toSorted()).toEqual([0, 0]);
    parts.disk.restore(onDisk);
    expect(lost().toSorted()).toEqual([0, 1]);
    parts.clock.advance(60_000);
    expect(found.sort()).toEqual(['damaged', 'missing']);
    // A changed byte is seen by whoever reads the file; the page says so from then on.
    expect(lost().toSorted()).toEqual([0, 2]);
    expect(files.map(({ hash }) => opened.port.readFile(hash).ok)).toEqual([false, false, true]);
    expect(opened.port.readFile(files[0]!.hash)).toEqual({ ok: false, error: 'damaged' });
    expect(opened.port.readFile(files[1]!.hash)).toEqual({ ok: false, error: 'missing' });
  });

  it('may be unreadable for a while', () => {
    const parts = memoryParts();
    const read: MemoryParts['disk']['read'] = () => ({ ok: false, error: { code: 'io', detail: 'EIO' } });
    const opened = openEnrolled({ ...parts, disk: { ...parts.disk, read } });
    kept(opened, 'a', 1);
    const [file] = opened.port.entriesWithFiles(BASIS)[0]!.files;
    expect(opened.port.readFile(file!.hash)).toEqual({ ok: false, error: 'io' });
  });
});
