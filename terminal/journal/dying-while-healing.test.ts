import { describe, expect, it } from 'vitest';
import { equalBytes, toHex } from '../../base/bytes.ts';
import { openKeeper } from '../open-keeper.ts';
import { caseWish, crash, type MemoryParts, offered, open, specimenMemory } from '../testing/keeper-world.ts';
import { expectAllThere, kept } from '../testing/kept.ts';

class Dead extends Error {}

/** Dies at the `n`th write from now; answers whether that many came. */
function openAndDie(parts: MemoryParts, n: number): boolean {
  let left = n;
  const pass = () => {
    left -= 1;
    if (left === 0) throw new Dead();
    return undefined;
  };
  parts.store.onCommit = pass;
  parts.disk.onChange = pass;
  parts.mirrorDisk.onChange = pass;
  try {
    openKeeper(parts);
  } catch (error) {
    if (!(error instanceof Dead)) throw error;
  }
  parts.store.onCommit = () => {};
  parts.disk.onChange = () => undefined;
  parts.mirrorDisk.onChange = () => undefined;
  crash(parts);
  return left <= 0;
}

/** Two cases, in a journal that a backup knows and a newer one that only the mirror and the database know. */
function keptInTwoJournals(): MemoryParts {
  const parts = kept('a', 'b');
  expect(open(parts).backUp().ok).toBe(true);
  crash(parts);
  parts.mirrorDisk.restore(new Map());
  open(parts);
  crash(parts);
  return parts;
}

const HURTS: readonly (readonly [string, () => MemoryParts, (parts: MemoryParts) => void])[] = [
  ['a lost database', () => kept('a', 'b'), (parts) => parts.store.putImage(undefined)],
  ['a lost mirror', () => kept('a', 'b'), (parts) => parts.mirrorDisk.restore(new Map())],
  ['a database from a backup', keptInTwoJournals, (parts) => parts.store.putImage(undefined)],
];

function journalsOf(opened: ReturnType<typeof open>): ReadonlySet<string> {
  return new Set(offered(opened).map(({ journalId }) => toHex(journalId)));
}

describe.each(HURTS)('a terminal that dies while it heals %s', (_name, make, hurt) => {
  it('still opens a new journal, and has both copies whole, wherever it died', () => {
    let deaths = 0;
    for (let n = 1; ; n++) {
      const parts = make();
      const former = journalsOf(open(parts));
      crash(parts);
      hurt(parts);
      if (!openAndDie(parts, n)) break;
      deaths += 1;

      const opened = open(parts);
      const filed = opened.keeper.keep(caseWish(specimenMemory(opened), 'c'));
      const entry = offered(opened).find(
        ({ entryId }) => filed.ok && equalBytes(entryId, filed.value.entryId),
      );
      expect(former).not.toContain(toHex(entry!.journalId));
      expect(journalsOf(opened).size).toBe(former.size + 1);
      crash(parts);
      parts.store.putImage(undefined);
      expectAllThere(parts, 'a', 'b', 'c');
    }
    expect(deaths).toBeGreaterThan(8);
  });
});

/** The next append sticks with its first `part` of bytes, and the terminal dies there. */
function dieInAppend(parts: MemoryParts, part: number, work: () => unknown): void {
  parts.mirrorDisk.onChange = (change) => {
    if (change.kind !== 'append') return undefined;
    change.tear(Math.floor(change.bytes.length * part));
    throw new Dead();
  };
  expect(work).toThrow(Dead);
  crash(parts);
}

describe('a terminal that dies just after it gave an entry back to the mirror', () => {
  it('knows in which segment it is, and does not drop it', () => {
    const parts = kept('a');
    const opened = open(parts);
    dieInAppend(parts, 0.5, () => opened.keeper.keep(caseWish(specimenMemory(opened), 'b')));
    dieInAppend(parts, 1, () => openKeeper(parts));
    const next = expectAllThere(parts, 'a', 'b');
    expect(next.recovery).toMatchObject({ fromMirror: 0, toMirror: 0, opened: null });
    crash(parts);
    parts.store.putImage(undefined);
    expectAllThere(parts, 'a', 'b');
  });
});
