/** A release published while the platform runs: in use without a restart, as a whole; a case keeps its own version. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import type { CatalogFiles } from '../../catalog/load.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { canonicalBytes } from '../../catalog/matter-bytes.ts';
import type { LiveCatalog } from './live-catalog.ts';
import { CATALOG_FOLDER, openOwnReleases } from './own-releases.ts';
import { ensureRepository, promote, publishCatalog } from './publish.ts';
import { makeReleaseKeys } from './release-keys.ts';

const crypto = createCrypto(systemRandom);
const WHOLE = readFolder(new URL('../../catalog', import.meta.url).pathname);
const MATTER = 'matters/village-banquet.yaml';
const isSmall = (name: string) => !name.includes('/') || name === MATTER;
const OWN: CatalogFiles = { ...WHOLE, names: WHOLE.names.filter(isSmall) };
/** The same files with another number and another name for the one matter. */
const changed = (version: number, name: string): CatalogFiles => ({
  names: OWN.names,
  findText: (file) => {
    const text = OWN.findText(file);
    if (file !== MATTER) return text;
    return text
      ?.replace('version: 1', `version: ${version}`)
      .replace(/short: \{ zh: [^,]+,/, `short: { zh: ${name},`);
  },
});

const KEYS = makeReleaseKeys(crypto, 'sample');
let folder: string;
let live: LiveCatalog;
const at = (name: string) => nodeDisk(join(folder, name));
const openHere = () =>
  openOwnReleases({
    ...{ shipped: loadCatalog(OWN), dataDir: folder, at, crypto, clock: systemClock },
    ...{ log: () => undefined, rootFile: undefined },
  });

function publish(files: CatalogFiles, keys = KEYS): void {
  const disk = at('releases/pilot');
  const made = ensureRepository({ crypto, disk, keys, nowMs: systemClock.wallMs() });
  const published = publishCatalog({ crypto, disk, keys }, files, systemClock.wallMs());
  if (!made.ok || !published.ok) throw new Error(JSON.stringify({ made, published }));
}
const offer = () => expect(promote(at('releases/pilot'), at('releases/stable')).ok).toBe(true);
const nameNow = () => live.book.find('village-banquet')?.name.short.zh;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-live-'));
  live = await openHere();
});
afterEach(() => {
  live.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('is what came with the software while nothing is published', async () => {
  expect(await live.look()).toBe('none');
  expect(live.book.find('village-banquet')?.version).toBe(1);
  expect(live.current().categories.length).toBeGreaterThan(0);
});

it('takes what everybody is offered, and not what pilot machines try', async () => {
  publish(changed(2, '摆酒登记'));
  expect(await live.look()).toBe('none');
  offer();
  const held = live.current();
  expect(await live.look()).toBe('taken');
  expect(nameNow()).toBe('摆酒登记');
  // Whoever began with the former goes on with it, whole.
  expect(held.matters[0]?.version).toBe(1);
  expect(await live.look()).toBe('newest');
});

it('shows a case by the very words it was made with, after any number of releases and a restart', async () => {
  const [first] = live.current().matters;
  if (first === undefined) throw new Error('no matter');
  const hash = crypto.sha256(canonicalBytes(first));
  for (const [version, name] of [
    [2, '摆酒登记'],
    [3, '办喜事'],
  ] as const) {
    publish(changed(version, name));
    offer();
    expect(await live.look()).toBe('taken');
  }
  live.stop();
  live = await openHere();
  expect(nameNow()).toBe('办喜事');
  expect(live.book.findMade(hash)).toEqual(first);
  expect(live.book.findMade(crypto.sha256(new Uint8Array(1)))).toBeUndefined();
});

it('changes nothing for a release of other keys, and stays with what it has', async () => {
  publish(changed(2, '摆酒登记'));
  offer();
  expect(await live.look()).toBe('taken');
  rmSync(join(folder, 'releases'), { recursive: true });
  const strangers = makeReleaseKeys(crypto, 'sample');
  for (const name of ['别的', '再一个', '又一个']) publish(changed(9, name), strangers);
  offer();
  expect(await live.look()).toBe('not-trusted');
  // Once said is enough, until something else is published.
  expect(await live.look()).toBe('newest');
  expect(nameNow()).toBe('摆酒登记');
});

it('starts on what it had though the repository is gone, and on its own where the disk spoilt that', async () => {
  publish(changed(2, '摆酒登记'));
  offer();
  await live.look();
  rmSync(join(folder, 'releases'), { recursive: true });
  live.stop();
  live = await openHere();
  expect(nameNow()).toBe('摆酒登记');
  at(CATALOG_FOLDER).writeDurably('in-use.json', new Uint8Array([123]));
  live.stop();
  live = await openHere();
  expect(live.book.find('village-banquet')?.version).toBe(1);
});
