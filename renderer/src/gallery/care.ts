/** The maintainer's pages about the machine itself, in their states. */
import type { Page } from '../../../terminal/api.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';
import { SOFTWARE_VIEWS } from './software.ts';

const MINUTE_MS = 60_000;
type Report = Extract<Page, { kind: 'machine' }>['report'];

const REPORT: Report = {
  versions: {
    ...{ software: 'yizhan/0.6.0', builtAtMs: NOW_MS - 20 * DAY_MS, runtime: 'node 24.11.0 linux x64' },
    ...{ programHash: '4d1c8a07e2b9f365', catalog: 41, matters: 217 },
  },
  keys: { terminal: '7f3a09c1', keySet: 3, certifiedAtMs: NOW_MS - 90 * DAY_MS, own: 'b21e44d0' },
  journals: [
    { journal: '9c04a7e2', head: 1_284, owed: 17, rebuilt: false },
    { journal: '02bb61f8', head: 311, owed: 0, rebuilt: true },
  ],
  disk: { freeBytes: 41_300_000_000, totalBytes: 64_000_000_000 },
  clock: { nowMs: NOW_MS, trusted: true, offsetMs: 2_400, floorMs: NOW_MS - HOUR_MS },
  network: {
    ...{ online: false, lastContactMs: NOW_MS - 3 * HOUR_MS, nextTryMs: NOW_MS + MINUTE_MS },
    ...{ trouble: 'unreachable', access: 'served' },
  },
};

const LINES = [
  { atMs: NOW_MS - MINUTE_MS, event: 'sync.trouble', words: 'loop=uplink code=unreachable waitMs=60000' },
  { atMs: NOW_MS - 2 * HOUR_MS, event: 'order.answered', words: 'order=self-test outcome=done' },
  { atMs: NOW_MS - 3 * HOUR_MS, event: 'sync.answered', words: 'held=4 refused=0' },
];

/** By name. */
export const CARE_VIEWS: Readonly<Record<string, Page>> = {
  machine: { kind: 'machine', report: REPORT, cards: 2, adding: 'no' },
  'machine-card': { kind: 'machine', report: REPORT, cards: 0, adding: 'lay' },
  'machine-log': { kind: 'machine-log', lines: LINES },
  'machine-log-none': { kind: 'machine-log', lines: [] },
  fixes: {
    kind: 'fixes',
    fixes: [
      { fix: 'paper', stands: true },
      { fix: 'network', stands: true },
      { fix: 'reader', stands: false },
      { fix: 'disk', stands: false },
      { fix: 'clock', stands: false },
      { fix: 'refused', stands: false },
    ],
  },
  fix: { kind: 'fix', fix: 'paper', stands: true, tried: null },
  'fix-not-well': { kind: 'fix', fix: 'network', stands: true, tried: 'not-well' },
  'fix-well': { kind: 'fix', fix: 'reader', stands: false, tried: 'well' },
  diagnostics: { kind: 'diagnostics', sticks: ['KINGSTON'], outcome: 'written' },
  'diagnostics-none': { kind: 'diagnostics', sticks: [], outcome: null },
  ...SOFTWARE_VIEWS,
};
