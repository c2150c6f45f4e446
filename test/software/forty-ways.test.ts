/**
 * The ways in which a release can be wrong: the attacks of The Update Framework (1.5.2 of its specification), a careless
 * signer, a bad disk. Each is refused with its reason, nothing the machine starts from changes, and a good release
 * installs afterwards: no attack leaves anything behind.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { err, ok } from '../../base/result.ts';
import { makeReleaseKeys, type ReleaseKey, type ReleaseRole } from '../../platform/releases/release-keys.ts';
import { makeRepository, renewDates, signDelegated, signTarget } from '../../platform/releases/repository.ts';
import { releaseSoftware, withdrawSoftware } from '../../platform/software/make-release.ts';
import { SOFTWARE_LIMITS } from '../../sync/software-release.ts';
import { type Change, changed, set } from './json-changes.ts';
import {
  createWorld,
  crypto,
  filesOf,
  listOf,
  manifestBytes,
  NOW_MS,
  text,
  WISH,
  type World,
} from './world.ts';

const DAY_MS = 86_400_000;
let world: World;
beforeEach(() => {
  world = createWorld();
  world.release('second');
  world.wishes = { ...world.wishes, offered: 2 };
});
afterEach(() => world.end());

const at = (path: string) => join(world.folder, 'repo', path);
const context = (keys: readonly ReleaseKey[] = world.keys, nowMs = NOW_MS) => ({
  ...{ crypto, disk: world.repo, keys, nowMs },
});
const metadata = (name: string) => at(`metadata/${name}`);
const newest = (role: ReleaseRole) => {
  const versions = readdirSync(at('metadata')).flatMap((name) => {
    const found = new RegExp(`^(\\d+)\\.${role}\\.json$`).exec(name);
    return found ? [Number(found[1])] : [];
  });
  return metadata(role === 'timestamp' ? 'timestamp.json' : `${Math.max(...versions)}.${role}.json`);
};
/** Rewrites a file of JSON, and nothing that was signed around it. */
const rewrite = (path: string, ...changes: readonly Change[]) =>
  writeFileSync(path, JSON.stringify(changed(JSON.parse(readFileSync(path, 'utf8')), changes)));
/** Has the signers sign a list, whatever is in it. */
const signList = (...changes: readonly Change[]) => {
  const list = changed(listOf(world.folder), changes);
  const signed = signDelegated(context(), 'software', 'software.json', text(JSON.stringify(list)));
  if (!signed.ok) throw new Error(signed.error.code);
};
/** Has the signers sign a manifest for release 2, whatever is in it. */
const signManifest = (...changes: readonly Change[]) =>
  signAs(
    text(
      JSON.stringify(changed(JSON.parse(new TextDecoder().decode(manifestBytes(world.folder, 2))), changes)),
    ),
  );
const signAs = (bytes: Uint8Array) => {
  const sha256 = toHex(crypto.sha256(bytes));
  writeFileSync(at(`software/${sha256}.json`), bytes);
  signList(set('releases.1.manifest', { sha256, bytes: bytes.length }));
};
const first = (path: string) => set('files.0.path', path);
/** What a mirror does with every pack, or every manifest. */
const mirror = (kind: '.pack' | '.json', answer: (bytes: Uint8Array) => Uint8Array) => {
  const honest = world.from;
  world.from = {
    ...honest,
    async fetchPart(name, from, bytes) {
      const part = await honest.fetchPart(name, from, bytes);
      return part.ok && name.endsWith(kind) ? ok(answer(part.value)) : part;
    },
  };
};
const rubbish = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1);
const seen = async () => {
  const keeper = world.start();
  const { code } = await keeper.look();
  keeper.stop();
  expect(code).toBe('ready');
  world.forget();
};
const held = (...roles: readonly ReleaseRole[]) => world.keys.filter(({ role }) => roles.includes(role));

const firstOf = (was: readonly unknown[]) => was.slice(0, 1);
interface Dated {
  readonly signed: { readonly meta: Readonly<Record<'snapshot.json', object>> };
  readonly signatures: { sig: string }[];
}

type Way = readonly [name: string, hurt: () => unknown, reason: string];

