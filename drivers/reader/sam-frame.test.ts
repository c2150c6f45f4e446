import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, findHex, toHex } from '../../base/bytes.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import {
  COMMANDS,
  type CommandName,
  encodeAnswer,
  encodeRequest,
  findCommand,
  parseAnswer,
} from './commands.ts';
import { encodeFrame, type FrameEvent, FrameReader, MAX_LENGTH } from './sam-frame.ts';

const hex = (text: string) => findHex(text.replaceAll(' ', '')) ?? new Uint8Array(0);

function readAll(reader: FrameReader, pieces: readonly Uint8Array[]): FrameEvent[] {
  return pieces.flatMap((piece) => reader.push(piece));
}

/** Cuts bytes into pieces at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

const payloads = fc.uint8Array({ minLength: 3, maxLength: 600 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });
/** Noise without the preamble's first byte, so that none of it can begin a frame. */
const noise = fc.uint8Array({ max: 0xa9, maxLength: 60 });

describe('published frames (domain.md A.4, A.9)', () => {
  test.each<[CommandName, string]>([
    ['reset', 'AAAAAA9669 0003 10FF EC'],
    ['status', 'AAAAAA9669 0003 11FF ED'],
    ['find', 'AAAAAA9669 0003 2001 22'],
    ['select', 'AAAAAA9669 0003 2002 21'],
    ['read', 'AAAAAA9669 0003 3001 32'],
    ['read-address', 'AAAAAA9669 0003 3003 30'],
    ['sam-id', 'AAAAAA9669 0003 12FF EE'],
    ['read-with-fingerprint', 'AAAAAA9669 0003 3010 23'],
    ['read-body-numbers', 'AAAAAA9669 0003 3005 36'],
    ['speed-115200', 'AAAAAA9669 0003 6000 63'],
    ['speed-57600', 'AAAAAA9669 0003 6001 62'],
    ['speed-38400', 'AAAAAA9669 0003 6002 61'],
    ['speed-19200', 'AAAAAA9669 0003 6003 60'],
    ['speed-9600', 'AAAAAA9669 0003 6004 67'],
  ])('the request "%s"', (name, frame) => {
    expect(toHex(encodeRequest(name))).toBe(toHex(hex(frame)));
    const [event] = new FrameReader(2).push(hex(frame));
    expect(event?.type === 'frame' && findCommand(event.payload)).toBe(name);
  });

  test('the greatest number of bytes towards a card', () => {
    const frame = encodeRequest('max-rf-bytes', Uint8Array.of(80));
    expect(toHex(frame)).toBe(toHex(hex('AAAAAA9669 0004 61FF 50 CA')));
    expect(findCommand(Uint8Array.of(0x61, 0xff, 80))).toBe('max-rf-bytes');
    expect(() => encodeRequest('max-rf-bytes')).toThrow('broken invariant');
    expect(() => encodeRequest('find', Uint8Array.of(1))).toThrow('broken invariant');
  });

  test.each([
    ['SAM ok', 'AAAAAA9669000400009094', 0x90, 0],
    ['self-test bad', 'AAAAAA9669000400006064', 0x60, 0],
    ['card found', 'AAAAAA9669000800009F0000000097', 0x9f, 4],
    ['no card', 'AAAAAA9669000400008084', 0x80, 0],
    ['selected', 'AAAAAA9669000C00009000000000000000009C', 0x90, 8],
    ['select failed', 'AAAAAA9669000400008185', 0x81, 0],
    ['read failed', 'AAAAAA9669000400004145', 0x41, 0],
    ['SAM refused card', 'AAAAAA9669000400003236', 0x32, 0],
  ])('the answer "%s"', (_name, frame, sw3, dataBytes) => {
    const [event] = new FrameReader(3).push(hex(frame));
    if (event?.type !== 'frame') throw new Error('no frame');
    const answer = parseAnswer(event.payload);
    expect(answer).toMatchObject({ sw1: 0, sw2: 0, sw3 });
    expect(answer.data).toHaveLength(dataBytes);
    expect(toHex(encodeAnswer(sw3, answer.data))).toBe(toHex(hex(frame)));
  });

  test('what a module without a SAM sends is no frame', () => {
    expect(new FrameReader(3).push(hex('AAAAAA96690005050505'))).toEqual([]);
  });

  test('a base read is 1,295 bytes', () => {
    const frame = encodeAnswer(0x90, new Uint8Array(4 + 256 + 1024));
    expect(frame).toHaveLength(1295);
    expect(toHex(frame.slice(0, 10))).toBe('aaaaaa96690508000090');
  });

  test('the answer to a read begins as published, whatever card', () => {
    for (const { text, photo } of SAMPLE_CARDS) {
      const frame = encodeAnswer(0x90, concat(Uint8Array.of(1, 0, 4, 0), text, photo));
      expect(frame).toHaveLength(1295);
      expect(toHex(frame.slice(0, 14))).toBe('aaaaaa9669050800009001000400');
    }
  });
});

