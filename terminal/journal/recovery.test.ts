import { describe, expect, it } from 'vitest';
import { concat, toHex } from '../../base/bytes.ts';
import { memorySqlStore } from '../../base/node/sqlite-memory.ts';
import { encodeContent } from '../../sync/contents.ts';
import { sealBody } from '../../sync/formats/body.ts';
import { type Entry, entryBytes, makeEntry } from '../../sync/formats/entry.ts';
import { makeFrame } from '../../sync/formats/frame.ts';
import { SAMPLE_MS } from '../../sync/formats/sample.ts';
import { openKeeper } from '../open-keeper.ts';
import { NEWEST_VERSION } from '../store/migrations.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  contentOf,
  crash,
  crypto,
  findUnmirrored,
  idOf,
  type MemoryParts,
  memoryParts,
  offered,
  open,
  openEnrolled,
  parsed,
  receipt,
  release,
  specimenMemory,
  world,
} from '../testing/keeper-world.ts';
import { Mirror } from './mirror.ts';

/** A terminal that has kept these cases of the specimen, crashed. */
function kept(...names: readonly string[]): MemoryParts {
  const parts = memoryParts();
  keepMore(parts, ...names);
  return parts;
}

function keepMore(parts: MemoryParts, ...names: readonly string[]): void {
  const opened = openEnrolled(parts);
  for (const name of names) {
    expect(opened.keeper.keep(caseWish(specimenMemory(opened), name)).ok).toBe(true);
  }
  crash(parts);
}

function segments(parts: MemoryParts): string[] {
  return [...parts.mirrorDisk.files().keys()].filter((path) => path.startsWith('journal/')).sort();
}

function change(parts: MemoryParts, path: string, edit: (bytes: Uint8Array) => Uint8Array | undefined): void {
  const files = new Map(parts.mirrorDisk.files());
  const edited = edit(files.get(path)!.slice());
  if (edited) files.set(path, edited);
  else files.delete(path);
  parts.mirrorDisk.restore(files);
}

/** The case ids of the specimen, and of what is offered, each exactly once. */
function expectAllThere(parts: MemoryParts, ...names: readonly string[]) {
  const opened = openEnrolled(parts);
  expect(findUnmirrored(parts)).toEqual([]);
  const cases = specimenMemory(opened).cases();
  expect(cases.map(({ caseId }) => toHex(caseId))).toEqual(names.map((name) => toHex(idOf(`case ${name}`))));
  const filed = parsed(offered(opened)).filter((entry) => contentOf(entry).kind === 'case.submitted');
  expect(filed.map(({ header }) => toHex(header.entryId)).sort()).toEqual(
    cases.map(({ entryId }) => toHex(entryId)).sort(),
  );
  for (const name of names) {
    const again = opened.keeper.keep(caseWish(specimenMemory(opened), name));
    expect(again).toMatchObject({ ok: true, value: { repeated: true } });
  }
  return opened;
}

describe('a start after a clean end', () => {
  it('does nothing', () => {
    const parts = kept('a', 'b');
    const before = parts.mirrorDisk.files();
    const opened = expectAllThere(parts, 'a', 'b');
    expect(opened.recovery).toMatchObject({
      ...{ origin: 'as-it-was', fromMirror: 0, toMirror: 0, damagedSegments: 0, doubt: null, opened: null },
      slipsUnknown: 2,
    });
    expect(parts.mirrorDisk.files()).toEqual(before);
  });

  it('makes every slip that was wanted unknown, and leaves the printed', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const a = opened.keeper.keep(caseWish(null, 'a'));
    const b = opened.keeper.keep(caseWish(null, 'b'));
    if (!a.ok || !b.ok) throw new Error('kept');
    opened.keeper.noteSlip(a.value.slipJobId!, 'printed');
    crash(parts);
    const { keeper } = openEnrolled(parts);
    expect(keeper.findSlip(a.value.entryId)?.state).toBe('printed');
    expect(keeper.findSlip(b.value.entryId)?.state).toBe('unknown');
    const copy = keeper.wantSlipCopy(b.value.entryId);
    expect(keeper.findSlip(b.value.entryId)).toEqual({ jobId: copy.jobId, state: 'wanted' });
  });
});

