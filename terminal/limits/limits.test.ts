import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesForCases,
  DISK_RESERVE_BYTES,
  judgeLimits,
  LIMIT_CODES,
  LIMITS,
  type LimitCode,
  type LimitFacts,
} from './limits.ts';

const DAY_MS = 86_400_000;
const BUILT_AT_MS = Date.UTC(2026, 5, 1);
const NOW_MS = BUILT_AT_MS + 10 * DAY_MS;
const TERABYTE = 1e12;

const WELL: LimitFacts = {
  disk: { freeBytes: TERABYTE / 2, totalBytes: TERABYTE },
  owed: 3,
  lastContactMs: NOW_MS,
  sureMs: NOW_MS,
  untrustedMs: 0,
  builtAtMs: BUILT_AT_MS,
};
const NONE: ReadonlySet<LimitCode> = new Set();
const free = (freeBytes: number, totalBytes = TERABYTE) => ({ disk: { freeBytes, totalBytes } });

/** The last facts that are well, the first that warn and the first that stop. */
const EDGES: Readonly<
  Record<LimitCode, readonly [Partial<LimitFacts>, Partial<LimitFacts>, Partial<LimitFacts>]>
> = {
  disk: [free(4 * DISK_RESERVE_BYTES + 1), free(4 * DISK_RESERVE_BYTES), free(DISK_RESERVE_BYTES)],
  journal: [{ owed: 5_999 }, { owed: 6_000 }, { owed: 20_000 }],
  contact: [
    { lastContactMs: NOW_MS - 3 * DAY_MS + 1 },
    { lastContactMs: NOW_MS - 3 * DAY_MS },
    { lastContactMs: NOW_MS - 30 * DAY_MS },
  ],
  clock: [{ untrustedMs: 599_999 }, { untrustedMs: 600_000 }, { untrustedMs: 3_600_000 }],
  release: [
    { builtAtMs: NOW_MS - 180 * DAY_MS + 1 },
    { builtAtMs: NOW_MS - 180 * DAY_MS },
    { builtAtMs: NOW_MS - 400 * DAY_MS },
  ],
};

const judge = (change: Partial<LimitFacts>, before = NONE) => {
  const { warns, stops } = judgeLimits({ ...WELL, ...change }, before);
  return { warns: [...warns], stops: [...stops] };
};

describe('the limits', () => {
  it('leave a machine alone that is well, and judge nothing that cannot be told', () => {
    expect(judge({})).toEqual({ warns: [], stops: [] });
    expect(judge({ disk: null, lastContactMs: null })).toEqual({ warns: [], stops: [] });
  });

  it.each(LIMIT_CODES)('%s: warns at its first number, stops at its second, each to the unit', (code) => {
    const [well, warns, stops] = EDGES[code];
    expect(judge(well)).toEqual({ warns: [], stops: [] });
    expect(judge(warns)).toEqual({ warns: [code], stops: [] });
    expect(judge(stops)).toEqual({ warns: [code], stops: [code] });
  });

  it('let go by themselves: at once where nothing swings, a little later where it does', () => {
    const stopped = (code: LimitCode): ReadonlySet<LimitCode> => new Set([code]);
    expect(judge(free(DISK_RESERVE_BYTES + 1)).stops).toEqual([]);
    expect(judge(free(DISK_RESERVE_BYTES + 1), stopped('disk')).stops).toEqual(['disk']);
    expect(judge(free(2 * DISK_RESERVE_BYTES + 1), stopped('disk')).stops).toEqual([]);
    expect(judge({ owed: 15_000 }, stopped('journal')).stops).toEqual(['journal']);
    expect(judge({ owed: 14_999 }, stopped('journal')).stops).toEqual([]);
    for (const code of LIMIT_CODES) expect(judge({}, stopped(code)).stops).toEqual([]);
  });

  it('measure a small disk by a share of it', () => {
    const small = 64 * 1024 * 1024;
    expect(judge(free(small / 2, small))).toEqual({ warns: [], stops: [] });
    expect(judge(free(small / 20, small)).stops).toEqual(['disk']);
    expect(judge(free(0, small)).stops).toEqual(['disk']);
  });

  it('warn earlier than they stop, and resume no later than they stopped', () => {
    for (const code of LIMIT_CODES) {
      const { warnAt, stopAt, resumeBelow } = LIMITS[code];
      expect(warnAt).toBeLessThan(stopAt);
      expect(resumeBelow).toBeLessThanOrEqual(stopAt);
    }
  });

  it('stop nothing for a clock that runs ahead: only sure time counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: NOW_MS }), (sureMs) => {
        const { stops } = judgeLimits({ ...WELL, sureMs }, NONE);
        expect([...stops]).toEqual([]);
      }),
    );
  });
});

it('cases have left to them fifteen hundredths of a disk, more than they stop at, and of a large one enough', () => {
  const GIB = 1024 ** 3;
  expect(bytesForCases(32 * GIB)).toBe(32 * GIB * 0.15);
  expect(bytesForCases(TERABYTE)).toBe(16 * GIB);
  for (const totalBytes of [2 * GIB, 8 * GIB, 64 * GIB, TERABYTE])
    expect(judgeLimits({ ...WELL, ...free(bytesForCases(totalBytes), totalBytes) }, NONE).stops).toEqual(
      NONE,
    );
});
