import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, findHex, toHex } from '../../base/bytes.ts';
import { err, ok } from '../../base/result.ts';
import { encodeCommand, getResponse, meaningOf, readAnswer } from './apdu.ts';
import { FILES, HOLDER_ITEMS, readByNumber, readByTag, SELECT_SSSE, selectFile } from './card-files.ts';
import { type CcidEvent, CcidFrames, type CcidMessage, encodeCardMoved, encodeCcid } from './ccid-frame.ts';
import { encodeAn, encodeCn, encodeItem, findAn, findCn, readItem } from './items.ts';

const byte = fc.nat(255);

describe('commands, byte for byte (domain.md C.7)', () => {
  test.each([
    [SELECT_SSSE, '00a404000f7378312e73682ec9e7bbe1b1a3d5cf'],
    [selectFile(FILES.issuer), '00a4020002ef05'],
    [selectFile(FILES.holder), '00a4020002ef06'],
    [readByTag(HOLDER_ITEMS.number), '00b2080014'],
    [readByTag(HOLDER_ITEMS.name), '00b2090020'],
    [readByNumber(HOLDER_ITEMS.number), '00b2010414'],
    [readByNumber(HOLDER_ITEMS.name), '00b2020420'],
    [getResponse(0x1e), '00c000001e'],
    [getResponse(256), '00c0000000'],
  ])('%j is %s', (command, hex) => {
    expect(toHex(encodeCommand(command))).toBe(hex);
  });
});

describe('answers', () => {
  test.each([
    [0x9000, { type: 'done' }],
    [0x611e, { type: 'more', count: 0x1e }],
    [0x6100, { type: 'more', count: 256 }],
    [0x6c14, { type: 'wrong-length', count: 0x14 }],
    [0x6a82, { type: 'not-found' }],
    [0x6a83, { type: 'not-found' }],
    [0x6a81, { type: 'not-supported' }],
    [0x6d00, { type: 'not-supported' }],
    [0x6982, { type: 'refused' }],
    [0x6581, { type: 'failed' }],
  ])('%i means %j', (status, meaning) => {
    expect(meaningOf(status)).toEqual(meaning);
  });

  test('data and status word come apart, whatever they are; what is too short or too long is malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const answer = readAnswer(bytes);
        if (bytes.length < 2 || bytes.length > 258) {
          return void expect(answer).toEqual(err({ code: 'malformed' }));
        }
        if (!answer.ok) throw new Error('refused');
        const { data, status } = answer.value;
        expect(concat(data, Uint8Array.of(status >>> 8, status & 0xff))).toEqual(bytes);
        expect(meaningOf(status).type).toBeTypeOf('string');
      }),
    );
  });
});

describe('items', () => {
  test('are read back as they were written; short, long and others’ records are malformed', () => {
    fc.assert(
      fc.property(
        byte,
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ minLength: 1 }),
        (tag, value, more) => {
          const record = encodeItem(tag, value);
          expect(readItem(record, tag)).toEqual(ok(value));
          const malformed = err({ code: 'malformed' });
          expect(readItem(record.subarray(0, -1), tag)).toEqual(malformed);
          expect(readItem(concat(record, more), tag)).toEqual(malformed);
          expect(readItem(record, (tag + 1) % 256)).toEqual(malformed);
        },
      ),
    );
  });

  test('digits fill two to a byte, and F fills the rest', () => {
    expect(toHex(encodeCn('330699', 4))).toBe('330699ff');
    expect(toHex(encodeCn('12345', 3))).toBe('12345f');
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,16}$/), (digits) => {
        expect(findCn(encodeCn(digits, 8))).toBe(digits);
      }),
    );
    for (const hex of ['1f23', 'a123', 'f1', '12fa'])
      expect(findCn(findHex(hex) ?? new Uint8Array())).toBeUndefined();
  });

  test('text is GB 18030, and zero bytes fill the rest', () => {
    expect(toHex(encodeAn('张', 4))).toBe('d5c50000');
    const name = fc.stringMatching(/^[一-龥A-Z0-9·]{1,15}$/u);
    fc.assert(
      fc.property(name, (text) => {
        expect(findAn(encodeAn(text, 60))).toBe(text);
      }),
    );
    expect(findAn(Uint8Array.of(0x41, 0x42, 0x20, 0x20))).toBe('AB');
    expect(findAn(new Uint8Array(30))).toBe('');
    // Something behind the filling, and half a character.
    expect(findAn(Uint8Array.of(0x41, 0x00, 0x42))).toBeUndefined();
    expect(findAn(Uint8Array.of(0x41, 0xd5))).toBeUndefined();
  });

  test('whatever bytes come, no item throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), byte, (bytes, tag) => {
        readItem(bytes, tag);
        findCn(bytes);
        findAn(bytes);
      }),
    );
  });
});

describe('frames on a serial line', () => {
  const message: fc.Arbitrary<CcidMessage> = fc.record({
    type: byte,
    sequence: byte,
    specific: fc.tuple(byte, byte, byte),
    data: fc.uint8Array({ maxLength: 261 }),
  });
  const event: fc.Arbitrary<CcidEvent> = fc.oneof(
    message.map((sent) => ({ type: 'message' as const, message: sent })),
    fc.boolean().map((isIn) => ({ type: 'card' as const, isIn })),
  );
  const encode = (sent: CcidEvent) =>
    sent.type === 'message' ? encodeCcid(sent.message) : encodeCardMoved(sent.type === 'card' && sent.isIn);

  /** Feeds bytes in pieces of such a size. */
  function feed(bytes: Uint8Array, size: number): CcidEvent[] {
    const frames = new CcidFrames();
    const events: CcidEvent[] = [];
    for (let at = 0; at < bytes.length; at += size) events.push(...frames.push(bytes.slice(at, at + size)));
    return events;
  }

  test('power on, as the reader hears it', () => {
    const on = { type: 0x62, sequence: 1, specific: [1, 0, 0] as const, data: new Uint8Array() };
    expect(toHex(encodeCcid({ ...on, specific: [1, 0, 0] }))).toBe('03066200000000000101000067');
  });

  test('come out as they were sent, however they are cut up', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (sent, size) => {
        expect(feed(concat(...sent.map(encode)), size)).toEqual(sent);
      }),
    );
  });

  test('a frame after noise that begins none is found; one that was hurt is not', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20 }),
        message,
        fc.nat(400),
        fc.integer({ min: 1, max: 255 }),
        (noise, sent, where, bend) => {
          const calm = noise.filter((value) => value !== 0x03 && value !== 0x50);
          const bytes = encodeCcid(sent);
          expect(feed(concat(calm, bytes), 7)).toEqual([{ type: 'message', message: sent }]);
          const hurt = Uint8Array.from(bytes);
          const at = where % hurt.length;
          hurt[at] = (hurt[at] ?? 0) ^ bend;
          expect(feed(hurt, 7)).not.toContainEqual({ type: 'message', message: sent });
        },
      ),
    );
  });

  test('"say that again" is heard, and whatever else comes is passed over', () => {
    expect(feed(Uint8Array.of(0x80, 0x03, 0x15, 0x16), 1)).toEqual([{ type: 'again' }]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        feed(bytes, 11);
      }),
    );
  });
});
