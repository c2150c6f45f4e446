import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { concat, utf8 } from '../../base/bytes.ts';
import { hidPosReports as reportsOf } from '../simulator/hid-pos-endpoint.ts';
import { MAX_CODE_BYTES } from './code.ts';
import { HidPosReports } from './hid-pos.ts';
import { COMMON_HID_POS_LAYOUT, type HidPosLayout, hidPosLayoutSchema } from './hid-pos-layout.ts';

const push = (reports: HidPosReports, all: readonly Uint8Array[]) =>
  all.map((report) => reports.push(report)).filter((event) => event !== undefined);

/** Zebra-like: flag and length change places with what the common order has. */
const OTHER_LAYOUT: HidPosLayout = {
  reportId: 0x06,
  lengthAt: 2,
  aimAt: 3,
  dataAt: 6,
  maxDataBytes: 58,
  moreAt: 1,
};

test('a report as a scanner sends it, byte by byte', () => {
  const report = new Uint8Array(64);
  report.set([0x02, 0x05, 0x5d, 0x51, 0x31, 0x68, 0x65, 0x6c, 0x6c, 0x6f]);
  expect(new HidPosReports().push(report)).toEqual({
    type: 'code',
    code: { symbology: 'qr', text: 'hello' },
  });
});

test.each([
  [']Q1', 'qr'],
  [']h1', 'han-xin'],
  [']C0', 'code-128'],
  [']E0', 'ean'],
  [']X0', 'other'],
  ['\0\0\0', null],
  ['Q1 ', null],
])('the identifier %j names %s', (aim, symbology) => {
  expect(push(new HidPosReports(), reportsOf(utf8('1'), aim))).toEqual([
    { type: 'code', code: { symbology, text: '1' } },
  ]);
});

test.each([COMMON_HID_POS_LAYOUT, OTHER_LAYOUT])('whatever text was coded comes out again (%#)', (layout) => {
  const reports = new HidPosReports(layout);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1300 }), (text) => {
      const code = utf8(text);
      fc.pre(code.length <= MAX_CODE_BYTES);
      expect(push(reports, reportsOf(code, ']Q1', layout))).toEqual([
        { type: 'code', code: { symbology: 'qr', text } },
      ]);
    }),
  );
});

test('a scanner that sends no identifier: the kind of code is not told', () => {
  const layout = { ...COMMON_HID_POS_LAYOUT, aimAt: null };
  expect(push(new HidPosReports(layout), reportsOf(utf8(']Q1'), ']C0', layout))).toEqual([
    { type: 'code', code: { symbology: null, text: ']Q1' } },
  ]);
});

test.each([
  ['data on the identifier', { dataAt: 4 }],
  ['data on the flag', { maxDataBytes: 59 }],
  ['the flag on the length', { moreAt: 1 }],
  ['an identifier beyond the report', { aimAt: 62 }],
])('a layout with %s is refused', (_what, change) => {
  expect(hidPosLayoutSchema.safeParse(COMMON_HID_POS_LAYOUT).success).toBe(true);
  expect(hidPosLayoutSchema.safeParse({ ...COMMON_HID_POS_LAYOUT, ...change }).success).toBe(false);
});

test('a Chinese code in GB18030 is read; bytes of no encoding are not', () => {
  const gb = Uint8Array.from(iconv.encode('新昌县沙溪镇', 'gb18030'));
  expect(push(new HidPosReports(), reportsOf(gb, ']Q1'))).toMatchObject([{ code: { text: '新昌县沙溪镇' } }]);
  expect(push(new HidPosReports(), reportsOf(Uint8Array.of(0x41, 0xff, 0xff), ']Q1'))).toEqual([
    { type: 'unreadable' },
  ]);
});

test('a report too short for what it says, or that says more than it may hold, spoils its code alone', () => {
  const reports = new HidPosReports();
  const [first = new Uint8Array(), second = new Uint8Array()] = reportsOf(utf8('a'.repeat(100)), ']Q1');
  expect(push(reports, [first.subarray(0, 20)])).toEqual([{ type: 'unreadable' }]);
  expect(push(reports, [first, Uint8Array.of(0x02, 57)])).toEqual([{ type: 'unreadable' }]);
  expect(push(reports, [first, second])).toMatchObject([{ code: { text: 'a'.repeat(100) } }]);
});

test('a code that goes on without end is dropped whole, and the next one is read', () => {
  const reports = new HidPosReports();
  const endless = reportsOf(new Uint8Array(MAX_CODE_BYTES + 1).fill(0x30), ']Q1');
  expect(push(reports, endless)).toEqual([{ type: 'unreadable' }]);
  expect(push(reports, reportsOf(new Uint8Array(MAX_CODE_BYTES).fill(0x30), ']Q1'))).toMatchObject([
    { type: 'code' },
  ]);
});

test('reports of other kinds, trailing bytes and noise: never a throw, never more than a code may hold', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 30 }), (noise) => {
      const reports = new HidPosReports();
      for (const event of push(reports, noise)) {
        if (event.type === 'code') expect(event.code.text.length).toBeLessThanOrEqual(MAX_CODE_BYTES);
      }
      reports.clear();
      const [report = new Uint8Array()] = reportsOf(utf8('42'), ']Q1');
      expect(reports.push(concat(report, Uint8Array.of(1, 2, 3)))).toMatchObject({ code: { text: '42' } });
      expect(reports.push(Uint8Array.of(0x07, 1, 1))).toBeUndefined();
    }),
  );
});