const ATTACKS: readonly Way[] = [
  [
    'arbitrary software: a whole repository of other keys',
    () => {
      rmSync(at('.'), { recursive: true });
      const keys = makeReleaseKeys(crypto, 'sample');
      makeRepository({ ...context(keys), disk: nodeDisk(at('.')) });
      signTarget(context(keys), 'catalog.json', text('theirs'));
      releaseSoftware(context(keys), { ...WISH, files: filesOf('theirs') });
      releaseSoftware(context(keys), { ...WISH, files: filesOf('theirs too') });
    },
    'not-trusted',
  ],
  ['one of two signatures', () => rewrite(newest('software'), set('signatures', firstOf)), 'not-trusted'],
  [
    'the same signature twice',
    () =>
      rewrite(
        newest('software'),
        set('signatures', (was: readonly unknown[]) => [was[0], was[0]]),
      ),
    'not-trusted',
  ],
  [
    'keys below the threshold in other hands: one of software, and those that date',
    () => {
      const thief = [...held('software').slice(0, 1), ...held('snapshot', 'timestamp')];
      const others = makeReleaseKeys(crypto, 'sample').filter(({ role }) => role === 'software');
      signDelegated(
        context([...thief, ...others, ...held('targets')]),
        'software',
        'software.json',
        text('{}'),
      );
      rewrite(newest('targets'), set('signatures', firstOf));
    },
    'not-trusted',
  ],
  [
    'a delegation that nobody signed',
    () => rewrite(newest('targets'), set('signed.delegations.roles.0.threshold', 1)),
    'not-trusted',
  ],
  [
    'a new root of strangers',
    () => {
      const keys = makeReleaseKeys(crypto, 'sample');
      const made = makeRepository({ ...context(keys), disk: nodeDisk(join(world.folder, 'strange')) });
      if (made.ok) writeFileSync(metadata('2.root.json'), made.value);
    },
    'not-trusted',
  ],
  [
    'rollback: all of an older repository',
    async () => {
      cpSync(at('.'), join(world.folder, 'old'), { recursive: true });
      world.release('third');
      await seen();
      cpSync(join(world.folder, 'old/metadata/timestamp.json'), metadata('timestamp.json'));
    },
    'not-trusted',
  ],
  [
    'mix and match: the list of another day',
    () => {
      world.release('third');
      cpSync(metadata('2.software.json'), newest('software'));
    },
    'not-trusted',
  ],
  [
    'fast-forward: a timestamp that leaps, by its own key',
    () => {
      const [key] = held('timestamp');
      rewrite(
        newest('timestamp'),
        (json) =>
          void Object.assign((json as Dated).signed.meta['snapshot.json'], { version: 2_000_000_000 }),
        (json) => {
          const { signed, signatures } = json as Dated;
          if (key && signatures[0]) signatures[0].sig = toHex(key.key.sign(text(JSON.stringify(signed))));
        },
      );
    },
    'not-trusted',
  ],
  [
    'freeze: a timestamp past its date',
    () => Object.assign(world, { nowMs: NOW_MS + 46 * DAY_MS }),
    'expired',
  ],
  [
    'freeze: a snapshot past its date',
    () => Object.assign(world, { nowMs: NOW_MS + 91 * DAY_MS }),
    'expired',
  ],
  [
    'freeze: a list past its date, everything else dated anew',
    () => {
      world.nowMs = NOW_MS + 366 * DAY_MS;
      signTarget(context(world.keys, world.nowMs), 'catalog.json', text('anew'));
      renewDates(context(world.keys, world.nowMs));
    },
    'expired',
  ],
  [
    'endless data: a timestamp without end',
    () => writeFileSync(newest('timestamp'), new Uint8Array(64_000).fill(32)),
    'not-trusted',
  ],
  [
    'endless data: a list larger than any',
    () => signList(set('padding', 'x'.repeat(SOFTWARE_LIMITS.listBytes))),
    'no-target',
  ],
  ['no timestamp', () => rmSync(newest('timestamp')), 'not-trusted'],
  ['no list', () => rmSync(at('targets'), { recursive: true }), 'not-trusted'],
  [
    'slow retrieval',
    () => {
      world.from = { ...world.from, fetchPart: async () => err('slow') };
    },
    'slow',
  ],
  [
    'nobody there',
    () => {
      world.from = { ...world.from, fetchFile: async () => Promise.reject(new Error('down')) };
    },
    'unreachable',
  ],
  ['a mirror that sends rubbish for files', () => mirror('.pack', rubbish), 'wrong-hash'],
  ['a mirror that sends rubbish for manifests', () => mirror('.json', rubbish), 'wrong-hash'],
  ['a mirror that sends nothing', () => mirror('.pack', () => new Uint8Array()), 'not-there'],
  ['a mirror that sends without end', () => mirror('.pack', () => new Uint8Array(2_000_000)), 'not-there'],
  [
    'a mirror whose manifest does not end',
    () => mirror('.json', () => new Uint8Array(9_000_000)),
    'not-there',
  ],
  [
    'a pack cut short',
    () => {
      for (const name of readdirSync(at('software')))
        if (name.endsWith('.pack')) truncateSync(at(`software/${name}`), 4);
    },
    'not-there',
  ],
  [
    'wrong software: a manifest of another release under this one’s name',
    () => {
      const name = `software/${listOf(world.folder).releases[1].manifest.sha256}.json`;
      writeFileSync(at(name), manifestBytes(world.folder, 1));
    },
    'wrong-hash',
  ],
];

