/** Releases for a developer's machine: keys made up at the first start, the project's own catalog as the first release. */
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk } from '../../base/disk.ts';
import { invariant } from '../../base/result.ts';
import type { CatalogFiles } from '../../catalog/load.ts';
import { ensureRepository, promote, publishCatalog } from './publish.ts';
import { makeReleaseKeys, parseReleaseKey, type ReleaseKey } from './release-keys.ts';

/** Where keys lie beside the sample's releases. */
export const SAMPLE_KEYS = 'keys';

/** Makes keys, both channels and a first release where there is none yet. `at` opens a folder of the platform's. */
export function ensureSampleReleases(
  crypto: Crypto,
  at: (folder: string) => Disk,
  files: CatalogFiles,
  nowMs: number,
): void {
  const [pilot, stable] = [at('releases/pilot'), at('releases/stable')];
  if (stable.findSize('metadata/timestamp.json') !== undefined) return;
  const keys = sampleKeys(crypto, at(`release-${SAMPLE_KEYS}`));
  const made = ensureRepository({ crypto, keys, disk: pilot, nowMs });
  invariant(made.ok, 'a sample repository can be made');
  // A catalog with a mistake in it is not released: the terminal then has the one it came with.
  const published = publishCatalog({ crypto, keys, disk: pilot }, files, nowMs);
  if (published.ok) invariant(promote(pilot, stable).ok, 'a sample release can be offered to all');
}

function sampleKeys(crypto: Crypto, disk: Disk): readonly ReleaseKey[] {
  const kept = disk.list('.').flatMap((name) => {
    const text = disk.read(name);
    const key = text.ok ? parseReleaseKey(crypto, new TextDecoder().decode(text.value)) : undefined;
    return key?.ok ? [key.value] : [];
  });
  if (kept.length > 0) return kept;
  return makeReleaseKeys(crypto, 'sample').map(({ fileName, text, ...key }) => {
    const written = disk.writeDurably(fileName, new TextEncoder().encode(text));
    invariant(written.ok, 'a sample key can be written');
    return key;
  });
}
