/** Whose codes a platform takes, found by its configuration. */
import { createCrypto } from '../../base/crypto/self-test.ts';
import type { Disk } from '../../base/disk.ts';
import { systemClock } from '../../base/node/clock.ts';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { systemRandom } from '../../base/node/random.ts';
import type { PlatformConfig } from '../config.ts';
import { type ConfiguredPhone, realPhone, samplePhone } from './configured.ts';
import type { SamplePhoneUser } from './sample/sample-app.ts';

/** What it takes, or nothing; `people` are the sample's. */
export async function findPhone(
  { phone, sample, samplePhoneApp }: PlatformConfig,
  tools: {
    readonly disk: Disk;
    readonly readKey: (path: string) => string;
    readonly people: () => readonly SamplePhoneUser[];
  },
): Promise<ConfiguredPhone | null> {
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  if (phone) return realPhone(phone, { ...tools, fetch, random: systemRandom });
  if (!sample || !samplePhoneApp) return null;
  const crypto = createCrypto(systemRandom);
  return samplePhone(tools.people(), { ...tools, fetch, crypto, clock: systemClock, random: systemRandom });
}