describe('frames', () => {
  test('come back as they went, in whatever pieces', () => {
    fc.assert(
      fc.property(fc.array(payloads, { minLength: 1, maxLength: 4 }), cuts, (all, places) => {
        const stream = concat(...all.map(encodeFrame));
        expect(readAll(new FrameReader(3), cut(stream, places))).toEqual(
          all.map((payload) => ({ type: 'frame', payload })),
        );
      }),
    );
  });

  test('cut short, give nothing yet', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (payload, place) => {
        const frame = encodeFrame(payload);
        const reader = new FrameReader(3);
        const end = place % frame.length;
        expect(reader.push(frame.slice(0, end))).toEqual([]);
        expect(reader.pendingBytes).toBe(end);
      }),
    );
  });

  test('are found in noise before, between and after them', () => {
    fc.assert(
      fc.property(noise, payloads, noise, payloads, noise, cuts, (a, first, b, second, c, places) => {
        const stream = concat(a, encodeFrame(first), b, encodeFrame(second), c);
        expect(readAll(new FrameReader(3), cut(stream, places))).toEqual([
          { type: 'frame', payload: first },
          { type: 'frame', payload: second },
        ]);
      }),
    );
  });

  test('are found after a preamble that came to nothing', () => {
    const frame = encodeFrame(Uint8Array.of(0, 0, 0x90));
    for (const before of [
      'AA',
      'AAAA',
      'AAAAAA',
      'AAAAAA96',
      'AAAAAA9669',
      'AAAAAA96690001',
      'AAAAAA9669FFFF',
    ]) {
      const events = new FrameReader(3).push(concat(hex(before), frame));
      expect(events, before).toEqual([{ type: 'frame', payload: Uint8Array.of(0, 0, 0x90) }]);
    }
  });

  test('are never begun anew by a preamble inside them', () => {
    const inside = encodeFrame(Uint8Array.of(0, 0, 0x41));
    const payload = concat(Uint8Array.of(0, 0, 0x90), inside, inside);
    expect(new FrameReader(3).push(encodeFrame(payload))).toEqual([{ type: 'frame', payload }]);
  });

  test('with a wrong check are dropped whole, whatever is inside', () => {
    const inside = encodeFrame(Uint8Array.of(0, 0, 0x41));
    const frame = encodeFrame(concat(Uint8Array.of(0, 0, 0x90), inside));
    frame.fill(0, -1);
    expect(new FrameReader(3).push(frame)).toEqual([{ type: 'bad-check' }]);
  });

  test('with one wrong byte are refused, and the next is read', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        payloads,
        (payload, place, flip, next) => {
          const frame = encodeFrame(payload);
          // Past the length: a wrong length is the waiting side's matter.
          const at = 7 + (place % payload.length);
          frame[at] = (frame[at] ?? 0) ^ flip;
          const events = new FrameReader(3).push(concat(frame, encodeFrame(next)));
          expect(events).toEqual([{ type: 'bad-check' }, { type: 'frame', payload: next }]);
        },
      ),
    );
  });

  test('of any bytes at all never throw, and hold no more than one frame', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 4 }), (pieces) => {
        const reader = new FrameReader(3);
        readAll(reader, pieces);
        expect(reader.pendingBytes).toBeLessThanOrEqual(7 + MAX_LENGTH);
      }),
    );
  });

  test('of the greatest length are read, longer ones refused', () => {
    const payload = new Uint8Array(MAX_LENGTH - 1).fill(0xaa);
    expect(new FrameReader(3).push(encodeFrame(payload))).toEqual([{ type: 'frame', payload }]);
    expect(() => encodeFrame(new Uint8Array(MAX_LENGTH))).toThrow('broken invariant');
  });
});

test('every command is told from the others', () => {
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const data = name === 'max-rf-bytes' ? [80] : [];
    expect(findCommand(Uint8Array.of(...COMMANDS[name], ...data))).toBe(name);
  }
  expect(findCommand(Uint8Array.of(0x20, 0x03))).toBeUndefined();
  expect(findCommand(Uint8Array.of(0x20))).toBeUndefined();
});
