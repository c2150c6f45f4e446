import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { lengthen, rangesOf, type SafeHeader } from './releases.ts';

/** A chain with one branch: entries 1 … length, and from `at` on a second line of `extra` entries. */
function branched(length: number, at: number, extra: number): SafeHeader[] {
  const name = (branch: number, seq: number) => Uint8Array.of(branch, seq);
  const main = Array.from({ length }, (_, index) => ({
    entryHash: name(0, index + 1),
    prev: name(0, index),
    seq: index + 1,
  }));
  const side = Array.from({ length: extra }, (_, index) => ({
    entryHash: name(1, at + index + 1),
    prev: index === 0 ? name(0, at) : name(1, at + index),
    seq: at + index + 1,
  }));
  return [...main, ...side];
}

describe('ranges to release', () => {
  it('cover exactly the headers that are there, each linked to the next', () => {
    const shape = fc.record({
      length: fc.integer({ min: 1, max: 25 }),
      at: fc.integer({ min: 1, max: 25 }),
      extra: fc.integer({ min: 0, max: 10 }),
      lost: fc.uniqueArray(fc.integer({ min: 0, max: 34 })),
    });
    fc.assert(
      fc.property(shape, ({ length, at, extra, lost }) => {
        const all = branched(length, Math.min(at, length), extra);
        const headers = all.filter((_, index) => !lost.includes(index));
        const byHash = new Map(headers.map((header) => [toHex(header.entryHash), header]));
        const covered = new Set<string>();
        for (const { from, to, hashAtTo } of rangesOf(headers)) {
          let header = byHash.get(toHex(hashAtTo));
          for (let seq = to; seq >= from; seq -= 1) {
            expect(header?.seq).toBe(seq);
            covered.add(toHex(header!.entryHash));
            if (seq > from) header = byHash.get(toHex(header!.prev!));
          }
        }
        expect(covered).toEqual(new Set(byHash.keys()));
      }),
    );
  });

  it('do not reach over a link that leaps', () => {
    const [first, second] = branched(2, 1, 0);
    const leaping = { ...second!, seq: 7 };
    const ranges = rangesOf([first!, leaping]).map(({ from, to }) => [from, to]);
    expect(ranges).toEqual([
      [1, 1],
      [7, 7],
    ]);
  });

  it('give each branch of a fork whole', () => {
    const ranges = rangesOf(branched(3, 2, 2)).map(({ from, to, hashAtTo }) => [from, to, toHex(hashAtTo)]);
    expect(ranges).toEqual([
      [1, 3, '0003'],
      [1, 4, '0104'],
    ]);
  });
});

describe('a safe line', () => {
  const START = { lineSeq: 0, lineHash: null };

  it('grows alike in one piece and in many, and ends where a hole, a leap or a fork begins', () => {
    const shape = fc.record({
      at: fc.integer({ min: 1, max: 18 }),
      extra: fc.integer({ min: 0, max: 2 }),
      lost: fc.option(fc.integer({ min: 1, max: 20 }), { nil: 99 }),
      cut: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(shape, ({ at, extra, lost, cut }) => {
        const headers = branched(20, at, extra)
          .filter(({ seq }) => seq !== lost)
          .sort((a, b) => a.seq - b.seq);
        const whole = lengthen(START, headers);
        const part = lengthen(
          START,
          headers.filter(({ seq }) => seq <= cut),
        );
        const rest = lengthen(
          part,
          headers.filter(({ seq }) => seq > part.lineSeq),
        );
        expect(rest).toEqual(whole);
        expect(whole.lineSeq).toBe(Math.min(lost - 1, extra > 0 ? at : 20));
      }),
    );
  });

  it('does not go on over a link that names another entry', () => {
    const [first, second] = branched(2, 1, 0);
    const elsewhere = { ...second!, prev: Uint8Array.of(9, 9) };
    expect(lengthen(START, [first!, elsewhere]).lineSeq).toBe(1);
  });
});
