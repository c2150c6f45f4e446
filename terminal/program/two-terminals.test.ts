import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const MAIN = new URL('../main.ts', import.meta.url).pathname;

let folder: string;
let started: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-two-'));
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
  rmSync(folder, { recursive: true });
});

/** Starts a terminal on the one data folder, with sockets of the given name. */
function start(sockets: string, more: Readonly<Record<string, string>> = {}) {
  const configPath = join(folder, `${sockets}.json`);
  const config = {
    dataDir: join(folder, 'data'),
    mirrorDir: join(folder, 'mirror'),
    village: '330624108248',
    support: {
      agentName: '示例',
      agentPhone: '000',
      agentHours: { zh: '白天', en: 'by day' },
      townPhone: '000',
    },
    screenSocket: join(folder, sockets, 'terminal.sock'),
    devicesSocket: join(folder, sockets, 'devices.sock'),
    ...more,
  };
  writeFileSync(configPath, JSON.stringify(config));
  const child = spawn(process.execPath, [MAIN, '--config', configPath], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  started.push({ child, ended });
  return {
    ready: new Promise((resolve) => child.stdout.once('data', resolve)),
    ended,
    errors: () => errors,
    child,
  };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(join(folder, socket, 'terminal.sock'));
    line.on('connect', () => {
      line.destroy();
      resolve(true);
    });
    line.on('error', () => resolve(false));
  });
}

it.each(['first', 'second'])(
  'a second terminal on one data folder says so and ends, and the first goes on: sockets of its %s',
  async (sockets) => {
    const first = start('first');
    await first.ready;
    const second = start(sockets);
    expect(await second.ended).toBe(75);
    expect(second.errors()).toMatch(/^terminal: another program /m);
    expect(second.errors()).toContain('"program.cannot-start"');
    expect(second.errors()).not.toContain('program.fault');
    expect(first.child.exitCode).toBeNull();
    expect(await answers('first')).toBe(true);
  },
);

it('a terminal that was killed leaves nothing in the way of the next', async () => {
  const first = start('first');
  await first.ready;
  first.child.kill('SIGKILL');
  await first.ended;
  const next = start('first');
  await next.ready;
  expect(await answers('first')).toBe(true);
});

it('one whose store cannot be opened lets no sticks in, though somebody was signed in when it died', async () => {
  const maintenanceDir = join(folder, 'maintenance');
  // No database opens here.
  for (const made of [maintenanceDir, join(folder, 'data', 'terminal.db', 'in-the-way')])
    mkdirSync(made, { recursive: true });
  writeFileSync(join(maintenanceDir, 'signed-in'), '');
  const only = start('first', { maintenanceDir });
  await only.ready;
  expect(only.errors()).toContain('"store.cannot-open"');
  expect(existsSync(join(maintenanceDir, 'signed-in'))).toBe(false);
});
