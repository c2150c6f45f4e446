import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDrawn, DRAWN_RARE } from './rare.ts';
import { wordsOf } from './words.ts';

const face = readFileSync(
  createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-serif-sc/500Medium/NotoSerifSC_500Medium.ttf',
  ),
);

/** The characters a TrueType file draws: its character map, format 12 (OpenType 1.9, cmap). */
function charactersOf(font: Buffer): ReadonlySet<number> {
  const tables = font.readUInt16BE(4);
  const starts = Array.from({ length: tables }, (_none, nth) => 12 + 16 * nth);
  const start = starts.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0;
  const cmap = font.readUInt32BE(start + 8);
  const maps = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_none, nth) => cmap + font.readUInt32BE(cmap + 8 + 8 * nth),
  );
  const map = maps.find((at) => font.readUInt16BE(at) === 12) ?? 0;
  const groups = Array.from({ length: font.readUInt32BE(map + 12) }, (_none, nth) => map + 16 + 12 * nth);
  return new Set(
    groups.flatMap((at) => {
      const [first, last] = [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
      return Array.from({ length: last - first + 1 }, (_none, nth) => first + nth);
    }),
  );
}

describe('rare characters', () => {
  const drawn = charactersOf(face);
  const undrawn = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_none, nth) => from + nth).filter((code) => !drawn.has(code));

  it('are told apart as the face itself has them', () => {
    const beyond = [...drawn].filter((code) => code >= 0x20000 && code < 0x2f800);
    expect([...DRAWN_RARE].map((one) => one.codePointAt(0)).sort()).toEqual(beyond.sort());
    // Every other Chinese character that a name on a card can hold is in the face.
    expect([...undrawn(0x3400, 0x4dbf), ...undrawn(0x4e00, 0x9fff)]).toEqual([]);
  });

  it('have their code in their place where nothing draws them, and everywhere words are set', () => {
    expect(asDrawn('吉𠮷堃𬀩', 'zh')).toBe('吉〔字库没有\u206020BB7〕堃𬀩');
    expect(asDrawn('\u{e863}', 'en')).toBe('[no\u00a0letter\u00a0E863]');
    expect(wordsOf('zh').t('bar.holder', { name: '𠮷*' })).toContain('20BB7');
    expect(wordsOf('en').say({ zh: '无', en: 'Ms 𠮷' })).toBe('Ms [no\u00a0letter\u00a020BB7]');
  });

  it('leave nothing undrawn in any words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('𠮷', '\u{2A6D7}', '\u{f0000}', '喆'),
        (words, rare) => {
          for (const one of asDrawn(`${words}${rare}`, 'zh'))
            if (
              /[\p{Script=Han}\p{Co}]/u.test(one) &&
              one.codePointAt(0) !== 0x3007 &&
              !/[\u{f900}-\u{faff}\u{2e80}-\u{303f}]/u.test(one)
            )
              expect(drawn.has(one.codePointAt(0) ?? 0)).toBe(true);
        },
      ),
    );
  });
});
