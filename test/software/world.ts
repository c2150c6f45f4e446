/**
 * A machine and a repository of the software, for tests: real keys, real signatures, real folders, the launcher's own
 * rules on what lies in them. What is fetched passes through `from`, which a test may hurt as it likes.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { removeTree } from '../../base/node/remove-tree.ts';
import { updateFromRepository } from '../../base/node/signed-repository.ts';
import { err, invariant, ok } from '../../base/result.ts';
import { nodeFiles } from '../../host/launcher/files.ts';
import { findMisfit } from '../../host/launcher/fit.ts';
import { firstState, nextState, OTHER, type State } from '../../host/launcher/states.ts';
import { writeStatus } from '../../host/launcher/status.ts';
import { findVersion, findWholeVersion } from '../../host/launcher/whole.ts';
import { takeWish } from '../../host/launcher/wishes.ts';
import { ensureRepository } from '../../platform/releases/publish.ts';
import { makeReleaseKeys, type ReleaseKey } from '../../platform/releases/release-keys.ts';
import { signTarget } from '../../platform/releases/repository.ts';
import { releaseSoftware, type SoftwareWish } from '../../platform/software/make-release.ts';
import { SOFTWARE_LIMITS, SOFTWARE_TARGET } from '../../sync/software-release.ts';
import { openSlots } from '../../terminal/software/slots.ts';
import { createSoftwareKeeper } from '../../terminal/software/software-keeper.ts';
import type { SoftwareWishes } from '../../terminal/software/software-state.ts';
import type { SoftwareFrom } from '../../terminal/software/source.ts';
import { triedOrders } from '../../terminal/software/step-back.ts';

export const crypto = createCrypto(systemRandom);
export const NOW_MS = Date.UTC(2026, 10, 22);
/** A hundred times as fast: nobody waits for the launcher's half second. */
const quick: Clock = { ...systemClock, after: (delayMs, task) => systemClock.after(delayMs / 100, task) };

export const text = (words: string) => new TextEncoder().encode(words);

/** The files of a small release. */
export const filesOf = (words: string): SoftwareWish['files'] => [
  { path: 'programs/host.js', bytes: text(`start('${words}')`) },
  { path: 'programs/same.js', bytes: text('the same in every release') },
  { path: 'screen/assets/page.css', bytes: text(`/* ${words} */`) },
  { path: 'catalog/empty.yaml', bytes: new Uint8Array() },
];

export const WISH: Omit<SoftwareWish, 'files'> = {
  name: '0.6.0',
  architecture: 'linux-x64',
  store: { schema: 18, readableFrom: 17 },
  launcher: 1,
  start: ['node', 'programs/host.js'],
};

