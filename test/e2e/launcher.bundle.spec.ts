/** The launcher as it is bundled, on a folder laid as a machine has it: the host as it is bundled, and its first page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { readSoftwareFiles } from '../../scripts/software-files.ts';
import { STORE_SCHEMA } from '../../terminal/store/migrations.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MACHINE = `${process.platform}-${process.arch}`;

let folder: string;
let launcher: ChildProcess | undefined;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-launched-'));
});
test.afterEach(() => {
  launcher?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Everything a release has but clips of the voice, of which there are thousands. */
function layVersion(slot: string): void {
  const files = readSoftwareFiles(ROOT, MACHINE).filter(({ path }) => !path.endsWith('.opus'));
  const put = (path: string, bytes: Uint8Array | string) => {
    const place = join(slot, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  };
  for (const { path, bytes } of files) put(path, bytes);
  const manifest = {
    ...{ v: 1, product: 'yizhan', version: 1, name: 'present', architecture: MACHINE, launcher: 1 },
    ...{ store: STORE_SCHEMA, start: ['node', 'dist/programs/host.js'] },
    files: files.map(({ path, bytes }) => ({
      ...{ path, bytes: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
  put('manifest.json', JSON.stringify(manifest));
}

test('a laid version is started by the launcher, draws its page, and ends in order', async ({ page }) => {
  const software = join(folder, 'software');
  layVersion(join(software, 'a'));
  const config = join(folder, 'host.json');
  writeFileSync(
    config,
    JSON.stringify({
      ...{ form: 'bundle', runFolder: join(folder, 'run'), port: 0 },
      terminal: {
        ...{ dataDir: join(folder, 'data'), mirrorDir: join(folder, 'mirror'), village: '330624108248' },
        support: {
          ...{ agentName: '示例', agentPhone: '000', townPhone: '000' },
          agentHours: { zh: '白天', en: 'by day' },
        },
      },
      devices: { cardReader: { path: join(folder, 'no-reader'), baudRate: 115_200 } },
    }),
  );
  launcher = spawn(
    process.execPath,
    [join(ROOT, 'dist/programs/launcher.js'), '--software', software, '--', '--config', config],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder },
  );
  const url = await new Promise<string>((resolve, reject) => {
    launcher?.once('exit', (code) => reject(new Error(`the launcher ended with ${code}`)));
    if (launcher?.stdout)
      createInterface(launcher.stdout).on('line', (line) => {
        const { ready } = JSON.parse(line) as { readonly ready?: { readonly screen: string } };
        if (ready) resolve(ready.screen);
      });
  });
  await page.goto(url);
  await expect(page.locator('[data-page]')).toBeVisible();
  const status = JSON.parse(readFileSync(join(software, 'status.json'), 'utf8'));
  expect(status).toMatchObject({ phase: 'steady', running: { slot: 'a', version: 1, name: 'present' } });
  const ended = once(launcher, 'exit');
  launcher.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
