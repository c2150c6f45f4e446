import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { kioskArguments } from '../../host/kiosk/arguments.ts';
import { openVillage, type Village } from '../journeys/village.ts';
import { type Display, openDisplay } from './display.ts';

/** As `ops/linux/browser` has it. */
const SHIPPED_ORIGIN = 'http://127.0.0.1:8300';
const OPS = join(import.meta.dirname, '../../ops/linux/browser');

/** Somebody at a machine without Electron: the system's own Chromium, as `ops/linux/browser` starts and bounds it. */
export interface Kiosk {
  readonly village: Village;
  readonly display: Display;
  readonly context: BrowserContext;
  readonly page: Page;
  stop(): Promise<void>;
}

/** A namespace of mounts of one's own, where this machine lets one be made: other browsers keep their own policies. */
const NAMESPACE = [
  ['unshare', '-m'],
  ['unshare', '-Urm'],
].find(([command = '', ...args]) => spawnSync(command, [...args, 'true']).status === 0);

/** Whether Chromium can be given the policies here. */
export const isUnderPolicies = NAMESPACE !== undefined;

/** Starts a village and shows its screen as such a machine does. */
export async function openKiosk(): Promise<Kiosk> {
  const village = await openVillage({ form: 'source', screens: 'browser' });
  const display = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-kiosk-'));
  const address = new URL(village.stack.screenUrl ?? '');
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    headless: false,
    viewport: null,
    hasTouch: true,
    executablePath: writeStarter(folder, address.origin),
    args: switches(address.href),
    // What the runner adds for itself, and no machine has.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    env: { ...process.env, DISPLAY: display.name },
  });
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  // A window gets the keys where it is touched, as on any display without a window manager.
  display.does('mousemove', '540', '60', 'click', '1');
  return {
    village,
    display,
    context,
    page,
    async stop() {
      await context.close();
      await display.stop();
      await village.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The switches a host starts its browser with; the runner brings a profile of its own. */
function switches(url: string): string[] {
  const more = ['--window-position=0,0', '--window-size=1080,1920'];
  const unsandboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const all = kioskArguments({ url, profile: '', more: [...more, ...unsandboxed] });
  return all.filter((each) => !each.startsWith('--user-data-dir'));
}

/** A program that starts Chromium under the shipped policies with this village's address. */
function writeStarter(folder: string, origin: string): string {
  const policies = JSON.parse(
    readFileSync(join(OPS, 'policies.json'), 'utf8').replaceAll(SHIPPED_ORIGIN, origin),
  ) as Record<string, unknown>;
  // These two would keep the test itself from looking at the page. What the first closes is tried by keys.
  delete policies.DeveloperToolsAvailability;
  delete policies.RemoteDebuggingAllowed;
  const managed = join(folder, 'etc', 'policies', 'managed');
  mkdirSync(managed, { recursive: true });
  writeFileSync(join(managed, 'yizhan.json'), JSON.stringify(policies));
  const starter = join(folder, 'start');
  const bound = `${NAMESPACE?.join(' ')} sh -c 'mount --bind "${join(folder, 'etc')}" /etc/chromium && exec "$@"' sh`;
  writeFileSync(starter, `#!/bin/sh\nexec ${isUnderPolicies ? bound : ''} /usr/bin/chromium "$@"\n`);
  chmodSync(starter, 0o755);
  return starter;
}
