import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, toHex, utf8 } from '../../base/bytes.ts';
import { type SlipBlock, slipBlockSchema } from '../api.ts';
import { EscPosParser, type PrinterCommand } from '../simulator/escpos-parser.ts';
import { encodeText, FEED_AND_CUT, qr } from './escpos.ts';
import { type Columns, countLines, encodeSlip } from './slip-layout.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'一二三回执，。A9 \u0010\u0004\u001d'), maxLength: 60 }),
);
const blocks: fc.Arbitrary<SlipBlock> = fc.oneof(
  fc.record({ type: fc.constant('title' as const), text }),
  fc.record({ type: fc.constant('text' as const), text, strong: fc.boolean() }),
  fc.record({ type: fc.constant('number' as const), text }),
  fc.record({ type: fc.constant('pair' as const), label: text, value: text }),
  fc.record({ type: fc.constant('rule' as const) }),
  fc.record({
    type: fc.constant('qr' as const),
    data: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1000 }),
  }),
);
const papers = fc.constantFrom<Columns>(48, 32);

function parse(bytes: Uint8Array, ...ends: readonly number[]): PrinterCommand[] {
  const parser = new EscPosParser();
  const places = [...ends, bytes.length];
  return places.flatMap((end, index) => parser.push(bytes.slice(places[index - 1] ?? 0, end)));
}

/** Joins neighbouring pieces of text, which a cut between them parts. */
function joined(commands: readonly PrinterCommand[]): PrinterCommand[] {
  const result: PrinterCommand[] = [];
  for (const command of commands) {
    const last = result.at(-1);
    if (command.type === 'text' && last?.type === 'text') {
      result[result.length - 1] = { type: 'text', bytes: concat(last.bytes, command.bytes) };
    } else result.push(command);
  }
  return result;
}

describe('any slip', () => {
  test('is whole commands that the printer knows, ended by one cut', () => {
    fc.assert(
      fc.property(fc.array(blocks, { minLength: 1, maxLength: 5 }), papers, (slip, columns) => {
        for (const block of slip) expect(slipBlockSchema.safeParse(block).success).toBe(true);
        const commands = parse(encodeSlip(slip, columns));
        expect(commands.filter(({ type }) => type === 'unknown' || type === 'real-time')).toEqual([]);
        expect(commands[0]).toEqual({ type: 'initialise' });
        expect(commands.filter(({ type }) => type === 'cut')).toHaveLength(1);
        expect(commands.at(-1)).toEqual({ type: 'cut' });
      }),
    );
  });

  test('holds no bytes that read as a real-time command', () => {
    fc.assert(
      fc.property(fc.array(blocks, { minLength: 1, maxLength: 5 }), papers, (slip, columns) => {
        expect(toHex(encodeSlip(slip, columns)).match(/^(..)*?10(04|05|14)/)).toBeNull();
      }),
    );
  });

  test('is understood the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(blocks, { minLength: 1, maxLength: 3 }),
        papers,
        fc.nat(),
        (slip, columns, place) => {
          const bytes = encodeSlip(slip, columns);
          expect(joined(parse(bytes, place % bytes.length))).toEqual(joined(parse(bytes)));
        },
      ),
    );
  });
});

describe('a QR code', () => {
  test('is stored whole, then printed', () => {
    const commands = parse(qr(utf8('https://example.org/s#1.AbC'), 6));
    expect(commands.map((command) => command.type === 'qr' && command.code)).toEqual([65, 67, 69, 80, 81]);
    const store = commands[3];
    expect(store?.type === 'qr' && store.parameters).toEqual(utf8('0https://example.org/s#1.AbC'));
  });

  test.each([
    // 480 characters are 77 modules (version 15) and the quiet zone 8.
    [480, 48, 6],
    [480, 32, 4],
    [1000, 48, 5],
    [1000, 32, 3],
  ] as const)('of %i characters on %i columns has modules of %i dots', (length, columns, dots) => {
    const commands = parse(encodeSlip([{ type: 'qr', data: 'a'.repeat(length) }], columns));
    const size = commands.find((command) => command.type === 'qr' && command.code === 67);
    expect(size?.type === 'qr' && size.parameters[0]).toBe(dots);
  });

  test('too long for one command is a bug', () => {
    expect(() => qr(new Uint8Array(1001), 6)).toThrow('broken invariant');
  });
});

test('text is GB18030', () => {
  expect(toHex(encodeText('回执'))).toBe('bbd8d6b4');
  expect(toHex(encodeText('·'))).toBe('a1a4');
  expect(encodeText('𬭎')).toHaveLength(4);
  expect(toHex(FEED_AND_CUT)).toBe('1d564218');
});

test('paper is counted by what comes out: a line end is a line at least, large ones and QR codes more', () => {
  fc.assert(
    fc.property(fc.array(blocks, { minLength: 1, maxLength: 5 }), papers, (slip, columns) => {
      const ends = parse(encodeSlip(slip, columns)).filter(({ type }) => type === 'line-end').length;
      expect(countLines(slip, columns)).toBeGreaterThanOrEqual(ends);
    }),
  );
  const cut = countLines([], 48);
  expect(countLines([{ type: 'rule' }], 48)).toBe(cut + 1);
  expect(countLines([{ type: 'title', text: '回执' }], 48)).toBe(cut + 2);
  // 40 characters of double width need 80 columns: two lines of 80 mm, three of 58 mm.
  expect(countLines([{ type: 'number', text: '1'.repeat(40) }], 48)).toBe(cut + 4);
  expect(countLines([{ type: 'number', text: '1'.repeat(40) }], 32)).toBe(cut + 6);
  // 25 modules of 6 dots are 150 dots: five lines, and the one after.
  expect(countLines([{ type: 'qr', data: 'https://example.org/s#1.AbC' }], 48)).toBe(cut + 6);
});
