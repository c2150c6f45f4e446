/** A repository with small releases of the software, for whoever needs some to choose from. */
import type { Crypto } from '../../../base/crypto/api.ts';
import type { Disk } from '../../../base/disk.ts';
import { invariant } from '../../../base/result.ts';
import { makeReleaseKeys } from '../../releases/release-keys.ts';
import { makeRepository, signTarget } from '../../releases/repository.ts';
import { releaseSoftware } from '../make-release.ts';

/** Makes it in `disk`, with a release of each name, numbered from 1. */
export function putSampleReleases(
  { crypto, disk, nowMs }: { readonly crypto: Crypto; readonly disk: Disk; readonly nowMs: number },
  names: readonly string[],
): void {
  const context = { crypto, disk, nowMs, keys: makeReleaseKeys(crypto, 'sample') };
  invariant(makeRepository(context).ok, 'a repository can be made');
  invariant(signTarget(context, 'catalog.json', new Uint8Array(1)).ok, 'it has a catalog');
  for (const name of names) {
    const released = releaseSoftware(context, {
      ...{ name, architecture: 'any', store: { schema: 1, readableFrom: 1 }, launcher: 1 },
      ...{ start: ['node', 'host.js'], files: [{ path: 'host.js', bytes: new TextEncoder().encode(name) }] },
    });
    invariant(released.ok, `release ${name} can be made`);
  }
}
