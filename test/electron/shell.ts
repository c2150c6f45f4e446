import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { type LaunchPlan, NO_SANDBOX } from '../../electron/decisions/launch.ts';
import { planLaunchHere } from '../../electron/launch-here.ts';

const MAIN = join(import.meta.dirname, '../../dist/programs/electron-main.js');

/** The kiosk shell with its one page. */
export interface Shell {
  readonly app: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

/** How the shell would be started here, or the line that says why it cannot be. */
export function planShell(settingsPath: string): LaunchPlan {
  return planLaunchHere({
    mainPath: MAIN,
    settingsPath,
    // Said here and nowhere else: these tests run as root too, on pages that are all ours.
    ownArguments: process.getuid?.() === 0 ? [NO_SANDBOX] : [],
  });
}

/** Starts the bundled shell with the settings of a village that is already up. */
export async function startShell(settingsPath: string): Promise<Shell> {
  const plan = planShell(settingsPath);
  if (plan.kind === 'cannot') throw new Error(plan.line);
  const app = await _electron.launch({ executablePath: plan.command, args: [...plan.args] });
  const page = await app.firstWindow();
  return { app, page, close: () => app.close() };
}
