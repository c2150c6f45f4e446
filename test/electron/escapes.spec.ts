/** The ways out that a script would take, tried in the kiosk shell itself, wherever Electron's program is. */
import { expect, test } from '@playwright/test';
import { SCRIPTED } from '../escapes/scripted.ts';
import { type Watch, watchForEscapes } from '../escapes/signs.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { planShell, type Shell, startShell } from './shell.ts';

const plan = planShell('');
if (plan.kind === 'cannot') process.stdout.write(`${plan.line}, 0 escapes tried\n`);
else register();

function register(): void {
  test.describe.configure({ mode: 'serial' });
  let village: Village;
  let shell: Shell;
  let watch: Watch;

  test.beforeAll(async () => {
    village = await openVillage({ form: 'bundle', screens: 'shell' });
    shell = await startShell(village.stack.shellSettingsPath);
    await shell.page.locator('[data-page="attract"]').waitFor();
    watch = await watchForEscapes({ page: shell.page, context: { pages: () => shell.app.windows() } });
  });
  test.afterAll(async () => {
    await shell?.close();
    await village?.stop();
  });

  for (const [group, all] of Object.entries(SCRIPTED)) {
    test(`scripts: ${group}`, async () => {
      const escaped: string[] = [];
      for (const { what, script } of all) {
        const got = await shell.page.evaluate(`(async () => { ${script} })().catch(() => undefined)`);
        await shell.page.waitForTimeout(60);
        const signs = [...(typeof got === 'string' ? [got] : []), ...(await watch.signs())];
        if (signs.length > 0) escaped.push(`${what}: ${signs.join('; ')}`);
      }
      expect(escaped).toEqual([]);
    });
  }
}
