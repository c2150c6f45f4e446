import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceReason } from '../api.ts';
import { conditionOf, isInOrderByte, isStatusByte, type PrinterAnswers, statusRequest } from './status.ts';

const WELL: PrinterAnswers = { printer: 0x12, offline: 0x12, error: 0x12, paper: 0x12 };

test('requests (domain.md C.2)', () => {
  expect(statusRequest('printer')).toEqual(Uint8Array.of(0x10, 0x04, 1));
  expect(statusRequest('paper')).toEqual(Uint8Array.of(0x10, 0x04, 4));
});

test.each<[Partial<PrinterAnswers>, 'ok' | 'attention' | 'fault', DeviceReason | null]>([
  [{}, 'ok', null],
  // The drawer's pin and the feed button say nothing of printing.
  [{ printer: 0x16, offline: 0x1a }, 'ok', null],
  [{ paper: 0x1e }, 'attention', 'paper-low'],
  [{ paper: 0x7e }, 'fault', 'paper-out'],
  [{ printer: 0x1a, offline: 0x32, paper: 0x7e }, 'fault', 'paper-out'],
  [{ printer: 0x1a, offline: 0x16 }, 'fault', 'cover-open'],
  [{ printer: 0x1a, offline: 0x52, error: 0x1a }, 'fault', 'cutter-error'],
  [{ printer: 0x1a, offline: 0x52, error: 0x32 }, 'fault', 'unrecoverable'],
  [{ printer: 0x1a, offline: 0x52, error: 0x52 }, 'fault', 'overheated'],
  [{ printer: 0x1a }, 'fault', 'off-line'],
])('answers %j', (answers, state, reason) => {
  expect(conditionOf({ ...WELL, ...answers })).toEqual({ state, reason });
});

test('no byte is taken for both kinds of answer, and noise for none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (byte) => {
      expect(isStatusByte(byte) && isInOrderByte(byte)).toBe(false);
      if ((byte & 0x80) !== 0 || (byte & 0x01) !== 0) expect(isStatusByte(byte)).toBe(false);
    }),
  );
});
