/** The maintainer's page of software, in its states. */
import type { Page, SoftwareView } from '../../../terminal/api.ts';
import { DAY_MS, HOUR_MS, NOW_MS } from './people.ts';

type SoftwarePage = Extract<Page, { kind: 'software' }>;

const STEADY: SoftwareView = {
  running: { version: 12, name: '0.6.0', hash: '4d1c8a07e2b9f365', sinceMs: NOW_MS - 20 * DAY_MS },
  other: { version: 11, name: '0.5.0' },
  trial: { version: 12, outcome: 'committed' },
  ...{ refused: [], looking: false, fetching: null, waiting: null, hours: null, backTo: null, last: null },
};
const NIGHTS = { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 90, toMinute: 300 };
const NEXT = { other: { version: 13, name: '0.6.1' } } as const;

const page = (software: Partial<SoftwareView>, more: Partial<SoftwarePage> = {}): Page => ({
  kind: 'software',
  software: { ...STEADY, ...software },
  ...{ sticks: [], asks: false },
  ...more,
});
const came = (last: NonNullable<SoftwareView['last']>['came'], more: Partial<SoftwareView> = {}) =>
  page({ last: { came: last, atMs: NOW_MS - HOUR_MS }, ...more });

/** By name. */
export const SOFTWARE_VIEWS: Readonly<Record<string, Page>> = {
  software: came('newest'),
  'software-none': { kind: 'software', software: null, sticks: [], asks: false },
  'software-fetching': page({
    looking: true,
    fetching: { version: 13, missing: 18_200_000, whole: 61_000_000 },
  }),
  'software-hour': page({ ...NEXT, waiting: { version: 13, for: 'hour', by: 'county' }, hours: NIGHTS }),
  'software-workdays': page({
    ...{ ...NEXT, waiting: { version: 13, for: 'hour', by: 'county' } },
    hours: { ...NIGHTS, days: [1, 2, 3, 4] },
  }),
  'software-stopped': page({ ...NEXT, waiting: { version: 13, for: 'offer', by: 'county' } }),
  'software-stick': page(
    { ...NEXT, waiting: { version: 13, for: 'nobody', by: 'stick' } },
    { sticks: ['KINGSTON'] },
  ),
  'software-sure': page(
    { ...NEXT, waiting: { version: 13, for: 'nobody', by: 'stick' } },
    { sticks: ['KINGSTON'], asks: true },
  ),
  'software-ordered': page({ backTo: 11 }),
  'software-back': page({ backTo: 11, waiting: { version: 11, for: 'nobody', by: 'order' } }),
  'software-went-back': page({
    ...NEXT,
    trial: { version: 13, outcome: 'ill' },
    refused: [
      { version: 9, why: 'crashed' },
      { version: 13, why: 'ill' },
    ],
    last: { came: 'failed-before', atMs: NOW_MS - HOUR_MS },
  }),
  'software-hurt': page(
    { last: { came: 'damaged', atMs: NOW_MS - HOUR_MS } },
    { sticks: ['KINGSTON', 'SANDISK 64G'] },
  ),
  'software-untrusted': came('not-trusted'),
  'software-unreachable': came('unreachable', { trial: null, other: null }),
};
