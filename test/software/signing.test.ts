/** What the program of the signers signs, and what it refuses before anything is signed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manifestBytes } from './world.ts';

const SCRIPTS = join(import.meta.dirname, '../../scripts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-signing-'));
  run('catalog-release', 'keys', '--out', join(folder, 'keys'));
  mkdirSync(join(folder, 'files/programs'), { recursive: true });
  writeFileSync(join(folder, 'files/programs/host.js'), 'start()');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SCRIPTS, `${program}.ts`), ...words], {
    encoding: 'utf8',
  });
  return { status, words: `${stdout}${stderr}` };
}

function build(...words: readonly string[]) {
  const where = ['--keys', join(folder, 'keys'), '--to', join(folder, 'repo')];
  const what = ['--files', join(folder, 'files'), '--start', 'programs/host.js'];
  return run('software-release', 'build', ...where, ...what, ...words);
}

it('what was built says itself what it writes into its store, whatever the signers have at hand', () => {
  expect(build('--name', '0.6.0')).toMatchObject({ status: 65, words: expect.stringMatching('store.json') });
  const store = { schema: 3, readableFrom: 2 };
  writeFileSync(join(folder, 'files/programs/store.json'), JSON.stringify(store));
  // It may say its name too; somebody has to.
  expect(build().status).toBe(64);
  writeFileSync(join(folder, 'files/package.json'), JSON.stringify({ version: '0.3.1' }));
  expect(build().status).toBe(0);
  const manifest = JSON.parse(new TextDecoder().decode(manifestBytes(folder, 1)));
  expect(manifest).toMatchObject({ name: '0.3.1', store });
});

it.each([
  ['a name that no machine could read', '--name', '0.6.0 (Tuesday)'],
  ['a launcher that is no number', '--launcher', 'one'],
])('is refused before it is signed: %s', (_what, ...words) => {
  const lists = () => readdirSync(join(folder, 'repo/metadata')).map((name) => read(name));
  const read = (name: string) => readFileSync(join(folder, 'repo/metadata', name), 'utf8');
  const before = lists();
  expect(build(...words)).toMatchObject({ status: 65, words: expect.stringMatching('malformed') });
  expect(lists()).toEqual(before);
  expect(run('software-release', 'list', '--to', join(folder, 'repo')).words).toMatch(/^1\t0\.3\.1/);
});
