/** A real Chromium, started as a kiosk is, on a page that goes wrong in each way it can. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../base/node/clock.ts';
import { listenPorts } from '../../base/node/port-source.ts';
import type { PortSource } from '../../base/rpc/port.ts';
import { type ShownScreens, startShownScreens } from '../../host/kiosk/shown-screens.ts';

const PROGRAM = process.env.YIZHAN_CHROMIUM ?? '/usr/bin/chromium';
const ROOT = join(import.meta.dirname, '..', '..');

let folder: string;
let profiles: string;
let home: string;
let terminal: PortSource;
let shown: ShownScreens;
/** What was logged, in order. */
let said: string[] = [];
/** Speaks to the page that has the line now. */
let tellPage: (word: string) => void = () => {};

/** The page's own beats, without their types. */
function servePage(to: string): void {
  mkdirSync(to);
  const strip = (path: string, name: string) =>
    writeFileSync(
      join(to, name),
      stripTypeScriptTypes(readFileSync(join(ROOT, path), 'utf8')).replace(
        /'[./]*base\/screen-beat\.ts'/,
        "'./screen-beat.js'",
      ),
    );
  strip('renderer/src/browser/beats.ts', 'beats.js');
  strip('base/screen-beat.ts', 'screen-beat.js');
  copyFileSync(join(import.meta.dirname, 'watched-page.js'), join(to, 'page.js'));
  writeFileSync(
    join(to, 'index.html'),
    '<!doctype html><script type="module" src="page.js"></script><h1>一站',
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-kiosk-'));
  profiles = join(folder, 'profiles');
  home = join(folder, 'home');
  for (const made of [profiles, home]) mkdirSync(made);
  vi.stubEnv('HOME', home);
  servePage(join(folder, 'screens'));
  const socket = join(folder, 'terminal.sock');
  terminal = await listenPorts({ path: socket, peer: 'screen' });
  terminal.onPort(({ port }) => {
    tellPage = (word) => port.postMessage(word);
  });
  shown = await startShownScreens({
    host: {
      ...{ folder: join(folder, 'screens'), port: 0, terminalSocket: socket },
      ...{ hasCamera: false, hasMicrophone: false },
    },
    browser: {
      program: PROGRAM,
      profilesFolder: profiles,
      more: ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
    clock: systemClock,
    log: (name, fields) => said.push('why' in fields ? `${name} ${fields.why}` : name),
  });
  await says('screen.up');
}, 60_000);
afterAll(async () => {
  await shown.stop();
  terminal.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until that was logged. */
async function says(word: string): Promise<void> {
  while (!said.includes(word)) await sleep(50);
}

/** What happens between a page going wrong and the next one living. */
async function after(goesWrong: () => void): Promise<readonly string[]> {
  said = [];
  goesWrong();
  await says('screen.up');
  while (readdirSync(profiles).length > 1) await sleep(50);
  return said.filter((word) => word.startsWith('screen.restart') || word === 'screen.up');
}

/** The processes of our browsers: that of the whole, or those of pages. */
function processes(kind: 'whole' | 'page'): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(join('/proc', pid, file), 'latin1');
    } catch {
      return '';
    }
  };
  const wholes = all.filter((pid) => {
    const line = read(pid, 'cmdline');
    return line.includes(`--user-data-dir=${profiles}`) && !line.includes('--type=');
  });
  if (kind === 'whole') return wholes.map(Number);
  const groupOf = (pid: string) => read(pid, 'stat').split(') ')[1]?.split(' ')[2];
  return all
    .filter((pid) => read(pid, 'cmdline').includes('--type=renderer') && wholes.includes(groupOf(pid) ?? ''))
    .map(Number);
}
const signal = (kind: 'whole' | 'page', name: NodeJS.Signals) => {
  const found = processes(kind);
  expect(found.length).toBeGreaterThan(0);
  for (const pid of found) process.kill(pid, name);
};

test.each<readonly [string, string, () => void]>([
  ['a page that loops for ever', 'silent', () => tellPage('spin')],
  ['a page whose process is stopped', 'silent', () => signal('page', 'SIGSTOP')],
  ['a page whose process is killed', 'silent', () => signal('page', 'SIGKILL')],
  ['a page that draws no more', 'no-frames', () => tellPage('still')],
  ['a page that eats memory', 'memory', () => tellPage('eat')],
  ['a browser that is killed', 'ended', () => signal('whole', 'SIGKILL')],
  ['a browser that crashes', 'ended', () => signal('whole', 'SIGSEGV')],
  ['a night', 'nightly', () => shown.renew()],
])(
  '%s is followed by another',
  async (_what, why, goesWrong) => {
    expect(await after(goesWrong)).toEqual([`screen.restart ${why}`, 'screen.up']);
    expect(processes('whole')).toHaveLength(1);
  },
  60_000,
);

test('nothing of it is left at the end, and no dump of the crash in its user’s home', async () => {
  await shown.stop();
  expect([processes('whole'), readdirSync(profiles), readdirSync(home)]).toEqual([[], [], []]);
});
