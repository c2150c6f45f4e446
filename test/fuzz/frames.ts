/**
 * Generated and mutated frames through the frame reader, as a damaged or hostile line would bring them. It holds
 * three promises against them: nothing throws, no more than one frame is held, and a payload, and so an identity,
 * only ever comes out of bytes that stood on the line as a whole frame with a right check.
 */
import { concat } from '../../base/bytes.ts';
import { CARD_LAYOUTS } from '../../drivers/reader/card-layout.ts';
import { encodeAnswer, parseAnswer } from '../../drivers/reader/commands.ts';
import { readIdentity, splitCardData } from '../../drivers/reader/identity.ts';
import { FrameReader, MAX_LENGTH } from '../../drivers/reader/sam-frame.ts';
import { SAMPLE_CARDS } from '../../drivers/simulator/cards.ts';

/** The shortest answer: SW1, SW2, SW3. */
const MIN_ANSWER_BYTES = 3;

/** Preamble and length. */
const HEADER_BYTES = 7;

const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);

/** What became of the frames. */
export interface FuzzTally {
  /** Frames put on the line. */
  frames: number;
  /** Bytes put on the line. */
  bytes: number;
  /** Payloads that came out, all of them from frames with a right check. */
  payloads: number;
  /** Identities that came out of these. */
  identities: number;
  /** Frames that came with a wrong check. */
  badChecks: number;
  /**
   * Spoilt frames whose check was right all the same, which no reader of frames can know: why a card over a
   * noisy line is read twice.
   */
  byChance: number;
}

/** Numbers without pattern from a seed, the same in every run (xorshift). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
  }

  /** A whole number of 0 to `below` - 1. */
  roll(below: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % below;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.roll(256));
  }

  pick<T>(all: readonly [T, ...T[]]): T {
    return all[this.roll(all.length)] ?? all[0];
  }
}

/** Puts `frames` frames of seed `seed` through one frame reader. Throws, with the frame's number, at a breach. */
export function fuzzFrames(frames: number, seed: number): FuzzTally {
  const tally: FuzzTally = { frames: 0, bytes: 0, payloads: 0, identities: 0, badChecks: 0, byChance: 0 };
  const dice = new Dice(seed);
  const line = new FuzzedLine(tally);
  for (let number = 1; number <= frames; number += 1) {
    tally.frames = number;
    try {
      const maker = dice.pick(MAKERS);
      const bytes = maker(dice);
      if (FLIPPING.includes(maker) && isSound(bytes)) tally.byChance += 1;
      line.bring(bytes, dice);
    } catch (error) {
      throw new Error(`seed ${seed}, frame ${number}`, { cause: error });
    }
  }
  return tally;
}

/** A frame reader with an eye on what comes out of it. */
class FuzzedLine {
  readonly #tally: FuzzTally;
  readonly #reader = new FrameReader(MIN_ANSWER_BYTES);
  /** The last bytes on the line: more than any frame has. */
  #recent: Uint8Array = new Uint8Array(0);

  constructor(tally: FuzzTally) {
    this.#tally = tally;
  }

  /** Brings bytes, in pieces or at once. */
  bring(bytes: Uint8Array, dice: Dice): void {
    this.#tally.bytes += bytes.length;
    const kept = this.#recent.subarray(-2 * (HEADER_BYTES + MAX_LENGTH));
    this.#recent = concat(kept, bytes);
    const place = dice.roll(4) === 0 ? dice.roll(bytes.length + 1) : bytes.length;
    for (const piece of [bytes.subarray(0, place), bytes.subarray(place)]) this.#push(piece);
    // As a session does when a reader falls silent: the next answer is waited for anew.
    if (dice.roll(8) === 0) this.#reader.reset();
  }

  #push(piece: Uint8Array): void {
    for (const event of this.#reader.push(piece)) {
      if (event.type === 'bad-check') this.#tally.badChecks += 1;
      else this.#look(event.payload);
    }
    if (this.#reader.pendingBytes > HEADER_BYTES + MAX_LENGTH) throw new Error('too much is held');
  }

