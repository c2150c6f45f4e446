import { describe, expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import type { Client } from '../../sync/client.ts';
import { certFormat } from '../../sync/formats/key-set.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import type { TrustState } from '../../sync/trust.ts';
import type { KeyStore } from '../keys/key-file.ts';
import { crypto, oneKey, world } from '../testing/keeper-world.ts';
import { createKeyRenewal } from './new-key.ts';

const { platformId, terminalId, keySet, epoch } = world;
const TRUST: TrustState = { platformId, terminalId, keySet, epoch, formerEpochs: [] };
const KEYS: KeyStore = {
  ...oneKey(world.ordering),
  nextKey: () => ok(world.terminal),
  promote: () => ok(undefined),
};
/** The sample certificate is for the key that waits. */
const CERTIFIES: Client = async () => ok(world.certBytes);

function renewal(change: { keys?: KeyStore; client?: Client; trust?: () => TrustState }) {
  const seen = { promoted: 0, codes: [] as unknown[] };
  const made = createKeyRenewal({
    ...{ keys: KEYS, client: CERTIFIES, crypto, trust: () => TRUST, ...change },
    log: (_name, fields) => void seen.codes.push(...Object.values(fields)),
    onPromoted: () => {
      seen.promoted += 1;
    },
  });
  return { made, seen };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a new key, as a maintainer asks for it', () => {
  it('is asked for once at a time, and starts the program anew when it is promoted', async () => {
    expect(certFormat.parse(world.certBytes).ok).toBe(true);
    const { made, seen } = renewal({});
    expect(made.state()).toBe('possible');
    expect([made.begin(), made.begin()]).toEqual([true, false]);
    expect(made.state()).toBe('asking');
    await settle();
    expect(seen).toEqual({ promoted: 1, codes: ['promoted'] });
    expect(made.begin()).toBe(false);
  });

  it('says why it was not to be had, and can be asked for again', async () => {
    const unreached = renewal({ client: async () => err({ code: 'unreachable' }) });
    const tooSoon = renewal({ keys: { ...KEYS, findFormer: () => world.terminal } });
    const noStore = renewal({
      trust: () => {
        throw new JournalUnavailable('full');
      },
    });
    for (const { made } of [unreached, tooSoon, noStore]) made.begin();
    await settle();
    expect(unreached.made.state()).toBe('failed');
    expect(tooSoon.made.state()).toBe('too-soon');
    expect(noStore.made.state()).toBe('failed');
    expect([unreached, tooSoon, noStore].map(({ seen }) => seen.codes[0])).toEqual([
      'unreachable',
      'too-soon',
      'full',
    ]);
    expect(unreached.made.begin()).toBe(true);
  });
});
