/** Whose codes from phones a platform takes, as the program's configuration describes it. */
import { z } from 'zod';
import { findHex, toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { Random } from '../../base/random.ts';
import { invariant } from '../../base/result.ts';
import type { PhoneCodes } from './answer.ts';
import { httpIdentity } from './http-identity.ts';
import { type SamplePhoneUser, startSampleApp } from './sample/sample-app.ts';

/** Issuers and the service behind the province's app. */
export const phoneSchema = z.strictObject({
  /** Whoever signs codes, each with a public key of 64 hexadecimal digits. */
  issuers: z
    .array(z.strictObject({ name: z.string().min(1), key: z.string().regex(/^[0-9a-f]{64}$/) }))
    .default([]),
  service: z
    .strictObject({
      /** Where its interface begins, without a slash at the end: `https://…`. */
      url: z.url({ protocol: /^https$/ }),
      appId: z.string(),
      /** A file with the key that it gave, readable by the platform's user alone. */
      keyFile: z.string(),
      /** Somebody stands at a terminal that gives up after 20 s. */
      timeoutMs: z.int().min(500).max(10_000).default(6_000),
    })
    .optional(),
});
export type PhoneConfig = z.output<typeof phoneSchema>;

/** What a terminal of the sample platform is told of the made-up app. */
export interface SamplePhone {
  readonly app: string;
  readonly issuers: readonly { readonly name: string; readonly key: string }[];
  readonly onlineForm: string;
  /** Where its people show their codes. */
  readonly url: string;
  /** Whose they are, in that order. */
  readonly people: readonly string[];
}

/** What a platform takes, and how it is let go. */
export interface ConfiguredPhone {
  readonly codes: PhoneCodes;
  /** Null at a real one. */
  readonly sample: SamplePhone | null;
  stop(): Promise<void>;
}

/** The real one; `readKey` answers what stands in a key file. */
export function realPhone(
  { issuers, service }: PhoneConfig,
  tools: { readonly fetch: Fetch; readonly random: Random; readonly readKey: (path: string) => string },
): ConfiguredPhone {
  const identity = service
    ? httpIdentity({ ...tools, ...service, key: tools.readKey(service.keyFile) })
    : null;
  const known = issuers.map(({ name, key }) => ({ name, publicKey: keyOf(key) }));
  return { codes: { issuers: known, identity }, sample: null, stop: async () => undefined };
}

function keyOf(hex: string): Uint8Array {
  const key = findHex(hex);
  invariant(key?.length === 32, 'a key of Ed25519 has 64 hexadecimal digits');
  return key;
}

const SEED_FILE = 'seed';
const SAMPLE_KEY = 'sample';

/** The sample platform's, on this machine: an app made up, reached by the same HTTP as a real one. */
export async function samplePhone(
  people: readonly SamplePhoneUser[],
  tools: {
    readonly clock: Clock;
    readonly random: Random;
    readonly crypto: Crypto;
    readonly fetch: Fetch;
    readonly disk: Disk;
  },
): Promise<ConfiguredPhone> {
  const key = tools.crypto.signingKey(seedOf(tools.disk, tools.random));
  const app = await startSampleApp({ ...tools, people, key, callersKey: SAMPLE_KEY });
  const issuer = { name: '浙里办（示例）', publicKey: key.publicKey };
  const identity = httpIdentity({
    ...tools,
    url: app.url,
    appId: 'sample',
    key: SAMPLE_KEY,
    timeoutMs: 5_000,
  });
  return {
    codes: { issuers: [issuer], identity },
    sample: {
      ...{ app: issuer.name, issuers: [{ name: issuer.name, key: toHex(issuer.publicKey) }] },
      ...{ onlineForm: app.onlineForm, url: app.pageUrl, people: people.map(({ name }) => name) },
    },
    stop: () => app.stop(),
  };
}

/** As in the run before: a terminal that goes on knows its issuer. */
function seedOf(disk: Disk, random: Random): Uint8Array {
  const read = disk.read(SEED_FILE);
  if (read.ok) return read.value;
  const seed = random.bytes(32);
  const written = disk.writeDurably(SEED_FILE, seed);
  invariant(written.ok, 'a sample can write its key');
  return seed;
}
