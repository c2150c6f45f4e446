/** The connector as the program's configuration describes it. */
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Disk } from '../../base/disk.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { Random } from '../../base/random.ts';
import type { CaseCentre } from './case-centre.ts';
import type { CentreMatters } from './duties.ts';
import { httpCentre } from './http-centre.ts';
import { startSampleCentre } from './sample/sample-centre.ts';

/** A province's case centre. */
export const centreSchema = z.strictObject({
  /** Where its interface begins, without a slash at the end: `https://…`. */
  url: z.url({ protocol: /^https$/ }),
  /** What this county is to the centre. */
  appId: z.string(),
  /** A file with the key that the centre gave, readable by the platform's user alone. */
  keyFile: z.string(),
  /** Our matter's id → its implementation code (domain.md D.1). Matters not named here stay in the county. */
  matterCodes: z.record(z.string(), z.string().min(1)),
  callTimeoutMs: z.int().min(1_000).max(120_000).default(20_000),
  /** Ask the centre: how long after a broken call may the case still appear in a look-up? */
  settleMs: z.int().min(0).max(3_600_000).default(60_000),
});
export type CentreConfig = z.infer<typeof centreSchema>;

/** A centre to work with, and how it is let go. */
export interface ConfiguredCentre {
  readonly port: CaseCentre;
  readonly matters: CentreMatters;
  /** Gives up the calls under way. */
  giveUp(): void;
  stop(): Promise<void>;
}

/** The matters that go to a centre by these codes. */
export function mattersWithCodes(matterCodes: CentreConfig['matterCodes']): CentreMatters {
  return { findCode: ({ id }) => (Object.hasOwn(matterCodes, id) ? matterCodes[id] : undefined) };
}

/** The sample platform's: every matter one applies for. */
export const SAMPLE_MATTERS: CentreMatters = {
  findCode: ({ kind, no }) => (kind === 'apply' ? `sample-${no}` : undefined),
};

/** The real one; `key` is what stood in its file. */
export function realCentre(config: CentreConfig, key: string, fetch: Fetch): ConfiguredCentre {
  const stopping = new AbortController();
  const { url, appId, callTimeoutMs, settleMs, matterCodes } = config;
  const options = { fetch, url, appId, key, callTimeoutMs, settleMs, signal: stopping.signal };
  return {
    port: httpCentre(options),
    matters: mattersWithCodes(matterCodes),
    giveUp: () => stopping.abort(),
    stop: async () => undefined,
  };
}

/** How long the sample centre takes: long enough to see a case delivered before it is registered. */
const SAMPLE_DELAY_MS = 1_500;

/** The sample platform's, on this machine. */
export async function sampleCentre(tools: {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  readonly fetch: Fetch;
}): Promise<ConfiguredCentre> {
  const { clock, random, disk, fetch } = tools;
  const stopping = new AbortController();
  const key = 'sample';
  const centre = await startSampleCentre({ clock, random, disk, key, delayMs: SAMPLE_DELAY_MS });
  const times = { callTimeoutMs: 10_000, settleMs: 1_000 };
  return {
    port: httpCentre({ fetch, url: centre.url, appId: 'sample', key, ...times, signal: stopping.signal }),
    matters: SAMPLE_MATTERS,
    giveUp: () => stopping.abort(),
    stop: () => centre.stop(),
  };
}
