/** A version of the software as a process that ends with the launcher. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { After } from './clock.ts';
import { findWord, type Word } from './judge.ts';
import { endLeftovers, SOFTWARE_VARIABLE } from './leftovers.ts';
import type { Manifest } from './manifest.ts';
import type { Slot } from './states.ts';

/** How long a version may take to end by itself: a slip that is being printed comes out. */
const GRACE_MS = 20_000;

/** A version that runs. */
export interface Child {
  /** Resolves when it has ended, and all it had started. */
  readonly ended: Promise<void>;
  /** Asks it to end, and ends it after a grace period. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** What is started, and who hears of it. */
export interface ChildSpec {
  /** The folder of the software. */
  readonly software: string;
  readonly slot: Slot;
  readonly start: Manifest['start'];
  /** Given behind those of the manifest. */
  readonly args: readonly string[];
  readonly after: After;
  readonly leftoverLooks: number;
  /** Hears what it says of itself. */
  readonly onWord: (word: Word) => void;
  /** Is given every line that is not for the launcher alone. */
  readonly onLine: (line: string) => void;
}

/** Starts a version. One that cannot be started has ended at once. */
export function startChild(spec: ChildSpec): Child {
  const { software, slot, start, args, after } = spec;
  const folder = join(software, slot);
  const [program, ...own] = start;
  const [first, ...rest] =
    program === 'node' ? [process.execPath, ...inside(folder, own)] : [join(folder, program), ...own];
  const child = spawn(first, [...rest, ...args, '--with-parent', '--say-alive'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, [SOFTWARE_VARIABLE]: software, YIZHAN_SLOT: slot },
    // Ctrl-C reaches the launcher alone.
    detached: true,
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ended = gone.then(() => endLeftovers(software, after, spec.leftoverLooks));
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = findWord(line);
    if (word !== undefined) spec.onWord(word);
    if (word === undefined || word.kind === 'ready') spec.onLine(line);
  });
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      const spare = after(GRACE_MS, () => child.kill('SIGKILL'));
      await gone;
      spare();
      await ended;
    },
  };
}

/** The first argument of `node` is a file of the version. */
function inside(folder: string, [file, ...rest]: readonly string[]): readonly string[] {
  return file === undefined ? [] : [join(folder, file), ...rest];
}