  #look(payload: Uint8Array): void {
    this.#tally.payloads += 1;
    if (!stands(soundFrame(payload), this.#recent)) throw new Error('a payload that no sound frame brought');
    const { sw3, data } = parseAnswer(payload);
    const blocks = splitCardData(data);
    if (sw3 !== 0x90 || !blocks.ok) return;
    const read = readIdentity(blocks.value, '0'.repeat(32));
    if (read.ok) this.#tally.identities += 1;
  }
}

/** Whether bytes are one frame, its length and its check right. */
function isSound(bytes: Uint8Array): boolean {
  const [event, ...more] = new FrameReader(MIN_ANSWER_BYTES).push(bytes);
  if (event?.type !== 'frame' || more.length > 0) return false;
  return event.payload.length + HEADER_BYTES + 1 === bytes.length;
}

/** The one frame that may have brought a payload, made here anew: the reader's own check is not believed. */
function soundFrame(payload: Uint8Array): Uint8Array {
  const counted = concat(Uint8Array.of((payload.length + 1) >>> 8, (payload.length + 1) & 0xff), payload);
  const check = counted.reduce((xor, byte) => xor ^ byte, 0);
  return concat(PREAMBLE, counted, Uint8Array.of(check));
}

function stands(frame: Uint8Array, line: Uint8Array): boolean {
  const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return view(line).includes(view(frame));
}

const ANSWERS: readonly [Uint8Array, ...Uint8Array[]] = [
  encodeAnswer(0x80),
  encodeAnswer(0x90),
  encodeAnswer(0x9f, new Uint8Array(4)),
  encodeAnswer(0x90, new Uint8Array(8)),
  ...SAMPLE_CARDS.map(({ text, photo }) =>
    encodeAnswer(0x90, concat(Uint8Array.of(1, 0, 4, 0), text, photo)),
  ),
];

type Maker = (dice: Dice) => Uint8Array;

/** Sound frames with a few bytes changed. */
const FLIPPING: readonly Maker[] = [
  (dice) => flipped(dice.pick(ANSWERS), dice),
  (dice) => flipped(encodeAnswer(0x90, dice.bytes(dice.roll(20))), dice),
];

/** How frames come about: sound ones, and every way of spoiling them. Short ones are the more frequent. */
const MAKERS: readonly [Maker, ...Maker[]] = [
  (dice) => dice.pick(ANSWERS),
  (dice) => encodeAnswer(dice.roll(256), dice.bytes(dice.roll(40))),
  ...FLIPPING,
  (dice) => cutShort(dice.pick(ANSWERS), dice),
  // A preamble inside a frame.
  (dice) => encodeAnswer(0x90, concat(dice.bytes(dice.roll(9)), encodeAnswer(0x41), dice.bytes(3))),
  // A frame lost in the middle of another.
  (dice) => concat(cutShort(dice.pick(ANSWERS), dice), encodeAnswer(0x90)),
  // Any length after a preamble.
  (dice) => concat(PREAMBLE, dice.bytes(2 + dice.roll(30))),
  (dice) => new Uint8Array(dice.roll(12)).fill(0xaa),
  (dice) => dice.bytes(dice.roll(64)),
  // A card whose text is anything, under a right check.
  (dice) =>
    encodeAnswer(0x90, concat(Uint8Array.of(1, 0, 0, dice.roll(8)), anyText(dice), dice.bytes(dice.roll(8)))),
];

/** One to three bytes changed. */
function flipped(frame: Uint8Array, dice: Dice): Uint8Array {
  const bytes = frame.slice();
  for (let left = 1 + dice.roll(3); left > 0; left -= 1) {
    const at = dice.roll(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + dice.roll(255));
  }
  return bytes;
}

function cutShort(frame: Uint8Array, dice: Dice): Uint8Array {
  return frame.subarray(0, dice.roll(frame.length));
}

function anyText(dice: Dice): Uint8Array {
  const text = dice.bytes(256);
  const letters = CARD_LAYOUTS.map(({ letter }) => (letter === '' ? 0x20 : letter.charCodeAt(0)));
  text.set([letters[dice.roll(letters.length)] ?? 0, 0], 248);
  return text;
}
