/** The first version of a machine, laid out of a repository and held against the launcher's own rules. */
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeDisk } from '../../base/node/disk.ts';
import { nodeFiles } from '../../host/launcher/files.ts';
import { findWholeVersion } from '../../host/launcher/whole.ts';
import { layFirstVersion } from '../../platform/software/first-version.ts';
import { withdrawSoftware } from '../../platform/software/make-release.ts';
import { createWorld, crypto, NOW_MS, type World } from './world.ts';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.end());

const lay = (architecture = 'linux-x64', to = 'new/a') =>
  layFirstVersion({
    ...{ crypto, architecture, repository: nodeDisk(join(world.folder, 'repo')) },
    slot: nodeDisk(join(world.folder, to)),
  });
const laid = (to = 'new') => findWholeVersion(nodeFiles(join(world.folder, to)), 'a');

it('is the newest that stands, whole by the launcher’s own rules', async () => {
  world.release('second');
  world.release('third');
  const { keys } = world;
  withdrawSoftware({ crypto, keys, disk: nodeDisk(join(world.folder, 'repo')), nowMs: NOW_MS }, 3);
  expect(lay()).toEqual({ ok: true, value: 2 });
  expect(await laid()).toMatchObject({ version: 2 });
});

it('is laid nowhere beside what lies there already, and for no other machine', () => {
  expect(lay('linux-arm64')).toEqual({ ok: false, error: 'no-release' });
  lay();
  expect(lay()).toEqual({ ok: false, error: 'in-use' });
});

it('of a repository that the disk has hurt is no version', async () => {
  const packs = readdirSync(join(world.folder, 'repo/software')).filter((name) => name.endsWith('.pack'));
  truncateSync(join(world.folder, 'repo/software', packs[0] ?? ''), 9);
  expect(lay()).toEqual({ ok: false, error: 'damaged' });
  expect(await laid()).toBeUndefined();
});
