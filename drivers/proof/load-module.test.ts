import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpRig } from '../testing/rig.ts';
import { moduleLoader, moduleNameSchema } from './load-module.ts';

describe('a module’s name', () => {
  test.each(['face-box', '@vendor/proof', '@vendor/proof.sdk_2', '/opt/vendor/proof/main.mjs', '/opt/a.cjs'])(
    '%s may stand',
    (name) => {
      expect(moduleNameSchema.safeParse(name).success).toBe(true);
    },
  );

  test.each([
    '',
    'https://example.com/proof.mjs',
    'file:///opt/proof.mjs',
    'data:text/javascript,0',
    'node:fs',
    'fs',
    'child_process',
    './proof.mjs',
    '../proof.mjs',
    '/opt/../etc/proof.mjs',
    '/opt/./proof.mjs',
    '//host/proof.mjs',
    '/opt/proof.mjs?x=1',
    '/opt/proof.mjs#x',
    '/opt/proof.json',
    '/opt/pro of.mjs',
    'Vendor/Proof',
    '@vendor/proof/deep',
    'proof%2e',
  ])('%j may not', (name) => {
    expect(moduleNameSchema.safeParse(name).success).toBe(false);
  });
});

describe('a module on disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yizhan-proof-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const MODULE = `{
    check: async () => ({ methods }),
    prove: async (order, tools) => { tools.say('look-at-camera'); return { outcome: 'proved' }; },
    close: async () => {},
  }`;
  const GOOD = `export const openProof = async ({ methods }) => (${MODULE});`;

  test.each([
    ['good.mjs', GOOD],
    ['older.cjs', `module.exports.openProof = async ({ methods }) => (${MODULE});`],
    ['below-default.mjs', `export default { openProof: async ({ methods }) => (${MODULE}) };`],
  ])('%s is opened', async (name, text) => {
    expect(await moduleLoader(await write(name, text), ['face'])()).toMatchObject({ ok: true });
  });

  test.each([
    ['no-export.mjs', 'export const other = 1;', 'driver-missing'],
    ['no-module.mjs', 'export const openProof = async () => ({ check() {} });', 'driver-missing'],
    ['throws-at-import.mjs', 'throw new Error("no");', 'not-answering'],
    ['throws-at-open.mjs', 'export const openProof = () => { throw new Error("no"); };', 'not-answering'],
    ['no-script.mjs', 'this is (not a script', 'not-answering'],
  ])('%s is %s', async (name, text, error) => {
    expect(await moduleLoader(await write(name, text), ['face'])()).toEqual({ ok: false, error });
  });

  test('one that is not there is missing, by path and by name', async () => {
    expect(await moduleLoader(join(folder, 'none.mjs'), ['face'])()).toEqual({
      ok: false,
      error: 'driver-missing',
    });
    expect(await moduleLoader('no-such-vendor-package', ['face'])()).toEqual({
      ok: false,
      error: 'driver-missing',
    });
  });

  test('the devices process proves people by it, and the other devices do not mind one that fails', async () => {
    const bad = await write('bad.mjs', 'export const openProof = () => { throw new Error("no"); };');
    await using failing = await setUpRig({ config: { proof: { module: bad, methods: ['face'] } } });
    await failing.status('proof', 'fault', 'not-answering');
    await failing.status('card-reader', 'ok');

    const good = await write('vendor.mjs', GOOD);
    await using rig = await setUpRig({ config: { proof: { module: good, methods: ['face'] } } });
    await rig.status('proof', 'ok');
    const told = [];
    const person = { name: '样板', number: '11010519491231002X', photo: new Uint8Array(1024) };
    for await (const event of await rig.client.prove({ proofId: '0'.repeat(32), method: 'face', person }))
      told.push(event);
    expect(told).toEqual([
      { type: 'prompt', prompt: 'look-at-camera' },
      { type: 'ended', end: { outcome: 'proved' } },
    ]);
  });
});
