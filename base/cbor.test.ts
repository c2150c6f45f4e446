import { encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHex } from './bytes.ts';
import { type CborValue, cborMap, decodeCbor, encodeCbor, MAX_DEPTH } from './cbor.ts';

const hex = (text: string) => findHex(text.replaceAll(' ', ''))!;
const bytes = (text: string) => encodeCbor(hex(text));

const { value: anyValue } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(fc.string({ unit: 'binary' }), tie('value')), { maxLength: 5 }).map((p) => new Map(p)),
  ),
}));

function nested(depth: number): CborValue {
  return depth === 0 ? 7 : depth % 2 === 0 ? [nested(depth - 1)] : cborMap({ k: nested(depth - 1) });
}

describe('encodeCbor', () => {
  it('gives the bytes of RFC 8949 appendix A', () => {
    const cases: [CborValue, string][] = [
      [0, '00'],
      [23, '17'],
      [24, '1818'],
      [1000000000000, '1b000000e8d4a51000'],
      [-1000, '3903e7'],
      [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
      [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
      [false, 'f4'],
      [null, 'f6'],
      ['水', '63e6b0b4'],
      [[1, [2, 3], [4, 5]], '8301820203820405'],
      [cborMap({ a: 1, b: [2, 3] }), 'a26161016162820203'],
      [hex('01020304'), '4401020304'],
    ];
    for (const [value, expected] of cases) expect(encodeCbor(value)).toEqual(hex(expected));
  });

  it('sorts map keys by their encoded bytes: shorter first', () => {
    expect(encodeCbor(cborMap({ aa: 1, b: 2, a: 3 }))).toEqual(hex('a3 6161 03 6162 02 626161 01'));
  });

  it('writes what the library writes', () => {
    const edges = [23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32];
    for (const edge of edges) {
      for (const value of [
        edge,
        -edge,
        -1 - edge,
        new Uint8Array(edge % 70_000),
        'x'.repeat(edge % 70_000),
      ]) {
        expect(encodeCbor(value)).toEqual(new Uint8Array(encode(value, rfc8949EncodeOptions)));
      }
    }
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(encodeCbor(value)).toEqual(new Uint8Array(encode(value, rfc8949EncodeOptions)));
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts keys beyond the basic plane after all others, as their bytes do', () => {
    const keys = ['\u{1f600}', '\uffff\u0061', '\ue000a', '\u{10000}', 'abcd', '\u07ffab', 'é\u0080'];
    const map = new Map(keys.map((key, index) => [key, index]));
    expect(encodeCbor(map)).toEqual(new Uint8Array(encode(map, rfc8949EncodeOptions)));
  });

  it('takes minus zero for zero', () => expect(encodeCbor(-0)).toEqual(hex('00')));

  it('throws for what has no encoding', () => {
    const bad: unknown[] = [
      1.5,
      Number.NaN,
      2 ** 53,
      -(2 ** 53),
      undefined,
      1n,
      '\ud800',
      { a: 1 },
      [undefined],
    ];
    bad.push(new Map([[1, 1]]), new Map([['\udfff', 1]]), nested(MAX_DEPTH + 1), new Set());
    for (const value of bad) expect(() => encodeCbor(value as CborValue)).toThrow('broken invariant');
  });
});

describe('decodeCbor', () => {
  it('gives back every value that can be encoded', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('accepts bytes only when they are the one encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
        const decoded = decodeCbor(input);
        if (decoded.ok) expect(encodeCbor(decoded.value)).toEqual(input);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses every cut and every prolonged encoding', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), (value, at) => {
        const whole = encodeCbor(value);
        expect(decodeCbor(whole.subarray(0, at % whole.length)).ok).toBe(false);
        expect(decodeCbor(Uint8Array.of(...whole, 0)).ok).toBe(false);
      }),
    );
  });

  it.each([
    ['unsorted map', 'a2 6162 01 6161 02'],
    ['longer key first', 'a2 626161 01 6162 02'],
    ['duplicate keys', 'a2 6161 01 6161 02'],
    ['number as key', 'a1 01 02'],
    ['array as key', 'a1 80 02'],
    ['indefinite array', '9f 01 ff'],
    ['indefinite map', 'bf 6161 01 ff'],
    ['indefinite bytes', '5f 4101 ff'],
    ['indefinite text', '7f 6161 ff'],
    ['break alone', 'ff'],
    ['half float', 'f9 3e00'],
    ['whole number as float', 'f9 3c00'],
    ['double', 'fb 3ff8000000000000'],
    ['not a number', 'f9 7e00'],
    ['infinity', 'f9 7c00'],
    ['undefined', 'f7'],
    ['simple value', 'e0'],
    ['simple value in a byte', 'f8ff'],
    ['tag', 'c1 00'],
    ['bignum', 'c2 4101'],
    ['non-minimal int', '18 17'],
    ['non-minimal int of two bytes', '19 00ff'],
    ['non-minimal negative', '38 00'],
    ['non-minimal length of bytes', '58 01 00'],
    ['non-minimal length of text', '7801 61'],
    ['non-minimal length of an array', '98 01 00'],
    ['non-minimal length of a map', 'b8 01 6161 00'],
    ['2^53', '1b 0020000000000000'],
    ['−2^53', '3b 001fffffffffffff'],
    ['largest unsigned', '1b ffffffffffffffff'],
    ['cut text', '62 61'],
    ['invalid UTF-8', '61 ff'],
    ['overlong UTF-8', '62 c0af'],
    ['surrogate in UTF-8', '63 eda080'],
    ['array that claims 2^32 items', '9a ffffffff'],
    ['bytes that claim 2^53', '5b 0020000000000000'],
    ['reserved length', '1c'],
    ['nothing', ''],
  ])('refuses %s', (_name, input) => {
    expect(decodeCbor(hex(input)).ok).toBe(false);
  });

  it('takes depth 16 and says too-deep for 17, without running out of stack', () => {
    expect(decodeCbor(encodeCbor(nested(MAX_DEPTH))).ok).toBe(true);
    for (const depth of [MAX_DEPTH + 1, 100_000]) {
      const deep = Uint8Array.from({ length: depth + 1 }, (_, index) => (index < depth ? 0x81 : 0x00));
      expect(decodeCbor(deep)).toMatchObject({ ok: false, error: { code: 'too-deep' } });
    }
  });

  it('counts depth, not items: many arrays side by side are fine', () => {
    const wide = Array.from({ length: 500 }, () => [cborMap({ a: [[]] }), cborMap({})]);
    expect(decodeCbor(encodeCbor(wide)).ok).toBe(true);
  });

  it('keeps a leading U+FEFF and a key named __proto__', () => {
    for (const value of ['\ufeff', '\ufeff水', cborMap({}), new Map([['__proto__', 1]])]) {
      expect(decodeCbor(encodeCbor(value))).toEqual({ ok: true, value });
    }
  });

  it('never quotes content in its detail', () => {
    const secret = bytes('00'.repeat(4));
    const twice = Uint8Array.of(
      0xa2,
      0x64,
      ...new TextEncoder().encode('name'),
      1,
      0x64,
      0x6e,
      0x61,
      0x6d,
      0x65,
      2,
    );
    expect(JSON.stringify(decodeCbor(twice))).not.toContain('name');
    expect(decodeCbor(secret.subarray(0, 3))).toMatchObject({ error: { code: 'malformed' } });
  });
});
