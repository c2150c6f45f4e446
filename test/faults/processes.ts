/** Real programs that can be killed at any moment and are started again at once, on folders that stay. */
import { once } from 'node:events';
import { systemClock } from '../../base/node/clock.ts';
import { startChild } from '../../host/child-process.ts';
import type { ProgramHandle } from '../../host/supervisor.ts';

/** A program that is kept running until it is laid down. */
export interface KeptProgram {
  readonly name: string;
  /** Resolves when the present process is up; a death before that counts as another start. */
  up(): Promise<Readonly<Record<string, unknown>>>;
  /** SIGKILL, whatever it is doing; it is started again at once. */
  kill(): void;
  /** SIGKILL, and it stays down until {@link KeptProgram.raise}. */
  layDown(): Promise<void>;
  /** Starts it again; `env` is added to its environment from now on. */
  raise(env?: Readonly<Record<string, string>>): void;
  /** How often it was started. */
  starts(): number;
}

/** How to start one. */
export interface ProgramPlan {
  readonly name: string;
  readonly entry: string;
  readonly config: unknown;
  readonly folder: string;
  /** Added to its environment, until {@link KeptProgram.raise} says otherwise. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A pause that keeps a program which cannot start from spinning. */
const BREATH_MS = 20;

/** Starts a program and keeps it. */
export function keepProgram({ name, entry, config, folder, ...plan }: ProgramPlan): KeptProgram {
  let env = plan.env ?? {};
  let handle: ProgramHandle | undefined;
  let isDown = false;
  let starts = 0;
  let up: Promise<Readonly<Record<string, unknown>>>;
  const begin = () => {
    starts += 1;
    const configPath = `${folder}/config/${name}.json`;
    const logPath = `${folder}/log/${name}.log`;
    const started = startChild({ name, entry, config, configPath, logPath, env });
    handle = started;
    up = started.ready;
    up.catch(() => undefined);
    started.onExit(() => {
      handle = undefined;
      if (!isDown) systemClock.after(BREATH_MS, () => !isDown && handle === undefined && begin());
    });
  };
  begin();
  return {
    name,
    async up() {
      for (;;) {
        try {
          return await up;
        } catch {
          await pause(BREATH_MS * 2);
        }
      }
    },
    kill: () => handle?.kill('SIGKILL'),
    async layDown() {
      isDown = true;
      const present = handle;
      if (present === undefined) return pause(BREATH_MS * 2);
      const ended = new Promise<void>((resolve) => present.onExit(() => resolve()));
      present.kill('SIGKILL');
      await ended;
    },
    raise(more = {}) {
      env = more;
      isDown = false;
      if (handle === undefined) begin();
    },
    starts: () => starts,
  };
}

/** Waits. */
export async function pause(ms: number): Promise<void> {
  const waiting = new AbortController();
  systemClock.after(ms, () => waiting.abort());
  await once(waiting.signal, 'abort');
}

/** Waits until `isSo`; answers whether it came true within `limitMs`. */
export async function comesTrue(isSo: () => boolean, limitMs: number): Promise<boolean> {
  for (const endMs = systemClock.monoMs() + limitMs; systemClock.monoMs() < endMs; ) {
    if (isSo()) return true;
    await pause(50);
  }
  return isSo();
}
