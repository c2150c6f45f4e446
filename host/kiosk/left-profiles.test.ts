import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearLeftProfiles } from './left-profiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A profile as a browser leaves it, which says that `pid` has it. */
function profileOf(name: string, pid: number | undefined): string {
  const profile = join(folder, name);
  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(join(profile, 'Default', 'History'), 'a visit');
  symlinkSync(`machine-${pid}`, join(profile, 'SingletonLock'));
  return profile;
}

test('a browser that outlived its host ends, and what it wrote is gone', async () => {
  const profile = join(folder, 'screen-a');
  const idle = 'setTimeout(() => {}, 60_000)';
  const browser = spawn(process.execPath, ['-e', idle, '--', `--user-data-dir=${profile}`], {
    detached: true,
  });
  profileOf('screen-a', browser.pid);
  const ended = new Promise((resolve) => browser.once('exit', (_code, signal) => resolve(signal)));
  await new Promise((resolve) => browser.once('spawn', resolve));
  clearLeftProfiles(folder);
  expect(await ended).toBe('SIGKILL');
  expect(readdirSync(folder)).toEqual([]);
});

test('a number that is another program’s by now ends nobody, and nothing but profiles is taken away', () => {
  profileOf('screen-b', process.pid);
  profileOf('screen-c', undefined);
  profileOf('other', process.pid);
  clearLeftProfiles(folder);
  expect(readdirSync(folder)).toEqual(['other']);
});

test('a folder that is not there yet is no trouble', () => {
  expect(() => clearLeftProfiles(join(folder, 'none'))).not.toThrow();
});
