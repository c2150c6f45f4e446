import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A display that nobody looks at, and hands at it: keys, buttons and wheel come as they would from a cable. */
export interface Display {
  /** As `DISPLAY` says it. */
  readonly name: string;
  /** Strikes keys held together, in X's words: `ctrl+t`, `F12`. */
  strikes(keys: string): void;
  /** Presses a button: 1 left, 2 middle, 3 right, 4 and 5 the wheel, 8 back, 9 forward. */
  clicks(button: number): void;
  /** Whatever else xdotool does, in its words. */
  does(...words: readonly string[]): string;
  /** Windows that can be seen, by their number. */
  windows(): readonly string[];
  stop(): Promise<void>;
}

/** Whether a display can be opened and touched here. */
export function hasDisplay(): boolean {
  return ['Xvfb', 'xdotool'].every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);
}

/** Opens a display as large as a cabinet's screen, with no window manager on it. */
export async function openDisplay(): Promise<Display> {
  const server: ChildProcess = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1080x1920x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const told = server.stdio[3];
  if (told === null || told === undefined) throw new Error('broken invariant: a pipe was asked for');
  const [number] = await once(told, 'data');
  const name = `:${String(number).trim()}`;
  const does = (...words: readonly string[]) => {
    const done = spawnSync('xdotool', words, { encoding: 'utf8', env: { ...process.env, DISPLAY: name } });
    if (done.error !== undefined) throw done.error;
    return done.stdout.trim();
  };
  return {
    name,
    does,
    strikes: (keys) => void does('key', '--clearmodifiers', keys),
    clicks: (button) => void does('click', String(button)),
    windows: () => does('search', '--onlyvisible', '--name', '.*').split('\n').sort(),
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