/** The machine, the repository, and what lies between them. */
export function createWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-software-'));
  const keys = makeReleaseKeys(crypto, 'sample');
  const repo = nodeDisk(join(folder, 'repo'));
  const made = ensureRepository({ crypto, disk: repo, keys, nowMs: NOW_MS });
  invariant(made.ok, 'a repository can be made');
  signTarget({ crypto, disk: repo, keys, nowMs: NOW_MS }, 'catalog.json', text('a catalog'));
  const root = readFileSync(join(folder, 'repo/metadata/1.root.json'));

  const release = (
    words: string,
    changes: Partial<SoftwareWish> = {},
    with_: readonly ReleaseKey[] = keys,
  ) => {
    const wish = { ...WISH, files: filesOf(words), ...changes };
    const released = releaseSoftware({ crypto, disk: repo, keys: with_, nowMs: NOW_MS }, wish);
    if (!released.ok) throw new Error(JSON.stringify(released.error));
    return released.value;
  };

  /** What a machine comes with: release 1, in folder `a`. */
  const first = release('first');
  const own = JSON.parse(new TextDecoder().decode(manifestBytes(folder, 1)));
  const machine = join(folder, 'machine/software');
  for (const { path, bytes } of filesOf('first')) put(join(machine, 'a', path), bytes);
  put(join(machine, 'a/manifest.json'), manifestBytes(folder, 1));
  invariant(own.version === first.version, 'the first release is the first');

  const files = nodeFiles(machine);
  let state: State = firstState('a');
  let hasForgotten = false;
  let isNextBad = false;
  let isPaused = false;
  const asked: string[] = [];
  const tell = (answer: Parameters<typeof writeStatus>[3]) =>
    writeStatus(files, state, findVersion(files, state.on), answer);
  tell(null);
  /** The launcher, by its own rules, without processes: a trial is passed at once. */
  const serve = async () => {
    if (isPaused) return;
    const wish = takeWish(files);
    if (wish === undefined || wish === 'malformed') return;
    const { id } = wish;
    asked.push(wish.wish);
    if (wish.wish === 'restart') return tell({ id, ok: true });
    if (wish.wish === 'call-off') return tell({ id, ok: false, why: 'called-off' });
    const { version, byOrder } = wish;
    const other = await findWholeVersion(files, OTHER[state.on]);
    const running = findVersion(files, state.on);
    if (other === undefined || running === undefined) return tell({ id, ok: false, why: 'damaged' });
    if (other.version !== version.version || other.manifest !== version.manifest)
      return tell({ id, ok: false, why: 'not-there' });
    const misfit = findMisfit(running.said, other.said, 'linux-x64');
    if (misfit !== undefined) return tell({ id, ok: false, why: misfit });
    if (other.version <= running.version && !byOrder) return tell({ id, ok: false, why: 'older' });
    if (wish.wish === 'stage') state = nextState(state, { type: 'stage', version, byOrder });
    else
      state = nextState(
        nextState(state, { type: 'switch', version }),
        isNextBad
          ? { type: 'failed', why: 'crashed' }
          : { type: 'healthy', before: { version: running.version, manifest: running.manifest } },
      );
    if (wish.wish === 'switch') isNextBad = false;
    tell({ id, ok: true });
  };
  const serving = setInterval(() => void serve(), 2);

  const fetched: { name: string; bytes: number }[] = [];
  const world = {
    ...{ folder, keys, repo, root, machine, release, fetched, files },
    /** What the platform says of it, and what was ordered. */
    wishes: { offered: null, leftBehind: 0, backTo: null, order: null, mayChange: true } as SoftwareWishes,
    nowMs: NOW_MS,
    isVacant: true,
    /** The disk fails in the folder that does not run. */
    isFolderHurt: false,
    /** What the launcher was asked, in turn. */
    asked: asked as readonly string[],
    /** Called before each file of a release is written. */
    onWrite: () => {},
    pauseLauncher(paused: boolean) {
      isPaused = paused;
    },
    freeBytes: undefined as number | undefined,
    bytesForCases: 256 * 1024 * 1024,
    /** After so many files the disk takes no more. */
    fullAfter: undefined as number | undefined,
    /** Where things are fetched from; tests put others in its place. */
    from: {
      fetchFile: async (name) => {
        const path = join(folder, 'repo', name);
        return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
      },
      async fetchPart(name, from, bytes) {
        const read = repo.readPart(name, from, bytes);
        if (read.ok) fetched.push({ name, bytes: read.value.length });
        return read.ok ? ok(read.value) : err('not-there');
      },
    } satisfies SoftwareFrom as SoftwareFrom,
    refuse(version: number) {
      state = { ...state, refused: [{ version, manifest: manifestHash(folder, version), why: 'ill' }] };
      tell(null);
    },
    failNextTrial() {
      isNextBad = true;
    },
    /** As if the other folder had never been written; trust stays. */
    forget() {
      state = firstState('a');
      removeTree(join(machine, 'b'));
      hasForgotten = true;
      tell(null);
    },
    hasForgotten: () => hasForgotten,
    /** The program of the machine, as it starts. */
    start(architecture = 'linux-x64') {
      const incoming = nodeDisk(join(folder, 'machine/incoming'));
      const disk = nodeDisk(machine);
      let written = 0;
      const full = (path: string) => {
        if (!path.endsWith('.json')) world.onWrite();
        written += 1;
        return world.fullAfter !== undefined && written > world.fullAfter;
      };
      return createSoftwareKeeper({
        slots: openSlots({
          clock: quick,
          disk: {
            ...disk,
            writeDurably: (path, bytes) =>
              full(path) ? err({ code: 'full', detail: 'ENOSPC' }) : disk.writeDurably(path, bytes),
          },
          newId: () => toHex(crypto.randomBytes(8)),
          removeTree(slot) {
            if (world.isFolderHurt)
              throw Object.assign(new Error('EIO: i/o error, rmdir'), { code: 'EIO', syscall: 'rmdir' });
            removeTree(join(machine, slot));
          },
        }),
        incoming: { ...incoming, findFreeBytes: () => world.freeBytes ?? incoming.findFreeBytes() },
        bytesForCases: () => world.bytesForCases,
        platform: {
          fetchFile: (...asked) => world.from.fetchFile(...asked),
          fetchPart: (...asked) => world.from.fetchPart(...asked),
        },
        findList: (fetchFile) =>
          updateFromRepository({
            ...{ trustDir: join(folder, 'machine/trust'), root, fetchFile, nowMs: world.nowMs },
            ...{ target: SOFTWARE_TARGET, mostBytes: SOFTWARE_LIMITS.listBytes },
          }),
        isVacant: () => world.isVacant,
        triedOrders: triedOrders(nodeDisk(join(folder, 'own'))),
        ...{ wishes: () => world.wishes, architecture, crypto, clock: quick, random: systemRandom },
        log: () => undefined,
      });
    },
    state: () => state,
    /** Everything on the machine but trust and what is half fetched, as one text: to see that nothing changed. */
    print: () =>
      treeOf(machine)
        .filter((path) => !path.endsWith('status.json'))
        .map((path) => `${path} ${toHex(crypto.sha256(readFileSync(join(machine, path))))}`)
        .join('\n'),
    /** What is left of fetching, in bytes. */
    incomingBytes: () =>
      treeOf(join(folder, 'machine/incoming')).reduce(
        (sum, path) => sum + statSync(join(folder, 'machine/incoming', path)).size,
        0,
      ),
    running: () => findVersion(files, state.on)?.version,
    end() {
      clearInterval(serving);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}
export type World = ReturnType<typeof createWorld>;

/** The list of releases that is newest, unsigned. */
export function listOf(folder: string) {
  const names = readdirSync(join(folder, 'repo/metadata')).filter((name) => name.endsWith('.software.json'));
  const newest = names.toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0] ?? '';
  const { signed } = JSON.parse(readFileSync(join(folder, 'repo/metadata', newest), 'utf8'));
  const hash = signed.targets[SOFTWARE_TARGET].hashes.sha256;
  return JSON.parse(readFileSync(join(folder, `repo/targets/${hash}.${SOFTWARE_TARGET}`), 'utf8'));
}

export function manifestHash(folder: string, version: number): string {
  const found = listOf(folder).releases.find((one: { version: number }) => one.version === version);
  return found.manifest.sha256;
}

export function manifestBytes(folder: string, version: number): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, `repo/software/${manifestHash(folder, version)}.json`)));
}

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function treeOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
