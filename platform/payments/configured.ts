/** Whom a platform pays through, as the program's configuration describes it. */
import { z } from 'zod';
import { findHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { Log } from '../../base/log.ts';
import type { Random } from '../../base/random.ts';
import { httpProvider } from './http-provider.ts';
import type { NoticeSender } from './notices.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { startSampleProvider } from './sample/sample-provider.ts';
import { ed25519Keys, hmacKeys, type PayKeys } from './signing.ts';

const reached = {
  /** Where its interface begins, without a slash at the end: `https://…`. */
  url: z.url({ protocol: /^https$/ }),
  /** What this county is to the provider. */
  appId: z.string().regex(/^[\w.-]{1,64}$/),
  /** Our key as 64 hexadecimal digits or more, in a file readable by the platform's user alone. */
  keyFile: z.string(),
  /** Of one try; somebody stands at a terminal that gives up after 20 s. */
  timeoutMs: z.int().min(500).max(6_000).default(4_000),
  tries: z.int().min(1).max(5).default(3),
};

/** A payment provider, and how messages are signed: one key that both know, or a key each. */
export const providerSchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('hmac-sha256'), ...reached }),
  z.strictObject({
    scheme: z.literal('ed25519'),
    ...reached,
    /** The provider's public key, 64 hexadecimal digits. */
    providerKey: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type ProviderConfig = z.output<typeof providerSchema>;

/** A provider to pay through, and how it is let go. */
export interface ConfiguredProvider {
  readonly provider: PaymentProvider;
  readonly notices: NoticeSender;
  /** Where a developer pays without a phone; null at a real one. */
  readonly payUrl: string | null;
  /** Gives up the calls under way. */
  giveUp(): void;
  stop(): Promise<void>;
}

/** What providers are reached with; `noticeUrl` answers where notices go, once that is known. */
export interface ProviderTools {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly log: Log;
  readonly noticeUrl: () => string | null;
}

/** Keys are 32 bytes or more. */
const LEAST_KEY_BYTES = 32;

/** The real one; `key` is what stood in its file. Throws when it is no key. */
export function realProvider(config: ProviderConfig, key: string, tools: ProviderTools): ConfiguredProvider {
  const { url, appId, timeoutMs, tries } = config;
  const keys = keysOf(config, key, tools.crypto);
  const stopping = new AbortController();
  return {
    provider: httpProvider({ ...tools, url, appId, keys, timeoutMs, tries, signal: stopping.signal }),
    notices: { appId, keys },
    payUrl: null,
    giveUp: () => stopping.abort(),
    stop: async () => undefined,
  };
}

function keysOf(config: ProviderConfig, key: string, crypto: Crypto): PayKeys {
  const own = findHex(key);
  if (own === undefined || own.length < LEAST_KEY_BYTES)
    throw new Error('the key of the payment provider is no 64 hexadecimal digits or more');
  if (config.scheme === 'hmac-sha256') return hmacKeys(crypto, own);
  const theirs = findHex(config.providerKey);
  if (theirs === undefined || own.length !== LEAST_KEY_BYTES)
    throw new Error('a key of Ed25519 has 64 hexadecimal digits');
  return ed25519Keys(crypto, { seed: own, theirs });
}

const SAMPLE_APP = 'sample';

/** The sample platform's, on this machine: reached by the same HTTP as a real one, each side with a key made now. */
export async function sampleProvider(
  tools: ProviderTools & { readonly random: Random; readonly disk: Disk },
): Promise<ConfiguredProvider> {
  const { crypto } = tools;
  const [ours, theirs] = [crypto.randomBytes(32), crypto.randomBytes(32)];
  const publicOf = (seed: Uint8Array) => crypto.signingKey(seed).publicKey;
  const keys = ed25519Keys(crypto, { seed: ours, theirs: publicOf(theirs) });
  const itsKeys = ed25519Keys(crypto, { seed: theirs, theirs: publicOf(ours) });
  const sample = await startSampleProvider({ ...tools, appId: SAMPLE_APP, keys: itsKeys });
  const stopping = new AbortController();
  const times = { timeoutMs: 4_000, tries: 3, signal: stopping.signal };
  return {
    provider: httpProvider({ ...tools, url: sample.url, appId: SAMPLE_APP, keys, ...times }),
    notices: { appId: SAMPLE_APP, keys },
    payUrl: sample.payUrl,
    giveUp: () => stopping.abort(),
    stop: () => sample.stop(),
  };
}
