/** What the targets role lets others sign: taken beside the catalog, from the same repository, and no further than said. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { makeReleaseKeys, type ReleaseKey } from './release-keys.ts';
import { makeRepository, type RepositoryContext, signDelegated, signTarget } from './repository.ts';

const crypto = createCrypto(systemRandom);
const NOW_MS = Date.UTC(2026, 10, 1);
const CATALOG = new TextEncoder().encode('a catalog');
const LIST = new TextEncoder().encode('a list of software');
const LATER = new TextEncoder().encode('a later list of software');

let folder: string;
let keys: readonly ReleaseKey[];
let context: RepositoryContext;
let root: Uint8Array;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-delegated-'));
  keys = makeReleaseKeys(crypto, 'sample');
  context = { crypto, keys, disk: nodeDisk(join(folder, 'repo')), nowMs: NOW_MS };
  const made = makeRepository(context);
  if (!made.ok) throw new Error(made.error.code);
  root = made.value;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const update = (target: string) =>
  updateFromRepository({
    ...{ trustDir: join(folder, 'trust'), root, target, mostBytes: 1000, nowMs: NOW_MS },
    fetchFile: async (name) => {
      const path = join(folder, 'repo', name);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
    },
  });
const without = (role: string, left: number) => {
  const others = keys.filter((key) => key.role !== role);
  return [...others, ...keys.filter((key) => key.role === role).slice(0, left)];
};
const software = (bytes: Uint8Array, changes: Partial<RepositoryContext> = {}) =>
  signDelegated({ ...context, ...changes }, 'software', 'software.json', bytes);

it('is taken beside the catalog, and each goes on without the other', async () => {
  expect(signTarget(context, 'catalog.json', CATALOG).ok).toBe(true);
  expect(software(LIST)).toEqual({ ok: true, value: 1 });
  expect(await update('software.json')).toMatchObject({ ok: true, value: { bytes: LIST } });
  expect(software(LATER)).toEqual({ ok: true, value: 2 });
  expect(await update('software.json')).toMatchObject({ ok: true, value: { bytes: LATER } });
  expect(await update('catalog.json')).toMatchObject({ ok: true, value: { bytes: CATALOG } });
  expect(signTarget(context, 'catalog.json', LIST).ok).toBe(true);
  expect(await update('catalog.json')).toMatchObject({ ok: true, value: { bytes: LIST } });
  expect(await update('software.json')).toMatchObject({ ok: true, value: { bytes: LATER } });
});

it('needs the keys of the catalog once, and two of its own three each time', () => {
  signTarget(context, 'catalog.json', CATALOG);
  const vendor = { keys: without('targets', 0) };
  expect(software(LIST, vendor)).toMatchObject({ error: { code: 'too-few-keys' } });
  expect(software(LIST, { keys: without('software', 2) })).toMatchObject({ error: { code: 'too-few-keys' } });
  expect(software(LIST).ok).toBe(true);
  expect(software(LATER, vendor).ok).toBe(true);
  expect(software(LATER, { keys: without('software', 2) }).ok).toBe(true);
  expect(software(LATER, { keys: without('software', 1) })).toMatchObject({
    error: { code: 'too-few-keys' },
  });
});

it('does not let the makers of software sign a catalog, nor one of them alone a release', async () => {
  signTarget(context, 'catalog.json', CATALOG);
  software(LIST);
  await update('software.json');
  expect(signDelegated(context, 'software', 'catalog.json', LATER).ok).toBe(true);
  expect(await update('catalog.json')).toMatchObject({ ok: true, value: { bytes: CATALOG } });
  software(LATER);
  const path = join(folder, 'repo', 'metadata', '3.software.json');
  const metadata = JSON.parse(readFileSync(path, 'utf8'));
  metadata.signatures = metadata.signatures.slice(0, 1);
  writeFileSync(path, JSON.stringify(metadata));
  expect(await update('software.json')).toEqual({ ok: false, error: 'not-trusted' });
});
