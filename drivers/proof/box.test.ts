import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../base/bytes.ts';
import { notProvedReasonSchema, proofMethodSchema, proofPromptSchema } from './api.ts';
import { BoxFrames, encodeBoxFrame, MAX_PAYLOAD_BYTES } from './box-frame.ts';
import {
  type BoxWord,
  encodeBoxWord,
  encodeHostWord,
  findBoxWord,
  findHostWord,
  type HostWord,
} from './box-words.ts';

const frame = fc.record({ type: fc.nat(255), payload: fc.uint8Array({ maxLength: 300 }) });

/** Bytes cut into pieces of any length. */
const cut = (bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return [...pieces, bytes.slice(at)];
};

describe('frames', () => {
  test('one as it goes over the line, byte by byte', () => {
    // Its check is that of CRC-16/IBM-3740 elsewhere: `binascii.crc_hqx(bytes, 0xffff)`.
    const bytes = encodeBoxFrame({ type: 0x81, payload: Uint8Array.of(0) });
    expect(Buffer.from(bytes).toString('hex')).toBe('595a503100028100c209');
  });

  test('whatever pieces they come in, they come out as they went in', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 4 }),
        fc.array(fc.nat(80), { maxLength: 12 }),
        (frames, lengths) => {
          const reader = new BoxFrames();
          const bytes = concat(...frames.map(encodeBoxFrame));
          expect(cut(bytes, lengths).flatMap((piece) => reader.push(piece))).toEqual(frames);
        },
      ),
    );
  });

  test('a frame is found after any noise that begins none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), frame, (noise, wanted) => {
        fc.pre(!noise.includes(0x59));
        const reader = new BoxFrames();
        expect(reader.push(concat(noise, encodeBoxFrame(wanted), noise))).toEqual([wanted]);
      }),
    );
  });

  test('a changed bit is never taken for a frame, and the next frame is read', () => {
    fc.assert(
      fc.property(frame, frame, fc.nat(), fc.nat(7), (hurt, next, at, bit) => {
        const bytes = encodeBoxFrame(hurt);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const reader = new BoxFrames();
        const filler = new Uint8Array(MAX_PAYLOAD_BYTES + 16);
        const found = reader.push(concat(bytes, filler, encodeBoxFrame(next)));
        expect(found).toEqual([next]);
      }),
    );
  });

  test('any bytes: never a throw, and no more is held than one frame', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 12 }), (pieces) => {
        const reader = new BoxFrames();
        for (const piece of pieces) reader.push(piece);
        reader.clear();
        const wanted = { type: 1, payload: new Uint8Array(0) };
        expect(reader.push(encodeBoxFrame(wanted))).toEqual([wanted]);
      }),
    );
  });
});

const run = fc.nat(255);
const method = fc.constantFrom(...proofMethodSchema.options);
const hostWord: fc.Arbitrary<HostWord> = fc.oneof(
  fc.constant({ say: 'ask' as const }),
  fc.record({
    say: fc.constant('begin' as const),
    run,
    method,
    person: fc.record({
      name: fc.string({ unit: 'grapheme', maxLength: 20 }),
      number: fc.string({ unit: fc.constantFrom(...'0123456789X'), maxLength: 18 }),
      photo: fc.uint8Array({ maxLength: 1024 }),
    }),
  }),
  fc.record({ say: fc.constant('guess' as const), run, code: fc.stringMatching(/^\d{4,8}$/) }),
  fc.record({ say: fc.constant('cancel' as const), run }),
);
const boxWord: fc.Arbitrary<BoxWord> = fc.oneof(
  fc.record({ say: fc.constant('ready' as const), methods: fc.uniqueArray(method) }),
  fc.record({
    say: fc.constant('prompt' as const),
    run,
    prompt: fc.constantFrom(...proofPromptSchema.options),
  }),
  fc.record({
    say: fc.constant('code-sent' as const),
    run,
    sent: fc.record({
      maskedPhone: fc.stringMatching(/^\d{0,3}\*{4,12}\d{0,4}$/),
      digits: fc.integer({ min: 4, max: 8 }),
    }),
  }),
  fc.record({ say: fc.constant('wrong-code' as const), run }),
  fc.record({
    say: fc.constant('verdict' as const),
    run,
    verdict: fc.oneof(
      fc.constant({ outcome: 'proved' as const }),
      fc.record({
        outcome: fc.constant('not-proved' as const),
        reason: fc.constantFrom(...notProvedReasonSchema.options),
      }),
    ),
  }),
);

describe('words', () => {
  test('what is said to the box is what it hears, and back', () => {
    fc.assert(fc.property(hostWord, (word) => void expect(findHostWord(encodeHostWord(word))).toEqual(word)));
    fc.assert(fc.property(boxWord, (word) => void expect(findBoxWord(encodeBoxWord(word))).toEqual(word)));
  });

  test('any frame: a word or none, never a throw; cut short or with a tail it is none', () => {
    fc.assert(
      fc.property(frame, (any) => {
        findHostWord(any);
        findBoxWord(any);
      }),
    );
    fc.assert(
      fc.property(hostWord, (word) => {
        const { type, payload } = encodeHostWord(word);
        if (word.say !== 'begin') return;
        expect(findHostWord({ type, payload: payload.slice(0, -1) })).toBeUndefined();
        expect(findHostWord({ type, payload: concat(payload, Uint8Array.of(0)) })).toBeUndefined();
      }),
    );
  });

  test('a number that could be dialled is no masked number', () => {
    const payload = concat(Uint8Array.of(1, 6), new TextEncoder().encode('13900000000'));
    expect(findBoxWord({ type: 0x83, payload })).toBeUndefined();
  });
});
