import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock } from '../base/node/clock.ts';
import { openLog, watchLog } from './log-file.ts';
import { neverBegan } from './never-began.ts';
import { listenToProgram } from './program-output.ts';
import type { ProgramHandle } from './supervisor.ts';

/** How long a program may take to end by itself before it is killed. */
const GRACE_MS = 5_000;

/** What to start: a program file, its configuration, and where its log goes. */
export interface ProgramSpec {
  readonly name: string;
  /** A `.ts` file from source or a `.js` file of the bundle. */
  readonly entry: string;
  readonly config: unknown;
  /** Written 0600 just before the start. */
  readonly configPath: string;
  readonly logPath: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program as a child process that ends with its parent. Where its files find no room it has ended at once, and
 * is tried again as any other: a full disk ends no host.
 */
export function startChild(spec: ProgramSpec): ProgramHandle {
  let logFile: number;
  try {
    mkdirSync(dirname(spec.configPath), { recursive: true, mode: 0o700 });
    writeFileSync(spec.configPath, JSON.stringify(spec.config), { mode: 0o600 });
    logFile = openLog(spec.logPath);
  } catch (error) {
    return neverBegan(spec.name, error);
  }
  const child = spawn(
    process.execPath,
    [...process.execArgv, spec.entry, '--config', spec.configPath, '--with-parent', '--say-alive'],
    {
      stdio: ['pipe', 'pipe', logFile],
      env: { ...process.env, ...spec.env },
      // Ctrl-C reaches the host alone, which stops the others in order.
      detached: true,
    },
  );
  // The child has its own by now; ours would be one more for each restart.
  closeSync(logFile);
  child.stdin?.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void ended.then(watchLog(systemClock, spec.logPath));
  return {
    ...listenToProgram({
      output: child.stdout,
      ended,
      sayEnded: (code) => `${spec.name} ended with ${code} before it was ready; its log: ${spec.logPath}`,
    }),
    onExit: (listener) => void ended.then(listener),
    kill: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGTERM');
      const spare = systemClock.after(GRACE_MS, () => child.kill('SIGKILL'));
      await ended;
      spare();
    },
  };
}
