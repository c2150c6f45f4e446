import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodeDisk } from '../../base/node/disk.ts';
import type { Health } from '../../base/program-lines.ts';
import type { DeviceStatus } from '../../drivers/api.ts';
import { findAnswered, noteAnswering } from '../software/answering.ts';
import { handClock } from '../testing/keeper-world.ts';
import type { UpkeepQueue } from '../upkeep/queue.ts';
import { type HealthParts, watchHealth } from './health.ts';

type Status = ReturnType<UpkeepQueue['status']>;
const line = (online: boolean, trouble: string | null) => ({ online, trouble }) as NonNullable<Status>;

function watched(change: Partial<HealthParts> = {}) {
  const clock = handClock();
  const said: Health['checks'][] = [];
  const stuck: string[] = [];
  const world: { statuses: readonly DeviceStatus[]; status: Status } = {
    statuses: [],
    status: line(false, null),
  };
  const stop = watchHealth({
    ...{ clock, say: ({ checks }) => void said.push(checks), statuses: () => world.statuses },
    ...{ queue: { status: () => world.status }, onStuck: (at) => void stuck.push(at) },
    ...{ findStuckVisit: async () => undefined, answered: new Set() },
    ...change,
  });
  const now = async () => {
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(1_000);
    return said.at(-1)!;
  };
  return { world, said, stuck, now, stop };
}

it('waits for devices, platform and visit, and says each change once', async () => {
  const { world, said, now, stop } = watched();
  expect(said).toEqual([
    { store: 'ok', 'known-answers': 'ok', devices: 'waiting', platform: 'waiting', visit: 'waiting' },
  ]);
  expect(await now()).toMatchObject({ visit: 'ok', devices: 'waiting' });
  world.statuses = [{ device: 'card-reader', state: 'starting', reason: null }];
  expect(await now()).toMatchObject({ devices: 'waiting' });
  // One that is broken answers too: that is no fault of the software's.
  world.statuses = [{ device: 'card-reader', state: 'fault', reason: 'not-answering' }];
  expect(await now()).toMatchObject({ devices: 'ok' });
  const before = said.length;
  await now();
  expect(said).toHaveLength(before);
  stop();
  world.statuses = [];
  await now();
  expect(said).toHaveLength(before);
});

it('waits for each device that answered the version before', async () => {
  const { world, now, stop } = watched({ answered: new Set(['card-reader'] as const) });
  const is = async (state: DeviceStatus['state'], reason: DeviceStatus['reason'] = null) => {
    world.statuses = [
      { device: 'card-reader', state, reason },
      { device: 'slip-printer', state: 'fault', reason: 'not-answering' },
    ];
    return (await now()).devices;
  };
  expect(await is('fault', 'port-closed')).toBe('waiting');
  expect(await is('fault', 'driver-missing')).toBe('waiting');
  expect(await is('absent')).toBe('waiting');
  expect(await is('fault', 'self-test-failed')).toBe('ok');
  expect(await is('ok')).toBe('ok');
  stop();
});

it('those that answer are noted, and those the screen opens are not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-answering-'));
  const disk = nodeDisk(folder);
  expect(findAnswered(disk)).toEqual(new Set());
  noteAnswering(disk, [
    { device: 'card-reader', state: 'ok', reason: null },
    { device: 'slip-printer', state: 'fault', reason: 'paper-out' },
    { device: 'a4-printer', state: 'absent', reason: null },
    { device: 'face-camera', state: 'ok', reason: null },
  ]);
  expect(findAnswered(disk)).toEqual(new Set(['card-reader', 'slip-printer']));
  rmSync(folder, { recursive: true });
});

it.each([
  ['reached', line(true, null), 'ok'],
  ['known to be away', line(false, 'unreachable'), 'ok'],
  ['slow beyond its deadline', line(false, 'timeout'), 'ok'],
  ['behind a gateway that finds it down', line(false, 'http-502'), 'ok'],
  ['asking for less, as all machines come at once', line(false, 'http-429'), 'ok'],
  ['refusing what this version asks', line(false, 'http-400'), 'waiting'],
  ['not tried yet', line(false, null), 'waiting'],
  ['answering what makes no sense', line(false, 'key-sets-malformed'), 'waiting'],
  ['nobody yet, before enrolment', null, 'ok'],
] as const)('the platform %s', async (_name, status, expected) => {
  const { world, now, stop } = watched();
  world.status = status;
  expect((await now()).platform).toBe(expected);
  stop();
});

it('a visit that gets stuck, or throws, is ill and is told of', async () => {
  const one = watched({ findStuckVisit: async () => 'home' });
  expect(await one.now()).toMatchObject({ visit: 'ill' });
  expect(one.stuck).toEqual(['home']);
  one.stop();
  const other = watched({ findStuckVisit: () => Promise.reject(new Error('made up')) });
  expect(await other.now()).toMatchObject({ visit: 'ill' });
  other.stop();
});
