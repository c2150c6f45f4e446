import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceReason } from '../api.ts';
import {
  conditionOf,
  conditionOfFull,
  FULL_STATUS_REQUEST,
  type FullStatus,
  FullStatusFinder,
  isInOrderByte,
  isStatusByte,
  type PrinterAnswers,
  statusRequest,
} from './status.ts';

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

const ALL_CLEAR: FullStatus = { paper: 0, user: 0, recoverable: 0, unrecoverable: 0 };

test.each<[Partial<FullStatus>, 'ok' | 'attention' | 'fault', DeviceReason | null]>([
  [{}, 'ok', null],
  // A feed key pressed, the motor on, a command it did not know: nothing to tell.
  [{ user: 0x68, recoverable: 0x20 }, 'ok', null],
  [{ paper: 0x04 }, 'attention', 'paper-low'],
  [{ paper: 0x40 }, 'attention', 'paper-low'],
  [{ paper: 0x20 }, 'attention', 'slip-waiting'],
  [{ paper: 0x24 }, 'attention', 'paper-low'],
  [{ paper: 0x05 }, 'fault', 'paper-out'],
  [{ paper: 0x05, user: 0x02 }, 'fault', 'cover-open'],
  [{ recoverable: 0x40 }, 'fault', 'paper-jam'],
  [{ recoverable: 0x01 }, 'fault', 'overheated'],
  [{ recoverable: 0x08 }, 'fault', 'off-line'],
  [{ unrecoverable: 0x01, recoverable: 0x40 }, 'fault', 'cutter-error'],
  [{ unrecoverable: 0x04 }, 'fault', 'unrecoverable'],
])('full status %j', (parts, state, reason) => {
  expect(conditionOfFull({ ...ALL_CLEAR, ...parts })).toEqual({ state, reason });
});

test('a full status is asked for as the KPM series wants it', () => {
  expect(FULL_STATUS_REQUEST).toEqual(Uint8Array.of(0x10, 0x04, 0x14));
});

test('full statuses are found whatever is in them, and other answers between them are left alone', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const part = fc.oneof(
    fc.tuple(byte, byte, byte, byte).map((full) => ({ full, bytes: [0x10, 0x0f, ...full] })),
    // Answers to other questions, and noise that begins like one.
    fc.constantFrom([0x00], [0x03], [0x12], [0x7e], [0x0f]).map((bytes) => ({ full: undefined, bytes })),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const finder = new FullStatusFinder();
      const found: number[][] = [];
      const left = parts
        .flatMap(({ bytes }) => bytes)
        .filter(
          (one) =>
            !finder.take(one, ({ paper, user, recoverable, unrecoverable }) =>
              found.push([paper, user, recoverable, unrecoverable]),
            ),
        );
      expect(found).toEqual(parts.flatMap(({ full }) => (full === undefined ? [] : [full])));
      expect(left).toEqual(parts.flatMap(({ full, bytes }) => (full === undefined ? bytes : [])));
    }),
  );
});

test('a false start, or half a full status given up, does not eat the next', () => {
  const finder = new FullStatusFinder();
  const found: FullStatus[] = [];
  const hear = (...bytes: number[]) => {
    for (const one of bytes) finder.take(one, (full) => found.push(full));
  };
  hear(0x10, 0x10, 0x0f, 1, 2, 3, 4);
  expect(found).toEqual([{ paper: 1, user: 2, recoverable: 3, unrecoverable: 4 }]);
  hear(0x10, 0x0f, 9);
  finder.clear();
  hear(0x10, 0x0f, 5, 6, 7, 8);
  expect(found).toHaveLength(2);
});
