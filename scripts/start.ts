/**
 * `npm start`: everything on one machine. Shows the screens in Electron where its program is there or can be
 * fetched, else in a browser. Ctrl-C stops everything.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LaunchPlan, NO_SANDBOX } from '../electron/decisions/launch.ts';
import { findElectronBinary } from '../electron/find-binary.ts';
import { planLaunchHere } from '../electron/launch-here.ts';
import { cabinetComplaints } from './checked-cabinet.ts';
import { freePort } from './ports.ts';
import { SAMPLE_PINS, type Stack, shellSettingsPath, startStack } from './stack.ts';

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
    /** A camera of this machine, by its label in the browser, to stand in for the document camera. */
    camera: { type: 'string' },
    browser: { type: 'boolean', default: false },
    /** For Chromium as root, on screens of one's own alone. */
    'no-sandbox': { type: 'boolean', default: false },
  },
});
const dataDir = resolve(values.data);

const say = (text: string) => process.stdout.write(`\x1b[36m·\x1b[0m ${text}\n`);

/** Fetches Electron's program, for a short while, where it never was. */
function fetchElectron(): void {
  if (findElectronBinary() !== undefined) return;
  say('looking for Electron (a short wait)');
  const install = join(ROOT, 'node_modules', 'electron', 'install.js');
  spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: ELECTRON_WAIT_MS });
}

/** How the screens are shown in Electron; `undefined` where a browser shows them, and why is said. */
function findShellPlan(): Extract<LaunchPlan, { kind: 'run' }> | undefined {
  if (values.browser) return undefined;
  fetchElectron();
  const plan = planLaunchHere({
    mainPath: join(ROOT, 'dist', 'programs', 'electron-main.js'),
    settingsPath: shellSettingsPath(dataDir),
    ownArguments: values['no-sandbox'] ? [NO_SANDBOX] : [],
  });
  say(plan.kind === 'run' ? plan.line : `${plan.line}: the screen is shown in a browser`);
  return plan.kind === 'run' ? plan : undefined;
}

function printAddresses(stack: Stack): void {
  const line = (name: string, what: string) => `  ${name.padEnd(8)}${what}`;
  const lines = [
    '',
    line('screen', stack.screenUrl ?? 'in Electron’s window'),
    line('dock', `${stack.dockUrl ?? 'none'}   lay and lift cards, tear paper, pull plugs, cut the network`),
    line('desk', stack.deskUrl ?? 'on the platform elsewhere'),
    ...(stack.payUrl === null ? [] : [line('pay', stack.payUrl)]),
    ...(stack.phoneUrl === null ? [] : [line('phone', stack.phoneUrl)]),
    ...stack.staff.map(({ name, password, desk }) =>
      line('', `sign in as ${name}, password ${password} (${desk})`),
    ),
    line(
      'upkeep',
      `“维护” on the first page: caretaker ${SAMPLE_PINS.caretaker}, maintainer ${SAMPLE_PINS.maintainer}`,
    ),
    ...(stack.agent === null
      ? []
      : [
          line(
            'agent',
            `card “${stack.agent.name}” in the dock; first sign-in with code ${stack.agent.code}, then a PIN of your own`,
          ),
        ]),
    '',
    '  Ctrl-C stops everything. The screen’s address opens once; the same browser may reload it.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Says what is wrong with a cabinet file; the terminal starts with what is sound in it. */
function checkedCabinet(path: string): string {
  for (const complaint of cabinetComplaints(path)) say(complaint);
  return resolve(path);
}

const plan = findShellPlan();
if (plan !== undefined) {
  say('bundling the programs for Electron');
  spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts'), '--programs'], { stdio: 'inherit' });
}
const stack = await startStack({
  dataDir,
  form: 'source',
  screens: plan === undefined ? 'browser' : 'shell',
  // Where they are not taken, the same ones each time.
  ports: { screen: await freePort(8300), dock: await freePort(8301), desk: await freePort(8302) },
  say,
  ...(values.camera === undefined ? {} : { cameraLabel: values.camera }),
  ...(values.platform === undefined ? {} : { enrolment: values.platform }),
  ...(values.cabinet === undefined ? {} : { devices: { cabinetFile: checkedCabinet(values.cabinet) } }),
}).catch((error: unknown) => {
  // What had started ends with us: each program watches its parent.
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
const shell = plan === undefined ? undefined : spawn(plan.command, [...plan.args], { stdio: 'inherit' });
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
