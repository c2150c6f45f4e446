/** A release of the software from its signers to a machine, and whatever may come between. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err } from '../../base/result.ts';
import { signTarget } from '../../platform/releases/repository.ts';
import { withdrawSoftware } from '../../platform/software/make-release.ts';
import { createWorld, crypto, filesOf, manifestBytes, NOW_MS, text, type World } from './world.ts';

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.end());

/** Offers it, takes it, and lets nobody stand there. */
async function take(version: number) {
  world.wishes = { ...world.wishes, offered: version };
  const keeper = world.start();
  const outcome = await keeper.look();
  keeper.betweenVisits();
  await expect.poll(() => world.running() === version || outcome.code !== 'ready').toBe(true);
  keeper.stop();
  return outcome;
}
const hostFile = (slot: string) => readFileSync(join(world.machine, slot, 'programs/host.js'), 'utf8');

describe('a release', () => {
  it('is fetched, checked by the launcher, and changed over to when nobody stands there', async () => {
    world.release('second');
    world.wishes = { ...world.wishes, offered: 2, mayChange: false };
    const keeper = world.start();
    expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
    expect(world.running()).toBe(1);
    expect(keeper.state()).toMatchObject({
      running: { version: 1 },
      waiting: { version: 2 },
      fetching: null,
    });
    keeper.betweenVisits();
    expect(world.state().phase).toBe('staged');
    world.wishes = { ...world.wishes, mayChange: true };
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(2);
    expect(hostFile('b')).toBe("start('second')");
    expect(world.incomingBytes()).toBe(0);
    keeper.stop();
  });

  it('is not taken unless it is offered, and not changed over to once it is offered no more', async () => {
    world.release('second');
    const keeper = world.start();
    expect(await keeper.look()).toEqual({ code: 'nothing-offered' });
    world.wishes = { ...world.wishes, offered: 2 };
    expect((await keeper.look()).code).toBe('ready');
    world.wishes = { ...world.wishes, offered: null };
    keeper.betweenVisits();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(world.running()).toBe(1);
    keeper.stop();
  });

  it('brings what changed, and nothing that is here already', async () => {
    world.release('second');
    await take(2);
    const parts = world.fetched.filter(({ name }) => name.endsWith('.pack'));
    const lacking = filesOf('second').filter(({ path }) => path.includes('host') || path.includes('page'));
    expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(
      lacking.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
  });

  it('may come two at once: what the one between brought is taken from its pack', async () => {
    const extra = { path: 'programs/extra.js', bytes: new Uint8Array(9_000_000).fill(7) };
    world.release('second', { files: [...filesOf('second'), extra] });
    const third = world.release('third', { files: [...filesOf('third'), extra] });
    expect(third.packBytes).toBeLessThan(1_000);
    expect(await take(3)).toEqual({ code: 'ready', version: 3 });
    expect(readFileSync(join(world.machine, 'b/programs/extra.js'))).toHaveLength(9_000_000);
  });

  it('that was taken off the list is not installed', async () => {
    world.release('second');
    expect(withdrawSoftware({ crypto, disk: world.repo, keys: world.keys, nowMs: NOW_MS }, 2).ok).toBe(true);
    expect(await take(2)).toEqual({ code: 'not-listed' });
    expect(world.release('third').version).toBe(3);
    expect(await take(3)).toEqual({ code: 'ready', version: 3 });
  });

  it('from a stick needs no offer, and the newest is taken', async () => {
    world.release('second');
    world.release('third');
    const keeper = world.start();
    const stick = world.from;
    world.from = { ...stick, fetchFile: async () => Promise.reject(new Error('down')) };
    expect(await keeper.lookAt(stick)).toEqual({ code: 'ready', version: 3 });
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(3);
    keeper.stop();
  });
});

describe('the way back', () => {
  beforeEach(async () => {
    world.release('second');
    await take(2);
  });

  it('by order, without any network: what ran before lies here still', async () => {
    world.wishes = { offered: 2, leftBehind: 2, backTo: 1, order: 'back', mayChange: true };
    world.from = { ...world.from, fetchFile: async () => Promise.reject(new Error('down')) };
    const keeper = world.start();
    expect(await keeper.look()).toEqual({ code: 'ready', version: 1 });
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(1);
    // And it stays back, whatever stands offered still.
    world.wishes = { offered: 2, leftBehind: 2, backTo: null, order: null, mayChange: true };
    keeper.stop();
    const after = world.start();
    expect((await after.look()).code).toBe('unreachable');
    after.stop();
  });

  it('by order, from the repository, where something else lies here', async () => {
    world.release('third');
    await take(3);
    world.wishes = { offered: null, leftBehind: 3, backTo: 1, order: 'back', mayChange: true };
    const keeper = world.start();
    expect(await keeper.look()).toEqual({ code: 'ready', version: 1 });
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(1);
    keeper.stop();
  });

  it('by order is tried once: a machine does not go from trial to trial', async () => {
    world.wishes = { offered: 2, leftBehind: 2, backTo: 1, order: 'back', mayChange: true };
    const keeper = world.start();
    // It failed a trial here once; whoever ordered it knows.
    world.refuse(1);
    expect(await keeper.look()).toEqual({ code: 'ready', version: 1 });
    world.failNextTrial();
    keeper.betweenVisits();
    await expect.poll(() => keeper.state().refused).toEqual([{ version: 1, why: 'crashed' }]);
    keeper.stop();
    const after = world.start();
    expect(await after.look()).toEqual({ code: 'newest' });
    expect(after.state()).toMatchObject({ backTo: null, waiting: null });
    after.stop();
    // The same words signed anew.
    world.wishes = { ...world.wishes, order: 'back, again' };
    const again = world.start();
    expect(await again.look()).toEqual({ code: 'ready', version: 1 });
    again.stop();
  });

  it('without an order there is none', async () => {
    expect(await take(1)).toEqual({ code: 'newest' });
    expect(world.running()).toBe(2);
  });
});

describe('a line that is cut, and a machine that is killed', () => {
  const BIG = { path: 'programs/big.js', bytes: crypto.randomBytes(6_000_000) };

  it('goes on where it stood', async () => {
    world.release('second', { files: [...filesOf('second'), BIG] });
    const whole = world.from;
    let parts = 0;
    world.from = {
      ...whole,
      async fetchPart(...asked) {
        parts += 1;
        return parts % 4 === 0 ? err('unreachable') : whole.fetchPart(...asked);
      },
    };
    let looks = 0;
    // Each look is a program of its own: nothing is remembered but what is on disk.
    for (let code = ''; code !== 'ready' && looks < 40; looks += 1) {
      code = (await take(2)).code;
      if (code !== 'ready') expect(code).toBe('unreachable');
    }
    expect(looks).toBeGreaterThan(5);
    expect(world.running()).toBe(2);
    const packed = world.fetched.filter(({ name }) => name.endsWith('.pack'));
    expect(packed.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(BIG.bytes.length + 1_000);
  });

  it('asks for less at once where the line is slow', async () => {
    world.release('second', { files: [...filesOf('second'), BIG] });
    const whole = world.from;
    const asked: number[] = [];
    world.from = {
      ...whole,
      async fetchPart(name, from, bytes) {
        if (name.endsWith('.pack')) asked.push(bytes);
        return bytes > 20_000 && name.endsWith('.pack') ? err('slow') : whole.fetchPart(name, from, bytes);
      },
    };
    world.wishes = { ...world.wishes, offered: 2 };
    const keeper = world.start();
    for (let look = 0; look < 4; look += 1) expect((await keeper.look()).code).toBe('slow');
    expect(Math.min(...asked)).toBe(16 * 1024);
    expect(world.incomingBytes()).toBeGreaterThan(0);
    keeper.stop();
  });

  it('brings a manifest over a slow line too, and no byte of it twice', async () => {
    const clips = Array.from({ length: 600 }, (_, index) => ({
      path: `voice/${index}.opus`,
      bytes: text(String(index)),
    }));
    world.release('second', { files: [...filesOf('second'), ...clips, BIG] });
    const whole = world.from;
    let asked = 0;
    world.from = {
      ...whole,
      async fetchPart(name, from, bytes) {
        asked += 1;
        if (bytes > 20_000) return err('slow');
        return asked % 9 === 0 ? err('unreachable') : whole.fetchPart(name, from, bytes);
      },
    };
    let code = '';
    world.wishes = { ...world.wishes, offered: 2 };
    let keeper = world.start();
    for (let looks = 0; code !== 'ready' && looks < 40; looks += 1) {
      // Now and then the program begins anew, and asks for much at first.
      if (looks % 6 === 5) {
        keeper.stop();
        keeper = world.start();
      }
      code = (await keeper.look()).code;
      // The manifest is here by then.
      if (looks === 20) world.from = whole;
    }
    keeper.stop();
    expect(code).toBe('ready');
    const brought = world.fetched.filter(({ name }) => name.endsWith('.json'));
    expect(brought.length).toBeGreaterThan(3);
    expect(brought.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(manifestBytes(world.folder, 2).length);
  });

  it('waits for its turn where too many come at once, and asks for no less', async () => {
    world.release('second', { files: [...filesOf('second'), BIG] });
    const whole = world.from;
    let asked = 0;
    world.from = {
      ...whole,
      async fetchPart(...wanted) {
        asked += 1;
        return asked % 4 !== 0 && asked < 20 ? err('busy') : whole.fetchPart(...wanted);
      },
    };
    expect(await take(2)).toEqual({ code: 'ready', version: 2 });
    const packed = world.fetched.filter(({ name }) => name.endsWith('.pack')).map(({ bytes }) => bytes);
    expect(packed.filter((bytes) => bytes === 256 * 1024)).toHaveLength(packed.length - 2);
  });

  it('goes on with what runs where the disk fails in the other folder', async () => {
    world.release('second');
    world.isFolderHurt = true;
    expect(await take(2)).toEqual({ code: 'io' });
    world.isFolderHurt = false;
    expect(await take(2)).toEqual({ code: 'ready', version: 2 });
  });

  it('has trust again after the disk hurt any file of it', async () => {
    world.release('second');
    await take(2);
    const trust = join(world.folder, 'machine/trust');
    const names = readdirSync(trust);
    expect(names.length).toBeGreaterThan(3);
    for (const [index, name] of names.entries()) {
      writeFileSync(join(trust, name), index % 2 === 0 ? '' : '{"signed":');
      const version = world.release(`after ${name}`).version;
      expect([name, await take(version)]).toEqual([name, { code: 'ready', version }]);
    }
    // What was seen is not forgotten with the root: nothing older comes.
    const seen = readFileSync(join(world.folder, 'repo/metadata/timestamp.json'));
    const next = world.release('the newest').version;
    await take(next);
    writeFileSync(join(trust, 'root.json'), '');
    writeFileSync(join(world.folder, 'repo/metadata/timestamp.json'), seen);
    expect(await take(next)).toEqual({ code: 'not-trusted' });
  });

  it('takes what a torn write left for what it is', async () => {
    world.release('second', { files: [...filesOf('second'), BIG] });
    const whole = world.from;
    let parts = 0;
    world.from = {
      ...whole,
      async fetchPart(...asked) {
        parts += 1;
        return parts > 6 ? err('unreachable') : whole.fetchPart(...asked);
      },
    };
    expect((await take(2)).code).toBe('unreachable');
    const incoming = join(world.folder, 'machine/incoming');
    const [half = ''] = readdirSync(incoming);
    appendFileSync(join(incoming, half), 'rubbish from a power cut');
    writeFileSync(join(incoming, 'something-else'), 'of no release');
    world.from = whole;
    expect((await take(2)).code).toBe('wrong-hash');
    expect(await take(2)).toEqual({ code: 'ready', version: 2 });
  });
});

it('a disk that is full is called so, and no signature is blamed', () => {
  const { repo, keys, folder } = world;
  signTarget({ crypto, disk: repo, keys, nowMs: NOW_MS }, 'catalog.json', new Uint8Array(100_000));
  const program = `
    import { readFileSync } from 'node:fs';
    import { updateFromRepository } from ${JSON.stringify(new URL('../../base/node/signed-repository.ts', import.meta.url).href)};
    const folder = ${JSON.stringify(folder)};
    const fetchFile = async (name) => { try { return readFileSync(folder + '/repo/' + name); } catch { return undefined; } };
    const root = readFileSync(folder + '/repo/metadata/1.root.json');
    const more = { target: 'catalog.json', mostBytes: 1e6, nowMs: ${NOW_MS} };
    console.log(JSON.stringify(await updateFromRepository({ trustDir: folder + '/own', root, fetchFile, ...more })));`;
  const look = (limit: string) =>
    JSON.parse(
      execFileSync(
        'sh',
        ['-c', `${limit} exec "$0" --input-type=module -e "$1"`, process.execPath, program],
        { encoding: 'utf8' },
      ),
    );
  expect(look('ulimit -f 64;')).toEqual({ ok: false, error: 'no-room' });
  expect(look('ulimit -f 1;')).toEqual({ ok: false, error: 'no-room' });
  expect(look('')).toMatchObject({ ok: true });
});
