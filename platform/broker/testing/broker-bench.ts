/** A source of shared data that a test can bend, and what a platform needs to be its broker. */
import { systemClock } from '../../../base/node/clock.ts';
import { createNodeFetch } from '../../../base/node/fetch.ts';
import { readFolder } from '../../../base/node/read-folder.ts';
import { invariant } from '../../../base/result.ts';
import { type DataSet, dataSetSchema } from '../../../catalog/data-set.ts';
import { loadCatalog } from '../../../catalog/load.ts';
import type { BrokerOptions } from '../broker.ts';
import { httpSource } from '../http-source.ts';
import type { FaultKind } from '../sample/faults.ts';
import { readSamplePeople, type SampleSubject } from '../sample/sample-people.ts';
import { startSampleSource } from '../sample/sample-source.ts';

const FOLDER = new URL('..', import.meta.url).pathname;
const KEY = 'key of a test';
/** Short, so that tests of silence are quick; a silent source is so for longer. */
const TIMEOUT_MS = 300;

/** What a test adds to them: one that anyone may ask. */
export const BUS_STOPS: DataSet = dataSetSchema.parse({
  id: 'bus-stops',
  name: { zh: '公交站', en: 'Bus stops' },
  from: { zh: '县交通局', en: 'County transport bureau' },
  about: 'anyone',
  maxRecords: 20,
  parameters: { line: String.raw`\d{1,3}` },
  fields: [
    { id: 'line', label: { zh: '几路', en: 'Line' }, type: 'text' },
    { id: 'leaves', label: { zh: '发车', en: 'Leaves' }, type: 'text' },
  ],
});

/** The project's own data sets, and that one. */
export const DATA_SETS: readonly DataSet[] = [
  ...loadCatalog(readFolder(new URL('../../../catalog', import.meta.url).pathname)).dataSets,
  BUS_STOPS,
];

/** The people whose data the sample source has. */
export const SAMPLE_PEOPLE: readonly SampleSubject[] = readSamplePeople(
  readFolder(`${FOLDER}sample`).findText('people.yaml') ?? '',
);

/** One of them, by name. */
export function samplePerson(name: string): SampleSubject {
  const found = SAMPLE_PEOPLE.find((one) => one.name === name);
  invariant(found, 'there is such a sample person');
  return found;
}

/** A source, and how it is bent. */
export interface BrokerBench {
  /** For a platform's options. */
  readonly broker: BrokerOptions;
  /** Data sets it was asked for, in order. */
  readonly asked: readonly string[];
  /** The next calls go wrong like this, in order. */
  failNext(...kinds: FaultKind[]): void;
  stop(): Promise<void>;
}

/** Starts one. */
export async function openBrokerBench(change: Partial<BrokerOptions> = {}): Promise<BrokerBench> {
  const faults: FaultKind[] = [];
  const asked: string[] = [];
  const source = await startSampleSource({
    ...{
      clock: systemClock,
      dataSets: () => DATA_SETS,
      people: SAMPLE_PEOPLE,
      key: KEY,
      silentMs: TIMEOUT_MS * 3,
    },
    nextFault(dataSet) {
      asked.push(dataSet);
      return faults.shift() ?? null;
    },
  });
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  const port = httpSource({ fetch, url: source.url, appId: 'test', key: KEY, timeoutMs: TIMEOUT_MS });
  return {
    broker: {
      dataSets: () => DATA_SETS,
      sources: new Map(DATA_SETS.map(({ id }) => [id, port])),
      ...{ consentGoodForMs: 1_800_000, mostADay: 400 },
      ...change,
    },
    asked,
    failNext: (...kinds) => void faults.push(...kinds),
    stop: () => source.stop(),
  };
}
