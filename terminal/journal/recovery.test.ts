import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { SqlFailure } from '../../base/sql.ts';
import {
  BASIS,
  caseIdsIn,
  caseWish,
  crash,
  findUnmirrored,
  idOf,
  memoryParts,
  offered,
  open,
  openEnrolled,
  parsed,
  receipt,
  release,
  SAMPLE_TRUST,
  specimenMemory,
  world,
} from '../testing/keeper-world.ts';
import { change, expectAllThere, keepMore, kept, segments } from '../testing/kept.ts';

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
    if (!copy.ok) throw new Error('wanted');
    expect(keeper.findSlip(b.value.entryId)).toEqual({ jobId: copy.value.jobId, state: 'wanted' });
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

  it('is repaired while the terminal works where a start does not look', () => {
    const parts = kept('a', 'b', 'c');
    const [path] = segments(parts);
    change(parts, path!, (bytes) => bytes.fill(0xee, 3_000, 3_010));
    keepMore(parts);
    // A newer segment begins: a start looks at its end alone.
    expect(segments(parts)).toHaveLength(2);
    change(parts, path!, (bytes) => bytes.fill(0xee, bytes.length - 300));
    const opened = openEnrolled(parts);
    expect(opened.recovery).toMatchObject({ toMirror: 0, damagedSegments: 0, doubt: null });
    expect(findUnmirrored(parts)).toHaveLength(1);
    parts.clock.advance(60_000);
    expect(findUnmirrored(parts)).toEqual([]);
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

it('that has no room for the first entry of a journal has the journal opened later, and nothing kept before', () => {
  const parts = memoryParts();
  const opened = open(parts);
  parts.mirrorDisk.onChange = ({ kind }) =>
    kind === 'append' ? { code: 'full', detail: 'made up' } : undefined;
  const wish = { origin: 'https://example.invalid', certBytes: world.certBytes, trust: SAMPLE_TRUST };
  expect(opened.enrol(wish)).toMatchObject({ ok: false });
  expect(opened.keeper.keep(caseWish(null, 'a'))).toMatchObject({
    ok: false,
    error: { code: 'not-enrolled' },
  });
  parts.mirrorDisk.onChange = () => undefined;
  expect(opened.enrol(wish)).toMatchObject({ ok: true });
  expect(opened.keeper.keep(caseWish(null, 'a'))).toMatchObject({ ok: true });
  expect(parsed(offered(opened)).map(({ header }) => header.seq)).toEqual([2, 1]);
  crash(parts);
  expect(findUnmirrored(parts)).toEqual([]);
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

it('that has no room, beside a database that has none to take the entry back, gets it before any other', () => {
  const parts = memoryParts();
  const opened = open(parts);
  const full = { code: 'full', detail: 'made up' } as const;
  parts.mirrorDisk.onChange = ({ kind }) => {
    if (kind !== 'append') return undefined;
    // From the moment the mirror refuses, the database does too.
    parts.store.onCommit = (when) => {
      if (when === 'before') throw new SqlFailure(full);
    };
    return full;
  };
  const wish = { origin: 'https://example.invalid', certBytes: world.certBytes, trust: SAMPLE_TRUST };
  expect(opened.enrol(wish)).toMatchObject({ ok: false });
  parts.mirrorDisk.onChange = () => undefined;
  parts.store.onCommit = () => {};
  expect(opened.enrol(wish)).toMatchObject({ ok: true });
  expect(opened.keeper.keep(caseWish(null, 'a'))).toMatchObject({ ok: true });
  expect(findUnmirrored(parts)).toEqual([]);
});
