/** Files of releases over HTTP: whole, or the part that was asked for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { readOnlyDisk } from '../../base/node/disk.ts';
import { createLimiter } from '../limits/limiter.ts';
import type { GatewayContext, OpenCall } from './call.ts';
import { releaseFileEndpoint } from './release-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NAME = `${'ab'.repeat(32)}.pack`;
const CONTENT = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);
mkdirSync(join(folder, 'pilot/software'), { recursive: true });
writeFileSync(join(folder, 'pilot/software', NAME), CONTENT);
writeFileSync(join(folder, 'pilot/software', NAME.replace('ab', 'cd')), new Uint8Array(5_000_000));

const context = {
  releases: readOnlyDisk(folder),
  limits: { releases: createLimiter(systemClock, { burst: 100, perMinute: 100 }) },
} as unknown as GatewayContext;
const ask = (range?: string, name = NAME) =>
  releaseFileEndpoint(context, {
    params: { channel: 'pilot', folder: 'software', name },
    headers: range === undefined ? {} : { range },
    ...{ content: new Uint8Array(), query: {}, remote: 'here' },
  } satisfies OpenCall);

it.each([
  ['bytes=0-99', 0, 100],
  ['bytes=900-5000', 900, 100],
  ['bytes=999-999', 999, 1],
])('%s', async (range, from, bytes) => {
  const answer = await ask(range);
  expect(answer.status).toBe(206);
  expect([...answer.content]).toEqual([...CONTENT.subarray(from, from + bytes)]);
  expect(answer.headers).toEqual({ 'content-range': `bytes ${from}-${from + bytes - 1}/1000` });
});

it.each(['bytes=1000-1001', 'bytes=5-4', 'bytes=-5', 'bytes=0-1,4-5', 'lines=1-2', ''])(
  'has no part %s',
  async (range) => expect((await ask(range)).status).toBe(416),
);

it('gives a small file whole, a large one by parts alone, and none that is not there', async () => {
  expect((await ask()).status).toBe(200);
  expect((await ask(undefined, NAME.replace('ab', 'cd'))).status).toBe(413);
  expect((await ask('bytes=0-9999999', NAME.replace('ab', 'cd'))).content).toHaveLength(4 * 1024 * 1024);
  expect((await ask('bytes=0-9', NAME.replace('ab', 'ef'))).status).toBe(404);
});
