import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { entryBytes } from './entry.ts';
import { type FrameEvent, makeFrame, readFrames, readFramesFrom, WINDOW_BYTES } from './frame.ts';
import { sample32, sampleEntry, sampleId, sampleWorld } from './sample.ts';

const crypto = createCrypto();
const world = sampleWorld(crypto);
const local = {
  submissionId: sampleId(crypto, 'submission'),
  token: sample32(crypto, 'token'),
  row: Uint8Array.of(1, 2, 3),
};
const entries = [1, 2, 3, 4].map((seq) => entryBytes(sampleEntry(crypto, world, { seq })));
const frames = entries.map((entry, index) => makeFrame(crypto, entry, index % 2 === 0 ? local : null));
const file = concat(...frames);

const read = (bytes: Uint8Array) => [...readFrames(crypto, bytes)];
const found = (events: FrameEvent[]) =>
  events.flatMap((event) => (event.kind === 'frame' ? [event.entryBytes] : []));

describe('frames', () => {
  it('come back in order with what stands beside them', () => {
    const events = read(file);
    expect(found(events)).toEqual(entries);
    expect(events.map((event) => event.kind === 'frame' && event.local)).toEqual([local, null, local, null]);
    expect(events.at(-1)?.end).toBe(file.length);
  });

  it('are empty in an empty file', () => expect(read(new Uint8Array(0))).toEqual([]));

  it('lose exactly the one that is hurt, wherever it is hurt', () => {
    const [one, two] = [frames[0]!.length, frames[0]!.length + frames[1]!.length];
    fc.assert(
      fc.property(fc.integer({ min: one, max: two - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const events = read(file.with(at, file[at]! ^ change));
        expect(found(events)).toEqual([entries[0], entries[2], entries[3]]);
        expect(events[1]).toEqual({ kind: 'damage', start: one, end: two });
      }),
      { numRuns: 300 },
    );
  });

  it('end with damage where the file was torn', () => {
    fc.assert(
      fc.property(fc.nat(frames[3]!.length - 1), (kept) => {
        const end = file.length - frames[3]!.length + kept;
        const events = read(file.subarray(0, end));
        expect(found(events)).toEqual(entries.slice(0, 3));
        expect(events.length).toBe(kept === 0 ? 3 : 4);
      }),
    );
  });

  it('are found in a file that is read in parts, wherever a part ends', () => {
    const near = fc.oneof(fc.integer({ min: -2_000_000, max: 2_000 }), fc.integer({ min: -4, max: 0 }));
    fc.assert(
      fc.property(fc.constantFrom(1, 2), near, fc.nat(2_000_000), (parts, offset, gap) => {
        const at = parts * WINDOW_BYTES + offset;
        const second = at + frames[0]!.length + gap;
        const size = second + frames[1]!.length + 10;
        const large = new Uint8Array(size);
        large.set(frames[0]!, at);
        large.set(frames[1]!, second);
        const asked: number[] = [];
        const events = [
          ...readFramesFrom(crypto, {
            bytes: size,
            read(from, bytes) {
              asked.push(bytes);
              return large.slice(from, from + bytes);
            },
          }),
        ];
        expect(events).toEqual(read(large));
        expect(events.flatMap((event) => (event.kind === 'frame' ? [event.start] : []))).toEqual([
          at,
          second,
        ]);
        expect(Math.max(...asked)).toBe(WINDOW_BYTES);
        expect(asked.length).toBeLessThan(20);
      }),
      { numRuns: 25 },
    );
  });

  it('are found between garbage, magics and cut frames', () => {
    const magic = new TextEncoder().encode('YZF1');
    const junk = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 30 }),
        fc.constant(magic),
        fc.constant(concat(magic, Uint8Array.of(0, 0, 0, 200))),
        fc.nat(200).map((length) => frames[1]!.subarray(0, length)),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(junk, junk, (before, between) => {
        const events = read(concat(...before, frames[0]!, ...between, frames[2]!));
        expect(found(events)).toEqual([entries[0], entries[2]]);
      }),
    );
  });
});
