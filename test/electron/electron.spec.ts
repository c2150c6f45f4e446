/** The kiosk shell itself, wherever Electron's program is. Without it nothing is registered, and a line says so. */
import { expect, test } from '@playwright/test';
import { openVillage, type Village } from '../journeys/village.ts';
import { describeVisit, type Standing } from '../journeys/visit.ts';
import { planShell, type Shell, startShell } from './shell.ts';

const plan = planShell('');
if (plan.kind === 'cannot') process.stdout.write(`${plan.line}, 0 journeys run\n`);
else register();

function register(): void {
  let village: Village;
  let shell: Shell;

  test.beforeAll(async () => {
    village = await openVillage({ form: 'bundle', screens: 'shell' });
    shell = await startShell(village.stack.shellSettingsPath);
  });
  test.afterAll(async () => {
    await shell?.close();
    await village?.stop();
  });

  describeVisit('electron', 'zh', standAtShell);
  describeVisit('electron', 'en', standAtShell);

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

/** Stands at the screen in the kiosk shell's own window. */
async function standAtShell(): Promise<Standing> {
  const village = await openVillage({ form: 'bundle', screens: 'shell' });
  const shell = await startShell(village.stack.shellSettingsPath);
  return {
    village,
    page: shell.page,
    async stop() {
      await shell.close();
      await village.stop();
    },
  };
}
