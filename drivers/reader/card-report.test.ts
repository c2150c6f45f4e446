import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, toHex } from '../../base/bytes.ts';
import { SAMPLE_CARDS } from '../simulator/cards.ts';
import { encodeUtf16 } from './card-layout.ts';
import { reportCapture } from './card-report.ts';
import { encodeAnswer } from './commands.ts';

function sampleCard(id: string) {
  const card = SAMPLE_CARDS.find((candidate) => candidate.id === id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
}

const word = (value: number) => Uint8Array.of(value >>> 8, value & 0xff);

/** An answer to a read of a sample card; with `fingerprintBytes`, to a read with fingerprint. */
function answer(id: string, fingerprintBytes?: number): Uint8Array {
  const { text, photo } = sampleCard(id);
  const lengths = concat(word(text.length), word(photo.length));
  if (fingerprintBytes === undefined) return encodeAnswer(0x90, concat(lengths, text, photo));
  const fingerprint = new Uint8Array(fingerprintBytes).fill(0x43);
  return encodeAnswer(0x90, concat(lengths, word(fingerprintBytes), text, photo, fingerprint));
}

/** The frame with other bytes at some places, and its check made right again. */
function changed(frame: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array {
  const payload = frame.slice(7, -1);
  for (const [offset, byte] of Object.entries(changes)) payload[Number(offset) - 7] = byte;
  return encodeAnswer(payload[2] ?? 0, payload.slice(3));
}

const report = (frame: Uint8Array) => reportCapture(toHex(frame));

function trouble(frame: Uint8Array) {
  const result = report(frame);
  if (result.ok) throw new Error('a sound card');
  return result.error;
}

describe('a report', () => {
  test('of a citizen', () => {
    expect(report(answer('man-of-70'))).toEqual({
      ok: true,
      value: {
        kind: 'citizen',
        name: '王国强',
        sex: 'male',
        nation: { code: '01', name: '汉' },
        birth: '1955-07-04',
        address: '浙江省样例县沙溪镇董村 12 号',
        number: '330699195507043119',
        numberValid: true,
        issuer: '样例县公安局',
        validFrom: '2007-09-02',
        validTo: 'long-term',
        photoBytes: 1024,
        fingerprintBytes: 0,
        notes: [],
      },
    });
  });

  test('of a residence permit', () => {
    expect(report(answer('permit'))).toEqual({
      ok: true,
      value: expect.objectContaining({
        kind: 'hmt-permit',
        permitNumber: 'H00000000',
        issueCount: 1,
        validTo: '2028-01-09',
        notes: ['area-unknown'],
      }),
    });
  });

  test('of a foreign card of 2017', () => {
    expect(report(answer('foreign-2017'))).toEqual({
      ok: true,
      value: {
        kind: 'foreign-2017',
        name: '样例',
        nameLatin: 'SPECIMEN, PERSON',
        sex: 'male',
        birth: '1980-01-01',
        number: 'PAK310080010103',
        numberValid: true,
        issuer: '3100',
        validFrom: '2018-01-01',
        validTo: '2028-01-01',
        nationality: 'PAK',
        photoBytes: 1024,
        fingerprintBytes: 0,
        notes: [],
      },
    });
  });

  test('of a foreign card of 2023', () => {
    const result = report(answer('foreign-2023', 1024));
    expect(result).toMatchObject({
      ok: true,
      value: {
        kind: 'foreign-2023',
        nameLatin: 'SPECIMEN, PERSON WITH A VERY LONG NAME OF 46',
        number: '932682198501010017',
        numberValid: true,
        nationality: 'SAU',
        issueCount: 1,
        photoBytes: 1024,
        fingerprintBytes: 1024,
        notes: [],
      },
    });
    expect(
      result.ok && ['nation', 'address', 'issuer', 'permitNumber'].filter((key) => key in result.value),
    ).toEqual([]);
  });

  test.each([
    [undefined, 0, 1295],
    [0, 0, 1297],
    [512, 512, 1809],
    [1024, 1024, 2321],
  ])('of an answer with a fingerprint of %s bytes', (asked, fingerprintBytes, frameBytes) => {
    const frame = answer('mother', asked);
    expect(frame).toHaveLength(frameBytes);
    expect(report(frame)).toMatchObject({
      ok: true,
      value: { photoBytes: 1024, fingerprintBytes, notes: [] },
    });
  });

  test('takes hex in any case and spacing', () => {
    const hex = toHex(answer('mother')).toUpperCase();
    const spaced = `\ufeff ${hex.replace(/(..)/g, '$1 ').replace(/(.{48})/g, '$1\r\n')}\n`;
    expect(reportCapture(spaced)).toEqual(reportCapture(hex));
  });

  test('notes blocks of unusual length', () => {
    const { text } = sampleCard('mother');
    const frame = encodeAnswer(0x90, concat(word(256), word(3), word(7), text, new Uint8Array(10)));
    expect(report(frame)).toMatchObject({
      ok: true,
      value: {
        photoBytes: 3,
        fingerprintBytes: 7,
        notes: ['photo-length-unusual', 'fingerprint-length-unusual'],
      },
    });
  });
});

describe('a capture that is none', () => {
  test.each([
    ['a letter that is no digit', 'AA A', 'x', { unit: 'character', offset: 4, found: '"x"' }],
    ['half a byte', 'AA A', '', { unit: 'character', offset: 4, found: 'the end' }],
    ['nothing', '', '', { unit: 'byte', offset: 0, expected: 'AA', found: 'the end' }],
    ['a preamble alone', 'AAAAAA9669', '00', { what: 'length', offset: 6 }],
    [
      'a request',
      'AAAAAA966900033001',
      '32',
      { what: 'length', offset: 5, expected: '0004 to 1000 for an answer' },
    ],
    ['a module without a SAM', 'AAAAAA96690005050505', '', { what: 'length', offset: 5 }],
    ['no card', 'AAAAAA96690004000080', '84', { what: 'status SW3', offset: 9, found: '80 (no-card)' }],
    [
      'a card found',
      'AAAAAA9669000800009F00000000',
      '97',
      { what: 'status SW3', offset: 9, expected: '90 (success)' },
    ],
    ['a status', 'AAAAAA96690004000090', '94', { what: 'data of a read', offset: 10 }],
    ['a selection', 'AAAAAA9669000C0000900000000000000000', '9C', { what: 'data of a read', offset: 10 }],
  ])('%s is told from a read, and why', (_name, start, end, error) => {
    expect(reportCapture(start + end)).toEqual({ ok: false, error: expect.objectContaining(error) });
  });

  test('a text block, a photo or a fingerprint of a wrong length', () => {
    const base = answer('mother');
    const whole = answer('mother', 512);
    expect(trouble(changed(base, { 11: 2 }))).toMatchObject({ offset: 11, expected: '0100', found: '0102' });
    expect(trouble(changed(base, { 12: 5 }))).toMatchObject({ offset: 12, expected: '0400', found: '0500' });
    expect(trouble(changed(whole, { 14: 4 }))).toMatchObject({ offset: 14, expected: '0200', found: '0400' });
  });

  test('a letter no card has', () => {
    const letter = encodeUtf16('Z', 2)[0] ?? 0;
    expect(trouble(changed(answer('mother'), { 262: letter }))).toMatchObject({ offset: 262, found: '5A00' });
    expect(trouble(changed(answer('mother', 512), { 264: letter }))).toMatchObject({ offset: 264 });
  });
});

const ids = fc.constantFrom(...SAMPLE_CARDS.filter((card) => card.selectStatus === null).map(({ id }) => id));
const sizes = fc.constantFrom(undefined, 0, 512, 1024);
const flips = fc.integer({ min: 1, max: 255 });

describe('damage', () => {
  test('of any one byte is refused, and its place is told as far as a frame can tell it', () => {
    const frame = answer('man-of-70');
    for (const [offset, byte] of frame.entries()) {
      const spoilt = frame.with(offset, byte ^ 0x41);
      const last = frame.length - 1;
      const expected = offset < 7 ? offset : last;
      expect(trouble(spoilt).offset, `byte ${offset}`).toBe(expected);
    }
  });

  test('of one byte of any card is refused', () => {
    fc.assert(
      fc.property(ids, sizes, fc.nat(), flips, (id, size, place, flip) => {
        const frame = answer(id, size);
        const at = place % frame.length;
        expect(report(frame.with(at, (frame[at] ?? 0) ^ flip)).ok).toBe(false);
      }),
    );
  });

  test('by a cut or by something more is refused', () => {
    fc.assert(
      fc.property(
        ids,
        sizes,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        (id, size, place, more) => {
          const frame = answer(id, size);
          const short = frame.slice(0, place % frame.length);
          const places = short.length < 7 ? [short.length] : [5, 6];
          expect(places).toContain(trouble(short).offset);
          expect(trouble(concat(frame, more))).toMatchObject({
            what: 'end of the frame',
            offset: frame.length,
            expected: 'the end',
          });
        },
      ),
    );
  });

  test('that the check misses shows as another report, or is refused at its place', () => {
    fc.assert(
      fc.property(ids, sizes, fc.nat(), flips, (id, size, place, flip) => {
        const frame = answer(id, size);
        const at = 7 + (place % (frame.length - 8));
        const result = report(changed(frame, { [at]: (frame[at] ?? 0) ^ flip }));
        if (result.ok) return;
        const { offset } = result.error;
        // A length may be told wrong at the first length it no longer fits, or at what it says the length of.
        const isLength = at >= 10 && at < 16;
        expect(Math.abs(offset - at) <= 5 || (isLength && offset >= 14), `${at} told as ${offset}`).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('of any kind never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 400 }), (text, bytes) => {
        reportCapture(text);
        expect(report(encodeAnswer(0x90, bytes)).ok).toBe(false);
      }),
    );
  });
});
