/** The kiosk shell itself, wherever Electron's program is. Without it nothing is registered, and a line says so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Stack, startStack } from '../../scripts/stack.ts';
import { planShell, type Shell, startShell } from './shell.ts';

const plan = planShell('');
if (plan.kind === 'cannot') process.stdout.write(`${plan.line}, 0 journeys run\n`);
else register();

function register(): void {
  let folder = '';
  let stack: Stack;
  let shell: Shell;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-shell-'));
    stack = await startStack({
      dataDir: folder,
      form: 'bundle',
      screens: 'shell',
      ports: { screen: 0, dock: 0, desk: 0 },
    });
    shell = await startShell(stack.shellSettingsPath);
  });
  test.afterAll(async () => {
    await shell?.close();
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the screens come up on our own scheme and reach the terminal', async () => {
    await expect(shell.page).toHaveURL('yizhan://app/');
    await expect(shell.page.getByRole('button').first()).toBeVisible();
  });

  test('the page has no Node, no second window and no way out', async () => {
    // As text: the tests are checked with Node's types, which have no page.
    const names = await shell.page.evaluate(
      "['require', 'process', 'Buffer', 'electron'].filter((name) => name in globalThis)",
    );
    expect(names).toEqual([]);
    expect(await shell.page.evaluate("window.open('https://example.org/') === null")).toBe(true);
    await shell.page.evaluate("location.assign('https://example.org/')");
    await shell.page.waitForTimeout(500);
    await expect(shell.page).toHaveURL('yizhan://app/');
    expect(shell.app.windows()).toHaveLength(1);
  });

  test('a page that crashes comes back, with a fresh port', async () => {
    const reloaded = shell.page.waitForEvent('load', { timeout: 30_000 });
    await shell.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await reloaded;
    await expect(shell.page.getByRole('button').first()).toBeVisible();
  });
}