const WRONG: readonly Way[] = [
  ['another product’s list', () => signList(set('product', 'other')), 'wrong-product'],
  ['another product’s manifest', () => signManifest(set('product', 'other')), 'wrong-product'],
  ['for other machines', () => signList(set('releases.1.architecture', 'linux-arm64')), 'not-listed'],
  ['for other machines than it says', () => signManifest(set('architecture', 'win32-x64')), 'wrong-machine'],
  ['another number than it says', () => signManifest(set('version', 9)), 'wrong-version'],
  ['another name than it says', () => signManifest(set('name', '9.9.9')), 'wrong-name'],
  ['a list that is none', () => signList(set('releases', 'all')), 'malformed'],
  ['a manifest that is none', () => signAs(text('{"v":1')), 'malformed'],
  ['a manifest with more than it may have', () => signManifest(set('links', [])), 'malformed'],
  ['a manifest larger than any', () => signList(set('releases.1.manifest.bytes', 99_000_000)), 'malformed'],
  ['a link', () => signManifest(set('files.0.link', '/etc/passwd')), 'malformed'],
  ['a name that leads out', () => signManifest(first('../../root/.profile')), 'bad-path'],
  ['a name that leads out halfway', () => signManifest(first('programs/../../x.js')), 'bad-path'],
  ['a name from the root', () => signManifest(first('/etc/cron.d/x')), 'bad-path'],
  ['a name for another system', () => signManifest(first('programs\\x.js')), 'bad-path'],
  ['a name that ends early', () => signManifest(first('programs/x.js\0.txt')), 'bad-path'],
  ['a name that is a device', () => signManifest(first('programs/con.js')), 'bad-path'],
  ['a name longer than a system takes', () => signManifest(first('x'.repeat(201))), 'bad-path'],
  ['the manifest’s own name', () => signManifest(first('Manifest.json')), 'bad-path'],
  ['one name twice, large and small', () => signManifest(first('programs/HOST.js')), 'same-name'],
  ['a file where a folder must be', () => signManifest(first('programs')), 'same-name'],
  ['no files at all', () => signManifest(set('files', [])), 'no-files'],
  [
    'too many files',
    () =>
      signManifest(
        set('files', (was: unknown) => Array(SOFTWARE_LIMITS.files + 1).fill((was as unknown[])[0])),
      ),
    'too-many-files',
  ],
  [
    'a file larger than any',
    () => signManifest(set('files.0.bytes', SOFTWARE_LIMITS.fileBytes + 1)),
    'too-large',
  ],
  [
    'all of it larger than any',
    () =>
      signManifest(
        set('files', (was: readonly object[]) =>
          Array.from({ length: 5 }, (_, index) => ({ ...was[0], path: `${index}.js`, bytes: 500_000_000 })),
        ),
      ),
    'too-large',
  ],
  ['a pack larger than any', () => signManifest(set('packs.0.bytes', 3e9)), 'too-large'],
  [
    'a file that ends past its pack',
    () => signManifest(set('files.1.bytes', (was: unknown) => Number(was) + 5_000)),
    'outside-pack',
  ],
  ['a file in no pack', () => signManifest(set('files.1.pack', 7)), 'outside-pack'],
  ['a file of less than nothing', () => signManifest(set('files.1.bytes', -1)), 'malformed'],
  [
    'a size that lies',
    () => signManifest(set('files.1.bytes', (was: unknown) => Number(was) - 1)),
    'wrong-hash',
  ],
  ['a hash that lies', () => signManifest(set('files.1.sha256', '0'.repeat(64))), 'wrong-hash'],
  ['a file that is empty and should not be', () => signManifest(set('files.1.bytes', 0)), 'wrong-hash'],
  ['nothing to start', () => signManifest(set('start', ['node', 'gone.js'])), 'no-start'],
  ['a launcher newer than this', () => signManifest(set('launcher', 2)), 'launcher-too-old'],
  [
    'a store that what runs cannot read',
    () => signManifest(set('store', { schema: 19, readableFrom: 19 })),
    'two-steps',
  ],
  [
    'a store older than it can read',
    () => signManifest(set('store', { schema: 16, readableFrom: 16 })),
    'unreadable-store',
  ],
  [
    'a store that contradicts itself',
    () => signManifest(set('store', { schema: 18, readableFrom: 20 })),
    'contradicts-itself',
  ],
  ['a release taken back', () => withdrawSoftware(context(), 2), 'not-listed'],
  [
    'a release that never was',
    () => Object.assign(world, { wishes: { ...world.wishes, offered: 77 } }),
    'not-listed',
  ],
  [
    'one that runs already',
    () => Object.assign(world, { wishes: { ...world.wishes, offered: 1 } }),
    'newest',
  ],
  [
    'one that was left behind by order',
    () => Object.assign(world, { wishes: { ...world.wishes, leftBehind: 2 } }),
    'newest',
  ],
  ['one that failed its trial here', () => world.refuse(2), 'failed-before'],
  ['no room on the disk', () => Object.assign(world, { freeBytes: 100_000_000 }), 'no-room'],
];

