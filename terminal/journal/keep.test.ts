import { describe, expect, it } from 'vitest';
import {
  caseWish,
  contentOf,
  crash,
  memoryParts,
  offered,
  open,
  openEnrolled,
  parsed,
  receipt,
  release,
  specimenMemory,
} from '../testing/keeper-world.ts';

describe('keep', () => {
  it('keeps once, remembers, owes a slip, and answers a repeat with the first answer', () => {
    const parts = memoryParts();
    const opened = openEnrolled(parts);
    const person = specimenMemory(opened);
    const kept = opened.keeper.keep(caseWish(person, 'a'));
    expect(kept).toMatchObject({ ok: true, value: { repeated: false, slipJobId: '1' } });
    if (!kept.ok) return;
    const again = opened.keeper.keep(caseWish(person, 'a'));
    expect(again).toEqual({ ok: true, value: { ...kept.value, repeated: true } });
    expect(person.cases()).toHaveLength(1);
    const entries = parsed(offered(opened));
    expect(entries.map(({ header }) => [header.seq, header.class])).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(contentOf(entries[0]!)).toMatchObject({ kind: 'case.submitted' });
    expect(opened.keeper.entryState(kept.value.entryId)).toBe('kept');
    receipt(opened, offered(opened));
    expect(opened.keeper.entryState(kept.value.entryId)).toBe('delivered');
    expect(offered(opened)).toEqual([]);
  });

  it('keeps nothing before enrolment', () => {
    const opened = open(memoryParts());
    const kept = opened.keeper.keep(caseWish(null, 'a'));
    expect(kept).toMatchObject({ ok: false, error: { code: 'not-enrolled' } });
    expect(opened.recovery.opened).toBeNull();
  });

  it('is there after a crash, and is healed into the mirror', () => {
    const parts = memoryParts();
    const first = openEnrolled(parts);
    first.keeper.keep(caseWish(specimenMemory(first), 'a'));
    const files = parts.mirrorDisk.files();
    first.keeper.keep(caseWish(specimenMemory(first), 'b'));
    crash(parts);
    const whole = parts.mirrorDisk.files();
    parts.mirrorDisk.restore(files);
    const second = openEnrolled(parts);
    expect(second.recovery).toMatchObject({ toMirror: 1, fromMirror: 0, doubt: null, opened: null });
    expect(parts.mirrorDisk.files()).toEqual(whole);
    expect(offered(second)).toHaveLength(3);
    const all = offered(second);
    receipt(second, all);
    expect(release(second, all[1]!)).toBe(1);
    expect(second.port.owedHeads()).toEqual([]);
  });
});
