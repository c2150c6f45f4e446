/** Releases as they are signed, and as a machine takes them: every bad one is refused, and nothing is lost by it. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { makeReleaseKeys, parseReleaseKey, type ReleaseKey } from './release-keys.ts';
import { makeRepository, type RepositoryContext, renewDates, signTarget } from './repository.ts';

const crypto = createCrypto(systemRandom);
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 1);
const FIRST = new TextEncoder().encode('the first release');
const SECOND = new TextEncoder().encode('the second release, which is longer');

let folder: string;
let keys: readonly ReleaseKey[];
let context: RepositoryContext;
let root: Uint8Array;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-repository-'));
  keys = makeReleaseKeys(crypto, 'sample');
  context = { crypto, keys, disk: nodeDisk(join(folder, 'repo')), nowMs: NOW_MS };
  const made = makeRepository(context);
  if (!made.ok) throw new Error(made.error.code);
  root = made.value;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const repo = () => join(folder, 'repo');
const update = (
  changes: Partial<Parameters<typeof updateFromRepository>[0]> = {},
): ReturnType<typeof updateFromRepository> =>
  updateFromRepository({
    trustDir: join(folder, 'trust'),
    root,
    fetchFile: async (name) => {
      const path = join(repo(), name);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
    },
    target: 'catalog.json',
    mostBytes: 1000,
    nowMs: NOW_MS,
    ...changes,
  });
const signed = (bytes: Uint8Array, changes: Partial<RepositoryContext> = {}) => {
  const done = signTarget({ ...context, ...changes }, 'catalog.json', bytes);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
};
const trusted = () => readdirSync(join(folder, 'trust')).sort();
const targetPath = () => {
  const [name = ''] = readdirSync(join(repo(), 'targets'));
  return join(repo(), 'targets', name);
};

describe('a release', () => {
  it('is taken when it is signed, and so is the next', async () => {
    expect(signed(FIRST)).toBe(1);
    expect(await update()).toEqual({ ok: true, value: { bytes: FIRST, version: 1 } });
    expect(signed(SECOND)).toBe(2);
    expect(await update()).toEqual({ ok: true, value: { bytes: SECOND, version: 2 } });
    expect(trusted()).toEqual(['root.json', 'snapshot.json', 'targets.json', 'timestamp.json']);
  });

  it('needs two of the three who hold its keys', () => {
    const lone = keys.filter(({ role }, index) => role !== 'targets' || index === 3);
    expect(lone.filter(({ role }) => role === 'targets')).toHaveLength(1);
    expect(signTarget({ ...context, keys: lone }, 'catalog.json', FIRST)).toMatchObject({
      error: { code: 'too-few-keys' },
    });
  });

  it('is dated anew without being another', async () => {
    signed(FIRST);
    const later = NOW_MS + 40 * DAY_MS;
    expect(renewDates({ ...context, nowMs: later })).toEqual({ ok: true, value: 1 });
    expect(await update({ nowMs: later + 40 * DAY_MS })).toMatchObject({ ok: true, value: { version: 1 } });
  });
});

describe('a bad release is refused, and what was trusted stays', () => {
  beforeEach(async () => {
    signed(FIRST);
    expect(await update()).toMatchObject({ ok: true });
  });
  afterEach(async () => {
    // Whatever was tried: the good repository still works from here.
    expect(existsSync(join(folder, 'trust.next'))).toBe(false);
  });

  it('signed with other keys', async () => {
    rmSync(repo(), { recursive: true });
    const strangers = { ...context, keys: makeReleaseKeys(crypto, 'sample'), disk: nodeDisk(repo()) };
    expect(makeRepository(strangers).ok).toBe(true);
    signed(SECOND, strangers);
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
    expect(await update({ trustDir: join(folder, 'fresh') })).toEqual({ ok: false, error: 'not-trusted' });
  });

  it('signed by one of two that must', async () => {
    signed(SECOND);
    const path = join(repo(), 'metadata', '2.targets.json');
    const metadata = JSON.parse(readFileSync(path, 'utf8'));
    metadata.signatures = metadata.signatures.slice(0, 1);
    writeFileSync(path, JSON.stringify(metadata));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
  });

  it('older than what is here', async () => {
    cpSync(repo(), join(folder, 'old'), { recursive: true });
    signed(SECOND);
    expect(await update()).toMatchObject({ ok: true, value: { version: 2 } });
    rmSync(repo(), { recursive: true });
    renameSync(join(folder, 'old'), repo());
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
  });

  it('a mix of two', async () => {
    signed(SECOND);
    cpSync(join(repo(), 'metadata', '1.targets.json'), join(repo(), 'metadata', '2.targets.json'));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
  });

  it('cut short, longer than signed, or another file in its place', async () => {
    rmSync(join(folder, 'trust'), { recursive: true });
    writeFileSync(targetPath(), FIRST.subarray(0, 4));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
    writeFileSync(targetPath(), new Uint8Array(FIRST.length).fill(65));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
    writeFileSync(targetPath(), new Uint8Array(500));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
    writeFileSync(targetPath(), FIRST);
    expect(await update()).toMatchObject({ ok: true });
  });

  it('larger than any release may be, without fetching it', async () => {
    rmSync(join(folder, 'trust'), { recursive: true });
    const asked: string[] = [];
    const done = await update({
      mostBytes: 4,
      fetchFile: async (name) => {
        asked.push(name);
        const path = join(repo(), name);
        return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
      },
    });
    expect(done).toEqual({ ok: false, error: 'no-target' });
    expect(asked.some((name) => name.startsWith('targets/'))).toBe(false);
  });

  it('metadata that never ends', async () => {
    writeFileSync(join(repo(), 'metadata', 'timestamp.json'), new Uint8Array(20_000).fill(32));
    expect(await update()).toEqual({ ok: false, error: 'not-trusted' });
  });

  it.each([
    ['timestamp', 46],
    ['snapshot', 91],
    ['targets', 366],
  ] as const)('whose %s is past its date', async (role, days) => {
    // Everything above it renewed, so that this alone is too old.
    const nowMs = NOW_MS + days * DAY_MS;
    if (role === 'targets') renewDates({ ...context, nowMs });
    expect(await update({ nowMs })).toEqual({ ok: false, error: 'expired' });
    expect(await update()).toMatchObject({ ok: true });
  });

  it('and nobody answers: nothing is said against it', async () => {
    const down = async () => {
      throw new Error('no way there');
    };
    expect(await update({ fetchFile: down })).toEqual({ ok: false, error: 'unreachable' });
    expect(await update()).toMatchObject({ ok: true });
  });
});

describe('power cut while trust was replaced', () => {
  it('leaves the former or the new', async () => {
    signed(FIRST);
    await update();
    renameSync(join(folder, 'trust'), join(folder, 'trust.former'));
    signed(SECOND);
    expect(await update()).toMatchObject({ ok: true, value: { version: 2 } });
    expect(trusted()).toContain('root.json');
  });
});

describe('the file of a key', () => {
  it('is read back, and whatever else is there is no key', () => {
    const [made] = makeReleaseKeys(crypto, 'production');
    if (made === undefined) throw new Error('no key');
    const read = parseReleaseKey(crypto, made.text);
    expect(read.ok && [...read.value.key.publicKey]).toEqual([...made.key.publicKey]);
    for (const text of ['', '{}', made.text.replace('release', 'order')])
      expect(parseReleaseKey(crypto, text)).toEqual({ ok: false, error: 'malformed' });
  });
});
