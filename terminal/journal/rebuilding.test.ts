import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { openKeeper } from '../open-keeper.ts';
import { NEWEST_VERSION } from '../store/migrations.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  crash,
  idOf,
  offered,
  open,
  openEnrolled,
  parsed,
  receipt,
  release,
  specimenMemory,
} from '../testing/keeper-world.ts';
import { change, expectAllThere, keepMore, kept } from '../testing/kept.ts';

describe('a database that is lost', () => {
  it('is rebuilt from the mirror when it is missing, enrolment and all', () => {
    const parts = kept('a', 'b');
    parts.store.putImage(undefined);
    const opened = open(parts);
    expect(opened.findEnrolment()?.origin).toBe('https://example.invalid');
    expect(opened.recovery).toMatchObject({ origin: 'empty', fromMirror: 3, opened: 'restored' });
    crash(parts);
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ origin: 'as-it-was', opened: null });
    const opening = parsed(offered(next)).find(({ header }) => header.seq === 1 && header.class === 2);
    expect(opening).toBeDefined();
  });

  it.each<[string, (image: Uint8Array) => Uint8Array]>([
    ['cut in half', (image) => image.slice(0, image.length / 2)],
    ['overwritten', (image) => image.fill(0xee)],
    ['with a broken schema', (image) => image.fill(0xee, 100, 4_096)],
  ])('is set aside %s, kept, and rebuilt', (_name, harm) => {
    const parts = kept('a', 'b');
    const harmed = harm(parts.store.findImage()!.slice());
    parts.store.putImage(harmed);
    const opened = open(parts);
    expect(opened.recovery).toMatchObject({ origin: 'empty', opened: 'restored' });
    expect(parts.store.aside.get(opened.recovery.setAside!)).toEqual(harmed);
    crash(parts);
    expectAllThere(parts, 'a', 'b');
  });

  it('is set aside at the next start when damage shows only while running', () => {
    const parts = kept('a', 'b');
    const image = parts.store.findImage()!.slice();
    const body = offered(openEnrolled(parts))[0]!.entryBytes.slice(-64);
    crash(parts);
    const at = Buffer.from(image).indexOf(Buffer.from(body.subarray(0, 32)));
    expect(at).toBeGreaterThan(0);
    image[at] = image[at]! ^ 1;
    parts.store.putImage(image);
    const damage: string[] = [];
    const opened = open({ ...parts, onDamage: (found) => damage.push(found.at) });
    expect(opened.recovery.origin).toBe('as-it-was');
    parts.clock.advance(60_000);
    expect(damage).toEqual(['body']);
    crash(parts);
    const next = open(parts);
    expect(next.recovery).toMatchObject({ origin: 'empty', opened: 'restored' });
    expect(parts.store.aside.size).toBe(1);
    crash(parts);
    expectAllThere(parts, 'a', 'b');
    parts.clock.advance(60_000);
    expect(damage).toHaveLength(1);
  });

  it('comes back from the newest whole backup, and the mirror brings what came after', () => {
    const parts = kept('a');
    const first = openEnrolled(parts);
    const entries = offered(first).toSorted((a, b) => a.seq - b.seq);
    receipt(first, entries);
    release(first, entries.at(-1)!);
    expect(first.backUp().ok).toBe(true);
    crash(parts);
    keepMore(parts, 'b');
    parts.store.putImage(parts.store.findImage()!.slice(0, 9_000));
    const opened = openEnrolled(parts);
    expect(opened.recovery).toMatchObject({ origin: 'backup', fromMirror: 1, opened: 'restored' });
    // Of a released case the mirror has nothing left: only the backup remembers it.
    expect(specimenMemory(opened).cases()).toHaveLength(2);
    expect(opened.keeper.keep(caseWish(specimenMemory(opened), 'a'))).toMatchObject({
      value: { repeated: true },
    });
  });

  it('does not hide what the mirror brings back behind what is lost', () => {
    const parts = kept('a', 'b');
    const first = openEnrolled(parts);
    const entries = offered(first).toSorted((a, b) => a.seq - b.seq);
    receipt(first, entries);
    release(first, entries.at(-1)!);
    crash(parts);
    keepMore(parts, 'c');
    // No backup yet: the rows of what was released were in the database alone.
    parts.store.putImage(undefined);
    const opened = openEnrolled(parts);
    expect(opened.recovery.origin).toBe('empty');
    expect(specimenMemory(opened).cases()).toHaveLength(1);
    opened.keeper.keep(caseWish(specimenMemory(opened), 'd'));
    expect(specimenMemory(opened).cases()).toHaveLength(2);
  });

  it('can be released although headers are missing between its backup and its mirror', () => {
    const parts = kept('a');
    const first = openEnrolled(parts);
    expect(first.backUp().ok).toBe(true);
    for (const name of ['b', 'c']) first.keeper.keep(caseWish(specimenMemory(first), name));
    const entries = offered(first).toSorted((a, b) => a.seq - b.seq);
    receipt(first, entries);
    release(first, entries.at(-1)!);
    crash(parts);
    keepMore(parts, 'd');
    parts.store.putImage(undefined);
    const opened = open(parts);
    expect(opened.recovery).toMatchObject({ origin: 'backup', fromMirror: 2, opened: 'restored' });
    const all = offered(opened);
    receipt(opened, all);
    expect(release(opened, all.find(({ seq }) => seq === 5)!)).toBe(1);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 0, held: 1, refused: 0 });
  });

  it('knows nothing rather than something wrong when its second copy is damaged too', () => {
    const parts = kept('a');
    parts.store.putImage(undefined);
    change(parts, 'identity.yz', (bytes) => {
      // Within the salt: only the check can tell.
      bytes[10] = bytes[10]! ^ 1;
      return bytes;
    });
    const opened = open(parts);
    expect(opened.findEnrolment()).toBeUndefined();
    expect(opened.keeper.keep(caseWish(null, 'b'))).toMatchObject({ error: { code: 'not-enrolled' } });
    crash(parts);
    const enrolled = openEnrolled(parts);
    expect(caseIdsIn(parsed(offered(enrolled)))).toEqual([toHex(idOf('case a'))]);
  });

  it('can be released although headers are missing that were closed before', () => {
    const parts = kept('a', 'b');
    const first = openEnrolled(parts);
    const entries = offered(first).toSorted((a, b) => a.seq - b.seq);
    receipt(first, entries);
    release(first, entries.at(-1)!);
    crash(parts);
    keepMore(parts, 'c');
    parts.store.putImage(undefined);
    const opened = open(parts);
    const [c] = offered(opened).filter(({ seq }) => seq === 4);
    receipt(opened, offered(opened));
    expect(release(opened, c!, 1)).toBe(1);
    expect(opened.port.countOwed(BASIS).held).toBe(1);
  });

  it('of the future is refused and left as it is', () => {
    const parts = kept('a');
    const store = memorySqlStore();
    store.putImage(parts.store.findImage());
    const sql = store.open();
    if (!sql.ok) throw new Error('opens');
    sql.value.runScript(`PRAGMA user_version = ${NEWEST_VERSION + 1}`);
    sql.value.close();
    const image = store.findImage()!;
    parts.store.putImage(image);
    const files = parts.mirrorDisk.files();
    const opened = openKeeper(parts);
    expect(opened).toMatchObject({ ok: false, error: { code: 'store', trouble: { code: 'future' } } });
    expect(parts.store.findImage()).toEqual(image);
    expect(parts.mirrorDisk.files()).toEqual(files);
    expect(parts.store.aside.size).toBe(0);
  });
});
