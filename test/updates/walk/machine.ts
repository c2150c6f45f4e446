/** A machine as a village has it: the launcher as a program, and below it whatever version lies in its folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemAfter } from '../../../host/launcher/clock.ts';
import { endLeftovers } from '../../../host/launcher/leftovers.ts';

/** What the launcher says of itself. */
export interface LauncherSays {
  readonly phase: string;
  readonly running: { readonly version: number; readonly manifest: string };
  readonly refused: readonly { readonly version: number; readonly why: string }[];
  readonly last: { readonly version: number; readonly outcome: string } | null;
}

/** How one is set up. */
export interface MachineSetup {
  readonly folder: string;
  /** The launcher's program and what stands before `--`, but for the folder of the software. */
  readonly launcher: (software: string) => readonly string[];
  readonly form: 'source' | 'bundle';
  /** Where to enrol, once, and whom to trust with releases. */
  readonly enrolment: string;
  readonly root: string;
  /** The program that draws the screens; without it {@link Machine.beat} says what their page would. */
  readonly chromium?: string;
}

/** A machine. */
export interface Machine {
  readonly software: string;
  start(): void;
  /** The power goes: the launcher and all below it, at once. */
  cutPower(): Promise<void>;
  stop(): Promise<void>;
  says(): LauncherSays | undefined;
  /** Waits until the launcher says so; throws with what it said instead. */
  until(isSo: (says: LauncherSays) => boolean, withinMs: number): Promise<LauncherSays>;
  /** How often something came up. */
  starts(): number;
  /** Waits until what was started last is up. */
  isUp(): Promise<void>;
  /** Says for the page of the screens that a frame was drawn, where no browser draws any, once what runs hears it. */
  beat(): Promise<void>;
}

/** Writes its configuration; nothing runs yet. */
export function layMachine(setup: MachineSetup): Machine {
  const { folder, form, enrolment, root, chromium } = setup;
  const software = join(folder, 'software');
  const config = join(folder, 'host.json');
  const profilesFolder = join(folder, 'profiles');
  mkdirSync(profilesFolder, { recursive: true });
  const more = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  writeFileSync(
    config,
    JSON.stringify({
      ...{ form, runFolder: join(folder, 'run'), port: 0 },
      ...(chromium && { browser: { program: chromium, profilesFolder, more } }),
      terminal: {
        ...{ dataDir: join(folder, 'data'), mirrorDir: join(folder, 'mirror'), village: '330624108248' },
        ...{ enrolment, catalogRoot: root },
        support: {
          ...{ agentName: '示例', agentPhone: '000', townPhone: '000' },
          agentHours: { zh: '白天', en: 'by day' },
        },
      },
      devices: { cardReader: { path: join(folder, 'no-reader'), baudRate: 115_200 } },
    }),
  );
  let launcher: ChildProcess | undefined;
  let screen = '';
  let starts = 0;
  const findSays = () => {
    const path = join(software, 'status.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LauncherSays) : undefined;
  };
  return {
    software,
    start() {
      screen = '';
      launcher = spawn(process.execPath, [...setup.launcher(software), '--', '--config', config], {
        ...{ stdio: ['ignore', 'pipe', 'inherit'], cwd: folder },
        // What a runner of tests tells its own programs is no business of a machine's.
        env: { PATH: process.env.PATH, HOME: folder, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      });
      if (launcher.stdout === null) return;
      createInterface(launcher.stdout).on('line', (line) => {
        const { ready } = JSON.parse(line) as { readonly ready?: { readonly screen: string } };
        if (ready === undefined) return;
        screen = ready.screen;
        starts += 1;
      });
    },
    async cutPower() {
      launcher?.kill('SIGKILL');
      await endLeftovers(software, systemAfter, 0);
    },
    async stop() {
      if (launcher === undefined || launcher.exitCode !== null || launcher.signalCode !== null) return;
      const ended = once(launcher, 'exit');
      launcher.kill('SIGTERM');
      await ended;
    },
    says: findSays,
    starts: () => starts,
    async until(isSo, withinMs) {
      for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 50) {
        const says = findSays();
        if (says !== undefined && isSo(says)) return says;
        await sleep(50);
      }
      throw new Error(`never: ${JSON.stringify(findSays())}`);
    },
    async isUp() {
      while (screen === '') await sleep(50);
    },
    async beat() {
      // What runs may be starting still, and the address that of the version before.
      while (!(await sayBeat(screen).catch(() => false))) await sleep(200);
    },
  };
}

async function sayBeat(url: string): Promise<boolean> {
  const { origin, hash } = new URL(url);
  const headers = { origin, 'content-type': 'application/json' };
  const opened = await fetch(`${origin}/session`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ code: hash.slice(1) }) },
  });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const said = { frames: 1, isVisible: true, heapBytes: null, isVacant: true };
  const heard = await fetch(`${origin}/beat`, {
    ...{ method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(said) },
  });
  return heard.ok;
}
