/** A report of a machine that is well, to be bent. */
import type { MachineReport } from '../../../sync/report-contents.ts';

/** Of a sound machine, at that time by its clock. */
export function sampleReport(atMs: number, change: Partial<MachineReport> = {}): MachineReport {
  return {
    schema: 1,
    atMs,
    software: { version: 'yizhan/0.5.0', hash: 'a'.repeat(64) },
    catalog: { number: 7, hash: 'b'.repeat(64), matters: 217, leftOut: 0 },
    keySet: 1,
    bootId: '0'.repeat(32),
    uptimeS: 7_200,
    devices: [
      { kind: 'card-reader', state: 'ok', reason: null, sinceMs: atMs - 3_600_000 },
      { kind: 'slip-printer', state: 'ok', reason: null, sinceMs: atMs - 3_600_000 },
    ],
    journal: { owed: 0, oldestS: null },
    disk: { freeBytes: 20 * 2 ** 30, totalBytes: 64 * 2 ** 30 },
    clockTrusted: true,
    paper: { level: 'enough', slipsLeft: 300 },
    counts: { countsId: '0'.repeat(16), sinceMs: atMs - 7_200_000, dropped: 0, each: [] },
    ...change,
  };
}
