import { expect, it } from 'vitest';
import type { Text } from '../../catalog/schema.ts';
import { watched } from '../program/source.ts';
import { handClock } from '../testing/keeper-world.ts';
import type { LimitFacts } from './limits.ts';
import { watchStanding } from './watch-limits.ts';

function begin() {
  const clock = handClock();
  const facts = {
    disk: { freeBytes: 1e12, totalBytes: 2e12 },
    ...{ owed: 0, lastContactMs: null, sureMs: 0, untrustedMs: 0, builtAtMs: 0 },
  };
  const takenOut = watched<ReadonlyMap<string, Text>>(new Map());
  const revoked = [watched(false), watched(false)] as const;
  const standing = watchStanding({ clock, facts: (): LimitFacts => facts, takenOut, revoked });
  let told = 0;
  standing.onChange(() => told++);
  return { clock, facts, takenOut, revoked, standing, told: () => told };
}

it('stops, and goes on by itself, with nobody touching it; tells only what changed', () => {
  const { clock, facts, standing, told } = begin();
  clock.advance(60_000);
  expect(told()).toBe(0);
  facts.disk.freeBytes = 0;
  clock.advance(15_000);
  expect([...standing.now().stops]).toEqual(['disk']);
  clock.advance(60_000);
  expect(told()).toBe(1);
  facts.disk.freeBytes = 1e12;
  clock.advance(2_000);
  expect([[...standing.now().stops], told()]).toEqual([[], 2]);
  standing.stop();
  facts.disk.freeBytes = 0;
  clock.advance(60_000);
  expect(told()).toBe(2);
});

it('hears at once of a matter taken out and of a revocation, however it is said', () => {
  const { takenOut, revoked, standing } = begin();
  const out = new Map([['a', { zh: '停办', en: 'stopped' }]]);
  takenOut.set(out);
  expect(standing.now()).toMatchObject({ takenOut: out, revoked: false });
  for (const source of revoked) {
    source.set(true);
    expect(standing.now().revoked).toBe(true);
    source.set(false);
    expect(standing.now().revoked).toBe(false);
  }
});

it('stops from the first moment what is short at the start', () => {
  const { facts, takenOut, clock } = begin();
  facts.disk.freeBytes = 0;
  const standing = watchStanding({ clock, facts: () => facts, takenOut, revoked: [] });
  expect([...standing.now().stops]).toEqual(['disk']);
});
