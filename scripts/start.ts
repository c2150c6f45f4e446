/**
 * `npm start`: everything on one machine. Shows the screens in Electron where its program is there or can be
 * fetched, else in a browser. Ctrl-C stops everything.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCabinet } from '../drivers/cabinets/load.ts';
import { type Stack, startStack } from './stack.ts';

const ROOT = join(import.meta.dirname, '..');
/** How long to wait for Electron's program before going on in a browser. */
const ELECTRON_WAIT_MS = 20_000;

const { values } = parseArgs({
  options: {
    /** A cabinet file (see `drivers/cabinets/`) of real devices instead of the simulated cabinet. */
    cabinet: { type: 'string' },
    /** The enrolment code of a platform elsewhere, which holds its address. */
    platform: { type: 'string' },
    data: { type: 'string', default: join(ROOT, '.data') },
    browser: { type: 'boolean', default: false },
  },
});

const say = (text: string) => process.stdout.write(`\x1b[36m·\x1b[0m ${text}\n`);

/** Electron's program, if it is there or can be fetched in a short while. */
function findElectron(): string | undefined {
  if (values.browser) return undefined;
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) {
    say('looking for Electron (a short wait)');
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: ELECTRON_WAIT_MS });
  }
  if (!existsSync(pathFile)) {
    say('Electron’s program is not here and could not be fetched: the screen is shown in a browser');
    return undefined;
  }
  if (process.getuid?.() === 0) {
    say('Electron does not start as root with its sandbox on: the screen is shown in a browser');
    return undefined;
  }
  return join(folder, 'dist', readFileSync(pathFile, 'utf8'));
}

function showInElectron(electron: string, stack: Stack): ChildProcess {
  const main = join(ROOT, 'dist', 'programs', 'electron-main.js');
  return spawn(electron, [main, '--config', stack.shellSettingsPath], { stdio: 'inherit' });
}

function printAddresses(stack: Stack): void {
  const line = (name: string, what: string) => `  ${name.padEnd(8)}${what}`;
  const lines = [
    '',
    line('screen', stack.screenUrl ?? 'in Electron’s window'),
    line('dock', `${stack.dockUrl ?? 'none'}   lay and lift cards, tear paper, pull plugs, cut the network`),
    line('desk', stack.deskUrl ?? 'on the platform elsewhere'),
    ...stack.staff.map(({ name, password, desk }) =>
      line('', `sign in as ${name}, password ${password} (${desk})`),
    ),
    '',
    '  Ctrl-C stops everything. The screen’s address opens once; the same browser may reload it.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Says what is wrong with a cabinet file; the terminal starts with what is sound in it. */
function checkedCabinet(path: string): string {
  for (const { line, path: where, words } of loadCabinet(readFileSync(path, 'utf8')).problems) {
    say(`${path}:${line}: ${where} ${words} — left out`);
  }
  return resolve(path);
}

const electron = findElectron();
if (electron !== undefined) {
  say('bundling the programs for Electron');
  spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts'), '--programs'], { stdio: 'inherit' });
}
const stack = await startStack({
  dataDir: resolve(values.data),
  form: 'source',
  screens: electron === undefined ? 'browser' : 'shell',
  ports: { screen: 8300, dock: 8301, desk: 8302 },
  say,
  ...(values.platform === undefined ? {} : { enrolment: values.platform }),
  ...(values.cabinet === undefined ? {} : { devices: { cabinetFile: checkedCabinet(values.cabinet) } }),
});
const shell = electron === undefined ? undefined : showInElectron(electron, stack);
printAddresses(stack);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  say('stopping');
  shell?.kill('SIGTERM');
  await stack.stop();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
shell?.on('exit', stop);
