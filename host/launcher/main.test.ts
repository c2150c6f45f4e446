/** The launcher as a program. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { layVersion } from './testing/stand-in.ts';

const PROGRAM = join(import.meta.dirname, 'main.ts');

it('runs on where its log takes nothing', async () => {
  const software = mkdtempSync(join(tmpdir(), 'yizhan-launcher-'));
  layVersion(software, 'a', { version: 1 });
  const full = openSync('/dev/full', 'w');
  const launcher = spawn(process.execPath, [PROGRAM, '--software', software], {
    stdio: ['ignore', full, full],
  });
  closeSync(full);
  try {
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    const runs = join(software, 'runs');
    for (let looks = 0; looks < 500 && !existsSync(runs); looks += 1) await sleep(20);
    expect(launcher.exitCode).toBeNull();
    launcher.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readFileSync(runs, 'utf8')).toBe('1 start\n1 end\n');
  } finally {
    launcher.kill('SIGKILL');
    rmSync(software, { recursive: true });
  }
}, 30_000);
