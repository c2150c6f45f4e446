/** Takes a sample of a town: what its terminal holds, and what lies in its folders. */
import { readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Town } from '../faults/town.ts';
import type { Sample } from './growth.ts';

const KIB = 1024;

/** Where the probe of its terminal answers. */
function probeSocket(town: Town): string {
  return join(town.folders.terminal, '..', 'probe.sock');
}

/** What a program of a soaked town is started with, by its name. */
export function soakedEnv(name: string, folder: string): Readonly<Record<string, string>> {
  const loads = (file: string) => `--import ${join(import.meta.dirname, file)}`;
  if (name === 'devices' || name === 'simulator') return { NODE_OPTIONS: loads('quick.mjs') };
  if (name !== 'terminal') return {};
  return {
    NODE_OPTIONS: `--expose-gc ${loads('probe.mjs')}`,
    YIZHAN_SOAK_SOCKET: join(folder, 'probe.sock'),
    YIZHAN_SOAK_FOLDER: join(folder, 'terminal'),
  };
}

/** What the terminal of such a town is started with. */
export function terminalEnv(town: Town): Readonly<Record<string, string>> {
  return soakedEnv('terminal', join(town.folders.terminal, '..'));
}

/**
 * A sample after `visits`; nothing while the terminal is coming up. `leaks` are leaked on purpose first, so many `times`, of so many bytes where it is bytes.
 */
export async function findSample(
  town: Town,
  { visits, ...leak }: { readonly visits: number } & Leak,
): Promise<Sample | undefined> {
  const held = (await askProbe(town, { does: 'sample', ...leak })) as Held | undefined;
  if (held === undefined) return undefined;
  const { terminal, mirror } = town.folders;
  const [database, wal] = [sizeOf(join(terminal, 'terminal.db')), sizeOf(join(terminal, 'terminal.db-wal'))];
  return {
    visits,
    pid: held.pid,
    values: {
      heap: held.heap / KIB,
      code: held.code / KIB,
      handles: held.handles,
      database: database / KIB,
      wal: wal / KIB,
      mirror: sumOf(mirror) / KIB,
      log: sumOf(logFolder(terminal), (name) => /^(terminal|devices)\.log/.test(name)) / KIB,
      rest: (sumOf(terminal) - database - wal) / KIB,
    },
  };
}

/** Everything in the terminal's folders, by its path in each. */
export function filesOf({ folders: { terminal, mirror } }: Town): readonly string[] {
  return [terminal, mirror, logFolder(terminal)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true,
    ),
  );
}

function logFolder(terminal: string): string {
  return join(terminal, '..', 'run', 'log');
}

interface Held {
  readonly pid: number;
  readonly heap: number;
  readonly code: number;
  readonly handles: number;
}

/** What is leaked on purpose. */
interface Leak {
  readonly leaks: readonly string[];
  readonly times: number;
  /** Of each, where it is bytes. */
  readonly bytes: number;
}

/** What the probe is asked to do. */
type ProbeOrder =
  | ({ readonly does: 'sample' } & Leak)
  | { readonly does: 'snapshot'; readonly file: string }
  | { readonly does: 'wait' };

/** Asks the probe in the terminal; nothing where none answers. */
export async function askProbe(town: Town, order: ProbeOrder): Promise<object | undefined> {
  const line = connect(probeSocket(town));
  try {
    line.write(JSON.stringify(order));
    return JSON.parse(await text(line)) as object;
  } catch {
    return undefined;
  } finally {
    line.destroy();
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function sumOf(folder: string, isMeant: (name: string) => boolean = () => true): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isMeant)
    .reduce((sum, name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return sum + (found?.isFile() ? found.size : 0);
    }, 0);
}
