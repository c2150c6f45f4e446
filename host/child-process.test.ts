import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startChild } from './child-process.ts';

it('leaves no file open for a program that ended, however often it is started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-child-'));
  const entry = join(folder, 'short.mjs');
  writeFileSync(entry, "process.stderr.write('was here\\n');\n");
  const logPath = join(folder, 'log', 'short.log');
  for (let start = 0; start < 3; start += 1) {
    const child = startChild({
      name: 'short',
      entry,
      config: {},
      configPath: join(folder, 'config', 'short.json'),
      logPath,
    });
    child.ready.catch(() => {});
    await new Promise((resolve) => child.onExit(resolve));
  }
  expect(readFileSync(logPath, 'utf8')).toBe('was here\n'.repeat(3));
  expect(openFiles()).not.toContain(logPath);
  rmSync(folder, { recursive: true, force: true });
});

it('has ended at once where its files find no room, and ends nobody else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-child-'));
  writeFileSync(join(folder, 'config'), 'in the way');
  const child = startChild({
    name: 'short',
    entry: join(folder, 'short.mjs'),
    config: {},
    configPath: join(folder, 'config', 'short.json'),
    logPath: join(folder, 'log', 'short.log'),
  });
  await expect(child.ready).rejects.toThrow('short cannot be started');
  expect(await new Promise((resolve) => child.onExit(resolve))).toBeNull();
  await child.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What this process has open, by path. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      // The one the folder itself was read by.
      return [];
    }
  });
}
