import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findBase64Url } from '../../base/bytes.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { answerTo, makeChallenge } from '../../sync/phone-sign-in.ts';
import { PHONE_KEY_FORM } from '../../terminal/upkeep/phone-sign-in.ts';
import { openPlatformKeys } from './platform-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-phone-'));
const crypto = createCrypto();
const keys = nodeDisk(join(folder, 'keys'));
openPlatformKeys(crypto, { keys, copies: nodeDisk(join(folder, 'copies')) });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = join(import.meta.dirname, 'phone.ts');
const run = (verb: string, ...words: string[]) =>
  execFileSync(process.execPath, [PROGRAM, verb, '--data', folder, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
const CHALLENGE = makeChallenge(17, '40295');

it('answers as the machine that was given its key expects, from a key that stays', () => {
  expect(() => run('answer', '--machine', '330017', CHALLENGE)).toThrow();
  const line = run('machine', '--machine', '330017');
  expect(line).toMatch(PHONE_KEY_FORM);
  expect(run('machine', '--machine', '330017')).toBe(line);
  expect(run('machine', '--machine', '330018').split('$')[2]).not.toBe(line.split('$')[2]);
  expect(statSync(join(folder, 'keys', 'phone.key')).mode & 0o077).toBe(0);
  const key = findBase64Url(line.split('$')[2]!)!;
  const wanted = answerTo(crypto, key, { role: 'maintainer', challenge: CHALLENGE });
  const spoken = `${CHALLENGE.slice(0, 3)} ${CHALLENGE.slice(3, 6)} ${CHALLENGE.slice(6)}`;
  // Nobody answers without a name.
  expect(() => run('answer', '--machine', '330017', spoken)).toThrow();
  const said = run('answer', '--machine', '330017', '--holder', '石卫民', spoken);
  expect(said.replace(' ', '')).toBe(wanted);
  expect(() =>
    run(
      'answer',
      '--machine',
      '330017',
      '--holder',
      '石卫民',
      CHALLENGE.replace(/.$/, (last) => `${(Number(last) + 1) % 10}`),
    ),
  ).toThrow();
}, 60_000);

it('makes no other key where the county’s cannot be read: every machine there is has its own from it', () => {
  const key = join(folder, 'keys', 'phone.key');
  rmSync(key, { force: true });
  // It is there, and cannot be read.
  mkdirSync(key);
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, 'machine', '--data', folder, '--machine', '330017'],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([75, expect.stringContaining('bring it back')]);
}, 60_000);
