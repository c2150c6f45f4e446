import { describe, expect, it } from 'vitest';
import {
  caseWish,
  crash,
  type MemoryParts,
  memoryParts,
  offered,
  openEnrolled,
  specimenMemory,
} from '../testing/keeper-world.ts';

const HOUR_MS = 3_600_000;

const names = (parts: MemoryParts) => parts.disk.list('backups');

describe('backups', () => {
  it('are made once a day, and none is older than two days', () => {
    const parts = memoryParts();
    openEnrolled(parts);
    parts.clock.advance(2 * HOUR_MS);
    expect(names(parts)).toEqual(['terminal-000001.db']);
    parts.clock.advance(24 * HOUR_MS);
    expect(names(parts)).toEqual(['terminal-000001.db', 'terminal-000002.db']);
    parts.clock.advance(24 * HOUR_MS);
    expect(names(parts)).toEqual(['terminal-000002.db', 'terminal-000003.db']);
    crash(parts);
    openEnrolled(parts);
    parts.clock.advance(2 * HOUR_MS);
    expect(names(parts)).toEqual(['terminal-000003.db', 'terminal-000004.db']);
  });

  it('count only when they read as they should; the ones before stay', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    expect(opened.backUp().ok).toBe(true);
    const good = parts.disk.files();
    const { writeDurably } = parts.disk;
    parts.disk.writeDurably = (path, bytes) => writeDurably(path, bytes.slice(0, -4_096));
    expect(opened.backUp()).toMatchObject({ ok: false, error: { code: 'unverified' } });
    expect(parts.disk.files()).toEqual(good);
    parts.disk.writeDurably = () => ({ ok: false, error: { code: 'full', detail: 'made up' } });
    expect(opened.backUp()).toMatchObject({ ok: false, error: { code: 'full' } });
    expect(parts.disk.files()).toEqual(good);
  });

  it('that are damaged are passed over for the one before', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    opened.keeper.keep(caseWish(specimenMemory(opened), 'a'));
    const body = offered(opened)[0]!.entryBytes.slice(-64, -32);
    opened.backUp();
    opened.keeper.keep(caseWish(specimenMemory(opened), 'b'));
    opened.backUp();
    crash(parts);
    parts.store.putImage(undefined);
    parts.mirrorDisk.restore(
      new Map([...parts.mirrorDisk.files()].filter(([path]) => path === 'identity.yz')),
    );
    const files = new Map(parts.disk.files());
    const newest = files.get('backups/terminal-000002.db')!;
    // Inside a body, where SQLite sees no flaw.
    const harmed = newest.slice();
    const at = Buffer.from(harmed).indexOf(Buffer.from(body));
    harmed[at] = harmed[at]! ^ 1;
    files.set('backups/terminal-000002.db', harmed);
    parts.disk.restore(files);
    const next = openEnrolled(parts);
    expect(next.recovery.origin).toBe('backup');
    expect(specimenMemory(next).cases()).toHaveLength(1);
  });
});