describe.each([
  ['an attack', ATTACKS],
  ['a release that was signed and is wrong', WRONG],
] as const)('%s', (_kind, ways) => {
  it.each(ways)('%s', async (_name, hurt, reason) => {
    const whole = { from: world.from, wishes: world.wishes };
    cpSync(at('.'), join(world.folder, 'good'), { recursive: true });
    await hurt();
    const before = world.print();
    const keeper = world.start();
    expect(await keeper.look()).toEqual({ code: reason });
    expect(keeper.state()).toMatchObject({ running: { version: 1 }, waiting: null, last: { code: reason } });
    keeper.betweenVisits();
    keeper.stop();
    expect(world.print()).toBe(before);
    expect(world.running()).toBe(1);
    expect(readdirSync(join(world.folder, 'machine')).sort()).toEqual(
      ['incoming', 'software', existsSync(join(world.folder, 'machine/trust')) ? 'trust' : '']
        .filter(Boolean)
        .sort(),
    );
    // The good one, one day later.
    if (reason === 'failed-before' || world.hasForgotten()) return;
    Object.assign(world, { ...whole, nowMs: NOW_MS + DAY_MS, freeBytes: undefined });
    if (readdirSync(at('metadata')).length !== readdirSync(join(world.folder, 'good/metadata')).length) {
      // What was signed since is seen already: the signers sign over it.
      return;
    }
    rmSync(at('.'), { recursive: true });
    cpSync(join(world.folder, 'good'), at('.'), { recursive: true });
    const again = world.start();
    expect(await again.look()).toEqual({ code: 'ready', version: 2 });
    again.stop();
  });
});

it('is tried in more than forty ways', () => {
  expect(ATTACKS.length + WRONG.length).toBeGreaterThan(60);
});
