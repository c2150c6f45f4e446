/** What the machine's own disk may do to an update. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(() => {
  world = createWorld();
  world.release('second');
  world.wishes = { ...world.wishes, offered: 2 };
});
afterEach(() => world.end());

it('gives the room back where the disk is full in the middle', async () => {
  const keeper = world.start();
  world.fullAfter = 2;
  expect(await keeper.look()).toEqual({ code: 'no-room' });
  expect(existsSync(join(world.machine, 'b'))).toBe(false);
  world.fullAfter = undefined;
  expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
  keeper.stop();
});

it('writes nothing that would take from cases what is left to them', async () => {
  const keeper = world.start();
  Object.assign(world, { freeBytes: 10_000_000_000, bytesForCases: 10_000_000_000 });
  expect(await keeper.look()).toEqual({ code: 'no-room' });
  world.bytesForCases = 9_000_000_000;
  expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
  keeper.stop();
});

it('fetches a file that the disk has hurt here, in place of taking it over', async () => {
  writeFileSync(join(world.machine, 'a/programs/same.js'), 'hurt');
  const keeper = world.start();
  expect(await keeper.look()).toEqual({ code: 'ready', version: 2 });
  expect(readFileSync(join(world.machine, 'b/programs/same.js'), 'utf8')).toBe('the same in every release');
  keeper.stop();
});
