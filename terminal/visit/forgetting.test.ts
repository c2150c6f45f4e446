import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { numberOf } from './testing/people.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-forgetting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is looked for, as a heap snapshot writes it. */
const NEEDLES = {
  name: '\\u6B27\\u9633\\u6D4B\\u8BD5\\u7528',
  number: numberOf('19410520', '005'),
  words: 'typed+by+one+alone',
};

async function held(ending: 'leave' | 'submit' | 'idle') {
  const program = fileURLToPath(new URL('./testing/forgetting.ts', import.meta.url));
  const flags = ['--expose-gc', '--heap-snapshot-string-limit=1000000'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, folder, ending]);
  const find = (file: string) => {
    const snapshot = readFileSync(join(folder, file), 'utf8');
    return Object.entries(NEEDLES)
      .filter(([, needle]) => snapshot.includes(needle))
      .map(([what]) => what);
  };
  return { ...JSON.parse(stdout), held: find('during.heapsnapshot'), stillHeld: find('after.heapsnapshot') };
}

it.each([
  ['leaving at once', 'leave', 'check'],
  ['walking away', 'idle', 'check'],
] as const)(
  'nothing of a person is reachable after %s',
  { timeout: 60_000 },
  async (_how, ending, during) => {
    expect(await held(ending)).toEqual({
      during,
      // The search bites: during the visit all of it is found.
      held: ['name', 'number', 'words'],
      after: 'attract',
      stillHeld: [],
    });
  },
);

it('nothing of a person is reachable after a case was kept', { timeout: 60_000 }, async () => {
  expect(await held('submit')).toEqual({
    during: 'kept',
    held: ['name', 'number'],
    after: 'attract',
    stillHeld: [],
  });
});
