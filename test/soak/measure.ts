/** Takes a sample of a town: what its terminal holds, and what lies in its folders. */
import { readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Town } from '../faults/town.ts';
import type { Sample } from './growth.ts';

const KIB = 1024;

/** What makes a terminal answer a probe: its environment, `leak` on purpose where one is named. */
export function probed(socket: string, leak = ''): Readonly<Record<string, string>> {
  const probe = join(import.meta.dirname, 'probe.mjs');
  return {
    NODE_OPTIONS: `--expose-gc --import ${probe}`,
    YIZHAN_SOAK_SOCKET: socket,
    YIZHAN_SOAK_LEAK: leak,
  };
}

/** A sample after `visits`, `since` of them since the one before; nothing while the terminal is coming up. */
export async function findSample(
  town: Town,
  at: { readonly socket: string; readonly visits: number; readonly since: number },
): Promise<Sample | undefined> {
  const held = await ask(at.socket, at.since);
  if (held === undefined) return undefined;
  const { terminal, mirror } = town.folders;
  const [database, wal] = [sizeOf(join(terminal, 'terminal.db')), sizeOf(join(terminal, 'terminal.db-wal'))];
  return {
    visits: at.visits,
    pid: held.pid,
    values: {
      heap: held.heap / KIB,
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
  readonly handles: number;
}

async function ask(socket: string, since: number): Promise<Held | undefined> {
  const line = connect(socket);
  try {
    line.write(String(since));
    return JSON.parse(await text(line)) as Held;
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
