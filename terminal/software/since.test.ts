import { expect, it } from 'vitest';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { runningSince } from './since.ts';

it('keeps the first start of the release that runs, through restarts', () => {
  const disk = createMemoryDisk();
  expect(runningSince(disk, 'aa', 1_000)).toBe(1_000);
  expect(runningSince(disk, 'aa', 2_000)).toBe(1_000);
  expect(runningSince(disk, 'bb', 3_000)).toBe(3_000);
  // Gone back to: it runs since then, not since it ran first.
  expect(runningSince(disk, 'aa', 4_000)).toBe(4_000);
});

it('begins anew where the note cannot be read', () => {
  const disk = createMemoryDisk();
  disk.writeDurably('since.json', new TextEncoder().encode('{"manifest":"aa"'));
  expect(runningSince(disk, 'aa', 5_000)).toBe(5_000);
  expect(runningSince(disk, 'aa', 6_000)).toBe(5_000);
});
