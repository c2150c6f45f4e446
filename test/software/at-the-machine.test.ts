/** The keeper of the software as whoever looks after the machine sees it, and what they may hurry or break off. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renewDates } from '../../platform/releases/repository.ts';
import { withdrawSoftware } from '../../platform/software/make-release.ts';
import { createWorld, crypto, filesOf, NOW_MS, type World } from './world.ts';

let world: World;
let keeper: ReturnType<World['start']>;
beforeEach(() => {
  world = createWorld();
  world.release('second');
  keeper = world.start();
});
afterEach(() => {
  keeper.stop();
  world.end();
});
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('what waits', () => {
  it('waits for its hour, unless whoever signed in says otherwise', async () => {
    world.wishes = { ...world.wishes, offered: 2, mayChange: false };
    await keeper.look();
    expect(keeper.state()).toMatchObject({
      waiting: { version: 2, for: 'hour' },
      other: { version: 2, name: '0.6.0' },
      trial: null,
      backTo: null,
    });
    keeper.betweenVisits();
    await aMoment();
    expect(world.running()).toBe(1);
    expect(keeper.hurry()).toBe(true);
    expect(keeper.state().waiting?.for).toBe('nobody');
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(2);
    expect(keeper.state()).toMatchObject({
      other: { version: 2 },
      trial: { version: 2, outcome: 'committed' },
    });
  });

  it('is not hurried once it is offered no more: a roll-out was stopped', async () => {
    expect(keeper.hurry()).toBe(false);
    world.wishes = { ...world.wishes, offered: 2 };
    await keeper.look();
    world.wishes = { ...world.wishes, offered: null };
    expect(keeper.state().waiting?.for).toBe('offer');
    expect(keeper.hurry()).toBe(false);
  });

  it('from a stick waits for nobody to stand there, and is let go of when that is said', async () => {
    await keeper.lookAt(world.from);
    expect(keeper.state().waiting?.for).toBe('nobody');
    expect(keeper.cancel()).toBe(true);
    expect(keeper.state().waiting).toBeNull();
    keeper.betweenVisits();
    await aMoment();
    expect(world.running()).toBe(1);
    expect(keeper.cancel()).toBe(false);
    // And may be taken anew at once: its bytes lie in the free folder.
    expect(await keeper.lookAt(world.from)).toEqual({ code: 'ready', version: 2 });
  });

  it('that the county offers is not for whoever stands here to let go of', async () => {
    world.wishes = { ...world.wishes, offered: 2 };
    await keeper.look();
    expect(keeper.cancel()).toBe(false);
    expect(keeper.state().waiting?.version).toBe(2);
  });
});

describe('a change over', () => {
  const waitingFor = async (version: number) => {
    world.wishes = { ...world.wishes, offered: version };
    expect(await keeper.look()).toEqual({ code: 'ready', version });
  };

  it('is called off when somebody comes before it began, and waits until they have gone', async () => {
    await waitingFor(2);
    world.isVacant = false;
    world.pauseLauncher(true);
    keeper.betweenVisits();
    await aMoment();
    world.pauseLauncher(false);
    await aMoment();
    expect(world.running()).toBe(1);
    expect(keeper.state().waiting?.version).toBe(2);
    world.isVacant = true;
    keeper.betweenVisits();
    await expect.poll(() => world.running()).toBe(2);
  });

  it('is not to what was taken off the list meanwhile', async () => {
    await waitingFor(2);
    const signed = withdrawSoftware({ crypto, disk: world.repo, keys: world.keys, nowMs: NOW_MS }, 2);
    expect(signed.ok).toBe(true);
    expect(await keeper.look()).toEqual({ code: 'not-listed' });
    expect(keeper.state().waiting).toBeNull();
  });

  it('is not to what has passed its date meanwhile, until that is renewed', async () => {
    await waitingFor(2);
    const later = NOW_MS + 46 * 86_400_000;
    world.nowMs = later;
    expect(await keeper.look()).toEqual({ code: 'expired' });
    expect(keeper.state().waiting).toBeNull();
    renewDates({ crypto, disk: world.repo, keys: world.keys, nowMs: later });
    expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
  });

  it('is not to what another release is being written over', async () => {
    expect(await keeper.lookAt(world.from)).toEqual({ code: 'ready', version: 2 });
    world.release('third');
    world.wishes = { ...world.wishes, offered: 3 };
    // As if somebody left at each file that is written.
    world.onWrite = () => keeper.betweenVisits();
    expect(await keeper.look()).toEqual({ code: 'ready', version: 3 });
    expect(world.asked).toEqual(['stage', 'stage']);
    expect(world.running()).toBe(1);
    expect(keeper.state().waiting?.version).toBe(3);
  });
});

it('a look that is broken off while files are written is broken off', async () => {
  world.wishes = { ...world.wishes, offered: 2 };
  world.onWrite = () => void keeper.cancel();
  expect(await keeper.look()).toEqual({ code: 'stopped' });
  expect(keeper.state()).toMatchObject({ waiting: null, other: null });
  world.onWrite = () => {};
  expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
});

it('a look that is broken off says so, keeps what came, and is gone on with', async () => {
  const big = { path: 'programs/big.js', bytes: new Uint8Array(3_000_000).fill(3) };
  world.release('third', { files: [...filesOf('third'), big] });
  world.wishes = { ...world.wishes, offered: 3 };
  const whole = world.from;
  let parts = 0;
  world.from = {
    ...whole,
    async fetchPart(...asked) {
      parts += 1;
      if (parts === 5) {
        expect(keeper.state()).toMatchObject({ looking: true, fetching: { version: 3, whole: 3_000_025 } });
        expect(keeper.cancel()).toBe(true);
      }
      return whole.fetchPart(...asked);
    },
  };
  expect(await keeper.look()).toEqual({ code: 'stopped' });
  expect(keeper.state()).toMatchObject({ looking: false, fetching: null, last: { code: 'stopped' } });
  const kept = world.incomingBytes();
  expect(kept).toBeGreaterThan(0);
  expect(await keeper.look()).toEqual({ code: 'ready', version: 3 });
  const packed = world.fetched.filter(({ name }) => name.endsWith('.pack'));
  expect(packed.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(3_001_000);
});

it('a signed order to go back is seen while it waits', async () => {
  world.wishes = { ...world.wishes, backTo: 1 };
  expect(keeper.state().backTo).toBe(1);
});