describe('a mirror that is behind', () => {
  it('is filled after a death between commit and append', () => {
    const parts = kept('a');
    const opened = openEnrolled(parts);
    parts.mirrorDisk.onChange = () => {
      throw new Error('killed');
    };
    expect(() => opened.keeper.keep(caseWish(specimenMemory(opened), 'b'))).toThrow('killed');
    crash(parts);
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ toMirror: 1, fromMirror: 0, opened: null });
    crash(parts);
    parts.store.putImage(undefined);
    expectAllThere(parts, 'a', 'b');
  });

  it.each([1, 7, 60, 800])('is filled after an append that was torn at byte %i', (count) => {
    const parts = kept('a');
    const opened = openEnrolled(parts);
    parts.mirrorDisk.onChange = (change) => {
      change.tear(count);
      throw new Error('killed');
    };
    expect(() => opened.keeper.keep(caseWish(specimenMemory(opened), 'b'))).toThrow('killed');
    crash(parts);
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ toMirror: 1, damagedSegments: 1, doubt: null });
    crash(parts);
    expect(openEnrolled(parts).recovery).toMatchObject({ toMirror: 0, damagedSegments: 0 });
    crash(parts);
    parts.store.putImage(undefined);
    expectAllThere(parts, 'a', 'b');
  });

  it('is filled when the whole of it is gone, and the head is in doubt', () => {
    const parts = kept('a', 'b');
    parts.mirrorDisk.restore(new Map());
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ toMirror: 3, doubt: 'mirror-missing', opened: 'mirror-missing' });
    crash(parts);
    parts.store.putImage(undefined);
    expectAllThere(parts, 'a', 'b');
  });

  it('is repaired where a byte of it changed', () => {
    const parts = kept('a', 'b', 'c');
    const [path] = segments(parts);
    change(parts, path!, (bytes) => bytes.fill(0xee, 3_000, 3_010));
    const next = expectAllThere(parts, 'a', 'b', 'c');
    expect(next.recovery).toMatchObject({ toMirror: 1, damagedSegments: 1, doubt: null });
    crash(parts);
    expect(openEnrolled(parts).recovery).toMatchObject({ toMirror: 0, damagedSegments: 0, doubt: null });
    crash(parts);
    parts.store.putImage(undefined);
    expectAllThere(parts, 'a', 'b', 'c');
  });

  it('is known by its segments again after both were put back to other days', () => {
    const parts = kept('a', 'b', 'c');
    const older = parts.store.findImage();
    change(parts, segments(parts)[0]!, (bytes) => bytes.fill(0xee, 3_000, 3_010));
    openEnrolled(parts);
    crash(parts);
    keepMore(parts, 'd');
    parts.store.putImage(older);
    expectAllThere(parts, 'a', 'b', 'c', 'd');
  });
});

describe('a database that is behind', () => {
  it('is filled with entries, repeats and rows, and the journal goes on', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b', 'c');
    parts.store.putImage(older);
    const next = expectAllThere(parts, 'a', 'b', 'c');
    expect(next.recovery).toMatchObject({ fromMirror: 2, toMirror: 0, doubt: null, opened: null });
    const more = next.keeper.keep(caseWish(specimenMemory(next), 'd'));
    expect(more.ok).toBe(true);
    expect(next.port.owedHeads().map(({ seq }) => seq)).toEqual([5]);
  });

  it('offers again, as a copy, the slip of a case that came from the mirror', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b');
    parts.store.putImage(older);
    const opened = openEnrolled(parts);
    const b = specimenMemory(opened).cases().at(-1)!;
    expect(opened.keeper.findSlip(b.entryId)?.state).toBe('unknown');
  });

  it('is in doubt when the mirror’s tail is torn too', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b', 'c');
    change(parts, segments(parts)[0]!, (bytes) => bytes.subarray(0, -5));
    parts.store.putImage(older);
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ fromMirror: 1, opened: 'mirror-torn' });
  });

  it('is in doubt when entries between are missing', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b', 'c');
    change(parts, segments(parts)[0]!, (bytes) => bytes.fill(0xee, 4_000, 4_010));
    parts.store.putImage(older);
    expect(openEnrolled(parts).recovery).toMatchObject({ fromMirror: 1, opened: 'gap' });
  });

  it('loses nobody’s case in a fork, and closes the journal', () => {
    const parts = kept('a');
    const [image, files] = [parts.store.findImage(), parts.mirrorDisk.files()];
    keepMore(parts, 'b');
    const branch = parts.mirrorDisk.files();
    parts.store.putImage(image);
    parts.mirrorDisk.restore(files);
    keepMore(parts, 'c');
    parts.mirrorDisk.restore(branch);
    const opened = openEnrolled(parts);
    expect(opened.recovery).toMatchObject({ opened: 'fork', fromMirror: 1, toMirror: 1 });
    const wanted = ['a', 'b', 'c'].map((name) => toHex(idOf(`case ${name}`))).sort();
    expect(caseIdsIn(parsed(offered(opened)))).toEqual(wanted);
    // A release of one branch erases nothing of the other.
    const twos = offered(opened).filter(({ seq }) => seq === 3);
    receipt(opened, offered(opened));
    expect(twos).toHaveLength(2);
    expect(release(opened, twos[0]!)).toBe(1);
    const heads = opened.port.owedHeads().map(({ entryHash }) => toHex(entryHash));
    expect(opened.port.countOwed(BASIS).held).toBe(2);
    expect(heads).toHaveLength(2);
  });
});

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

