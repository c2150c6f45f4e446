/**
 * The kiosk shell: one window, locked down, and the terminal's two programs behind it. It holds no business.
 * What it allows is decided in `decisions/`, without Electron; `shell/` does what was decided.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, Menu, powerSaveBlocker, protocol, session } from 'electron';
import { faultFields } from '../base/log.ts';
import { systemClock } from '../base/node/clock.ts';
import { pinoLog } from '../base/node/pino-log.ts';
import { findLauncherLine } from '../base/node/program.ts';
import { watchHostHealth } from '../host/health.ts';
import { namedMedia } from '../host/media-policy.ts';
import { SCHEME, SCHEME_PRIVILEGES } from './decisions/address.ts';
import { judgeSandbox, NO_SANDBOX } from './decisions/launch.ts';
import { getSettingsPath, parseSettings, type Settings } from './decisions/settings.ts';
import { PARTITION } from './decisions/window.ts';
import { lockContents, lockSession } from './shell/lockdown.ts';
import { createPortDesk } from './shell/port-desk.ts';
import { runPrograms } from './shell/programs.ts';
import { listenToScreen } from './shell/screen-ipc.ts';
import { serveScreens } from './shell/screen-protocol.ts';
import { openScreenWindow } from './shell/screen-window.ts';

/** Exit codes: 64 the settings or the switches are wrong, 70 a bug. The service manager starts the shell again. */
const EXIT = { usage: 64, bug: 70 } as const;

const log = pinoLog('shell');
const die = (error: unknown) => {
  log('program.fault', { program: 'shell', ...faultFields(error) });
  app.exit(EXIT.bug);
};
// Without these, Electron shows a dialog of its own over the screens.
process.on('uncaughtException', die);
process.on('unhandledRejection', die);

const settings = isSandboxFit() ? readSettings() : undefined;
app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: SCHEME_PRIVILEGES }]);
Menu.setApplicationMenu(null);
app.commandLine.appendSwitch('disable-pinch');
// Else what a page holds is told every twenty minutes, and rounded.
app.commandLine.appendSwitch('enable-precise-memory-info');
app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
  // Chromium starts its own helpers again; our programs are started again by their supervisor.
  log('shell.child-gone', { kind: type.toLowerCase().replaceAll(' ', '-'), reason, exitCode });
});

if (settings === undefined) {
  app.exit(EXIT.usage);
} else {
  // The lock and all that Chromium writes lie here, and nowhere in a home folder.
  const shellFolder = join(settings.runFolder, 'shell');
  mkdirSync(shellFolder, { recursive: true, mode: 0o700 });
  app.setPath('userData', shellFolder);
  if (app.requestSingleInstanceLock()) {
    // A top-level await would hold up the very event it waits for.
    void app.whenReady().then(() => start(settings));
  } else {
    app.exit(0);
  }
}

function isSandboxFit(): boolean {
  const isUnsandboxed = app.commandLine.hasSwitch(NO_SANDBOX.slice(2));
  if (isUnsandboxed) log('shell.unsandboxed', {});
  if (judgeSandbox({ isPackaged: app.isPackaged, isUnsandboxed }).allowed) return true;
  process.stderr.write(
    `yizhan: does not run with ${NO_SANDBOX}; allow user namespaces, and do not run it as root\n`,
  );
  return false;
}

function readSettings(): Settings | undefined {
  const path = getSettingsPath(process.argv);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    process.stderr.write(`yizhan: cannot read the settings file ${path}\n`);
    return undefined;
  }
  const parsed = parseSettings(text);
  if (parsed.ok) return parsed.value;
  for (const problem of parsed.error.problems) process.stderr.write(`yizhan: ${path}: ${problem}\n`);
  return undefined;
}

function start(settings: Settings): void {
  const bundle = import.meta.dirname;
  const devTools = !app.isPackaged;
  const clock = systemClock;
  const desk = createPortDesk();
  const screens = session.fromPartition(PARTITION, { cache: false });
  const media = namedMedia(settings.devices);
  lockSession(screens, { devTools, ...media, log });
  serveScreens(screens, {
    folders: {
      screen: join(bundle, '..', 'screen'),
      'out-of-service': join(bundle, 'out-of-service'),
    },
    supportPhone: settings.supportPhone,
    ...media,
  });

  const window = openScreenWindow({
    preloadPath: join(bundle, 'preload.cjs'),
    devTools,
    windowed: settings.windowed,
    onDown: () => desk.down('screen'),
    clock,
    log,
  });
  listenToScreen({
    findWindowContentsId: window.findContentsId,
    onUp: () => desk.up('screen', window.hand),
    onBeat(beat) {
      window.heard(beat);
      health?.screenSaid(beat);
    },
    log,
  });
  const programs = runPrograms({
    folder: bundle,
    settings,
    desk,
    onTerminalTrouble: window.setTerminalTrouble,
    onRenewal: window.renew,
    clock,
    log,
  });

  const launcher = findLauncherLine(() => app.quit());
  const health = launcher && watchHostHealth(programs, launcher.sayHealth);
  launcher?.sayReady();

  powerSaveBlocker.start('prevent-display-sleep');
  app.on('second-instance', () => window.focus());
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    log('program.stopping', { program: 'shell' });
    void programs.stop().then(() => app.exit(0));
  });
}
