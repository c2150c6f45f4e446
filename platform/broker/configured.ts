/** The broker as the program's configuration describes it. */
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { DataSet } from '../../catalog/data-set.ts';
import type { BrokerOptions } from './broker.ts';
import type { DataSource } from './data-source.ts';
import { httpSource } from './http-source.ts';
import { readSamplePeople } from './sample/sample-people.ts';
import { startSampleSource } from './sample/sample-source.ts';

/** Longer than any visit. */
const VISIT_MS = 1_800_000;
/** More than a village asks. */
const MOST_A_DAY = 400;

const sourceSchema = z.strictObject({
  /** Where its interface begins, without a slash at the end: `https://…`. */
  url: z.url({ protocol: /^https$/ }),
  /** What this county is to the source. */
  appId: z.string(),
  /** A file with the key that the source gave, readable by the platform's user alone. */
  keyFile: z.string(),
  /** The data sets that it keeps, by their ids. */
  dataSets: z.array(z.string()).min(1),
  /** Somebody stands at a terminal that gives up after 20 s. */
  timeoutMs: z.int().min(1_000).max(15_000).default(12_000),
});

/** Sources of shared data. */
export const brokerSchema = z.strictObject({
  /** How long after it was received a consent proves anything: about a visit. */
  consentGoodForMs: z.int().min(60_000).max(86_400_000).default(VISIT_MS),
  /** The most fetches of one terminal within a day. */
  mostADay: z.int().min(1).max(100_000).default(MOST_A_DAY),
  sources: z.array(sourceSchema).min(1),
});
export type BrokerConfig = z.output<typeof brokerSchema>;

/** A broker to open, and how its sources are let go. */
export interface ConfiguredBroker {
  readonly options: BrokerOptions;
  stop(): Promise<void>;
}

/** The real one; `readKey` answers what stands in a key file. Throws when a source names a data set nobody knows. */
export function realBroker(
  config: BrokerConfig,
  dataSets: () => readonly DataSet[],
  tools: { readonly fetch: Fetch; readonly readKey: (path: string) => string },
): ConfiguredBroker {
  const sources = new Map<string, DataSource>();
  for (const { url, appId, keyFile, dataSets: ids, timeoutMs } of config.sources) {
    const source = httpSource({ fetch: tools.fetch, url, appId, key: tools.readKey(keyFile), timeoutMs });
    for (const id of ids) {
      if (!dataSets().some((one) => one.id === id))
        throw new Error(`a source names no data set of ours: ${id}`);
      sources.set(id, source);
    }
  }
  const { consentGoodForMs, mostADay } = config;
  return { options: { dataSets, sources, consentGoodForMs, mostADay }, stop: async () => undefined };
}

/** The sample platform's, on this machine: everything from one made-up source; `people` is the text of `people.yaml`. */
export async function sampleBroker(
  dataSets: () => readonly DataSet[],
  tools: { readonly clock: Clock; readonly fetch: Fetch; readonly people: string },
): Promise<ConfiguredBroker> {
  const { clock, fetch } = tools;
  const key = 'sample';
  const source = await startSampleSource({ clock, dataSets, key, people: readSamplePeople(tools.people) });
  const port = httpSource({ fetch, url: source.url, appId: 'sample', key, timeoutMs: 5_000 });
  const sources = { get: (id: string) => (dataSets().some((one) => one.id === id) ? port : undefined) };
  const options = { dataSets, sources, consentGoodForMs: VISIT_MS, mostADay: MOST_A_DAY };
  return { options, stop: () => source.stop() };
}