describe('an entry that supersedes another', () => {
  /** Appends to the mirror an entry of this terminal, as a later release of ours may make it. */
  function appendSuperseding(parts: MemoryParts, last: Entry, supersedes: Uint8Array): void {
    const { terminalId, journalId, bootId } = last.header;
    const body = sealBody(crypto, {
      ...{ terminalId, entryId: idOf('successor'), sealPublicKey: world.sealing.publicKey },
      ...{ content: encodeContent({ schema: 1, kind: 'case.submitted' }), acts: [] },
    });
    if (!body.ok) throw new Error('seals');
    const made = makeEntry(
      crypto,
      world.terminal,
      {
        ...{
          terminalId,
          journalId,
          bootId,
          seq: last.header.seq + 1,
          prev: last.entryHash,
          class: 1 as const,
        },
        ...{
          attachments: [],
          supersedes,
          wallMs: SAMPLE_MS,
          clock: last.header.clock,
          monoMs: 1,
          software: 'x',
        },
      },
      body.value,
    );
    if (!made.ok) throw new Error('makes');
    new Mirror(parts.mirrorDisk, crypto).append(made.value, null);
  }

  it('stops the offering of the earlier once it is held, and closes it when it is closed', () => {
    const parts = kept('a');
    const first = openEnrolled(parts);
    const a = offered(first).find(({ seq }) => seq === 2)!;
    receipt(first, [a], 4);
    crash(parts);
    appendSuperseding(parts, parsed([a])[0]!, a.entryId);
    const opened = openEnrolled(parts);
    const later = { ...BASIS, keySetNumber: 2 };
    const seqs = () => offered(opened, later).map(({ seq }) => seq);
    expect(seqs()).toEqual([2, 3, 1]);
    const successor = offered(opened).find(({ seq }) => seq === 3)!;
    receipt(opened, [successor]);
    expect(seqs()).toEqual([1]);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 1, held: 1, refused: 1 });
    expect(release(opened, successor, 3)).toBe(1);
    expect(opened.port.countOwed(BASIS)).toEqual({ waiting: 1, held: 0, refused: 0 });
    expect(opened.keeper.entryState(a.entryId)).toBe('delivered');
  });
});

describe('frames that are not this terminal’s', () => {
  it('are not taken when the own key did not sign them', () => {
    const parts = kept('a');
    const older = parts.store.findImage();
    keepMore(parts, 'b');
    const entry = parsed(offered(openEnrolled(parts))).find(({ header }) => header.seq === 3)!;
    crash(parts);
    const forged = { ...entry, signature: entry.signature.slice().fill(1) };
    change(parts, segments(parts)[0]!, (bytes) => {
      const frame = makeFrame(crypto, entryBytes(entry), null);
      const at = Buffer.from(bytes).lastIndexOf('YZF1');
      expect(bytes.length - at).toBeGreaterThan(frame.length);
      return concat(bytes.subarray(0, at), makeFrame(crypto, entryBytes(forged), null));
    });
    parts.store.putImage(older);
    const opened = openEnrolled(parts);
    expect(opened.recovery.fromMirror).toBe(0);
    expect(offered(opened).map(({ seq }) => seq)).not.toContain(3);
  });
});
