/**
 * A printer of CUPS' own making, `ippeveprinter`, as the far end in tests. It announces itself through Avahi and
 * ends where there is no D-Bus, even told not to: so it gets a bus of its own, on which nobody else is.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../../base/clock.ts';
import { systemClock } from '../../../base/node/clock.ts';
import { createNodeFetch } from '../../../base/node/fetch.ts';

/** A printer on loopback, with hands on it. */
export interface IppevePrinter extends AsyncDisposable {
  readonly uri: string;
  /** The documents it has printed, oldest first. */
  printed(): Promise<Uint8Array[]>;
  /** What each of them was to be printed on, in the printer's own words (`media-col`); empty where nothing was said. */
  media(): Promise<string[]>;
  /** Lets printing take so long, from the next document on. */
  setPrintingSeconds(seconds: number): Promise<void>;
  /** Lets printing fail, from the next document on. */
  setFailing(isFailing: boolean): Promise<void>;
  /** Fills its trays with so many sheets of A4. */
  setSheets(count: number): Promise<void>;
  /** Ends it at once, as pulling its plug does. */
  kill(): Promise<void>;
  /** Starts it again at the same address, remembering nothing. */
  start(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

/** Starts a printer; fails clearly where it is not installed. */
export async function startIppevePrinter(): Promise<IppevePrinter> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-printer-'));
  const path = (name: string) => join(folder, name);
  await mkdir(path('spool'));
  await mkdir(path('out'));
  await mkdir(path('media'));
  await setSetting('seconds', '0');
  await setSetting('status', '0');
  // What it runs for each document: keeps the very bytes, takes as long and ends as it is told.
  await writeFile(
    path('print'),
    `#!/bin/sh\nfor last; do :; done\ncat "$last" > "${folder}/out/.part"\nsleep "$(cat "${folder}/seconds")"\nname="$(date +%s%N)"\nprintf %s "$IPP_MEDIA_COL" > "${folder}/media/$name"\nmv "${folder}/out/.part" "${folder}/out/$name"\nexit "$(cat "${folder}/status")"\n`,
  );
  await chmod(path('print'), 0o700);
  const port = await freePort();
  const address = `unix:path=${path('bus')}`;
  const bus = run('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${address}`], {});
  const origin = `http://127.0.0.1:${port}`;
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  let printer: ChildProcess | undefined;

  /** Whether one of its pages came. */
  async function get(page: string): Promise<boolean> {
    const limits = { timeoutMs: PATIENCE_MS, maxBytes: 1024 * 1024 };
    const answer = await fetch({ method: 'GET', url: `${origin}${page}`, headers: {}, ...limits });
    return answer.ok && answer.value.status === 200;
  }

  function setSetting(name: string, value: string): Promise<void> {
    return writeFile(path(name), value);
  }

  /** What it left of each document, oldest first. */
  async function left(kind: 'out' | 'media'): Promise<Buffer[]> {
    const names = (await readdir(path(kind))).filter((name) => !name.startsWith('.')).sort();
    return Promise.all(names.map((name) => readFile(join(path(kind), name))));
  }

  async function start(): Promise<void> {
    const flags = ['-r', 'off', '-n', 'localhost', '-p', String(port), '-f', 'application/pdf'];
    printer = run('ippeveprinter', [...flags, '-d', path('spool'), '-c', path('print'), 'Test'], {
      DBUS_SYSTEM_BUS_ADDRESS: address,
    });
    await until(() => get('/'), 'ippeveprinter answers');
  }

  async function kill(): Promise<void> {
    await end(printer);
    printer = undefined;
  }

  await until(async () => (await readdir(folder)).includes('bus'), 'dbus-daemon listens');
  await start();
  return {
    uri: `ipp://127.0.0.1:${port}/ipp/print`,
    printed: async () => (await left('out')).map((bytes) => new Uint8Array(bytes)),
    media: async () => (await left('media')).map((bytes) => bytes.toString()),
    setPrintingSeconds: (seconds) => setSetting('seconds', String(seconds)),
    setFailing: (isFailing) => setSetting('status', isFailing ? '1' : '0'),
    async setSheets(count) {
      const tray = `size0=iso_a4_210x297mm&type0=stationery&level0=${count}&size1=&size2=&size3=`;
      await get(`/media?${tray}`);
    },
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill();
      await end(bus);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const path = `${process.env.PATH}:/usr/sbin:/usr/bin`;
  // A group of its own, so that what it runs ends with it.
  const child = spawn(command, args, {
    env: { ...process.env, ...env, PATH: path },
    detached: true,
    stdio: 'ignore',
  });
  child.once('error', (error) => {
    throw new Error(`${command} is missing (${error.message}): node scripts/setup.mjs --browser installs it`);
  });
  return child;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (const startedMs = systemClock.monoMs(); systemClock.monoMs() - startedMs < PATIENCE_MS; ) {
    if (await isSo()) return;
    await sleep(systemClock, PAUSE_MS);
  }
  throw new Error(`waited ${PATIENCE_MS} ms in vain until ${what}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
