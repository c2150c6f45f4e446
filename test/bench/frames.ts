/**
 * The frame reader on a line's bytes, in megabytes a second: card reads among polls, in pieces as a serial port
 * brings them. Beside it, in turns and over the same pieces, the least that anyone must do (copy the bytes once) and
 * a reader that believes the length and looks at no check, finds no frame in noise and overwrites nothing.
 */
import { concat } from '../../base/bytes.ts';
import { invariant } from '../../base/result.ts';
import { encodeAnswer } from '../../drivers/reader/commands.ts';
import { FrameReader } from '../../drivers/reader/sam-frame.ts';
import { SAMPLE_CARDS } from '../../drivers/simulator/cards.ts';
import { type Figure, percentile, timeInTurns, times } from './measure.ts';

/** What a serial port hands over at once at 115,200 baud: a few milliseconds of bytes. */
const PIECE_BYTES = 64;
const FRAMES = 2_000;
const TURNS = 15;
const EACH = 2;

/** The shortest answer: SW1, SW2, SW3. */
const MIN_ANSWER_BYTES = 3;

export async function benchFrames(): Promise<Figure[]> {
  const stream = makeStream();
  const pieces = cut(stream, PIECE_BYTES);
  const work = (read: (pieces: readonly Uint8Array[]) => number, expected: number) => () => () => {
    invariant(read(pieces) === expected, 'nothing was lost');
  };
  const [ours = [], lengthOnly = [], copied = []] = await timeInTurns(TURNS, EACH, [
    work(readFrames, FRAMES),
    work(readLengths, FRAMES),
    work(copy, stream.length),
  ]);
  const speed = (durationsMs: readonly number[]) => stream.length / 1e3 / percentile(durationsMs, 50);
  const beside = (what: string, durationsMs: readonly number[]) => ({
    what,
    theirs: `${speed(durationsMs).toFixed(0)} MB a second`,
    ratio: `${times(speed(ours) / speed(durationsMs))} as fast`,
  });
  return [
    {
      what: `frame reader, pieces of ${PIECE_BYTES} bytes`,
      ours: `${speed(ours).toFixed(0)} MB a second`,
      aim: null,
      beside: [
        beside('a reader of lengths alone: no check, no noise, nothing overwritten', lengthOnly),
        beside('the same bytes copied once', copied),
        {
          what: 'a line at 115,200 baud, which it has to keep up with',
          theirs: '0.0115 MB a second',
          ratio: `${times(speed(ours) / 0.011_52)} as fast`,
        },
      ],
    },
  ];
}

/** As many frames: of each six, five answers to a find and one card. */
function makeStream(): Uint8Array {
  const cards = SAMPLE_CARDS.map(({ text, photo }) =>
    encodeAnswer(0x90, concat(Uint8Array.of(1, 0, 4, 0), text, photo)),
  );
  const poll = encodeAnswer(0x80);
  return concat(
    ...Array.from({ length: FRAMES }, (_, index) =>
      index % 6 === 5 ? (cards[index % cards.length] ?? poll) : poll,
    ),
  );
}

function cut(stream: Uint8Array, bytes: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(stream.length / bytes) }, (_, index) =>
    stream.slice(index * bytes, (index + 1) * bytes),
  );
}

function readFrames(pieces: readonly Uint8Array[]): number {
  const reader = new FrameReader(MIN_ANSWER_BYTES);
  let frames = 0;
  for (const piece of pieces) frames += reader.push(piece).length;
  return frames;
}

/** Joins pieces until a frame's length is there, and takes it. */
function readLengths(pieces: readonly Uint8Array[]): number {
  const buffer = Buffer.alloc(8_192);
  let held = 0;
  let frames = 0;
  for (const piece of pieces) {
    buffer.set(piece, held);
    held += piece.length;
    let start = 0;
    while (held - start >= 7) {
      const end = start + 7 + buffer.readUInt16BE(start + 5);
      if (end > held) break;
      Uint8Array.prototype.slice.call(buffer, start + 7, end - 1);
      frames += 1;
      start = end;
    }
    buffer.copyWithin(0, start, held);
    held -= start;
  }
  return frames;
}

function copy(pieces: readonly Uint8Array[]): number {
  const target = new Uint8Array(8_192);
  let bytes = 0;
  for (const piece of pieces) {
    target.set(piece, bytes % 4_096);
    bytes += piece.length;
  }
  return bytes;
}
