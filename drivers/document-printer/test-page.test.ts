import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentJobSchema } from '../api.ts';
import { createTestPage } from './test-page.ts';

const text = (bytes: Uint8Array) => new TextDecoder('ascii').decode(bytes);

test('whatever the name is, every object lies where the table says, and every byte is ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (cabinetName) => {
      const pdf = createTestPage({ cabinetName, printedAt: '2026-03-01 09:30' });
      expect(pdf.every((byte) => byte < 0x80)).toBe(true);
      const words = text(pdf);
      const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(words)?.[1]);
      expect(words.slice(table, table + 5)).toBe('xref\n');
      const offsets = [...words.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
        Number(offset),
      );
      offsets.forEach((offset, index) => {
        expect(words.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
      });
      const [, length, content] = /\/Length (\d+) >>\nstream\n(.*)\nendstream/s.exec(words) ?? [];
      expect(content).toHaveLength(Number(length));
    }),
  );
});

test('it is a document the printer is given', () => {
  const pdf = createTestPage({ cabinetName: 'Village (terminal)', printedAt: '2026-03-01 09:30' });
  expect(documentJobSchema.safeParse({ jobId: 'job', pdf }).success).toBe(true);
  expect(text(pdf)).toContain('(Village \\(terminal\\)) Tj');
  expect(documentJobSchema.safeParse({ jobId: 'job', pdf: pdf.subarray(1) }).success).toBe(false);
});
