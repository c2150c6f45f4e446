import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type MessagePortMain, utilityProcess } from 'electron';
import type { Clock } from '../../base/clock.ts';
import { openLog, watchLog, writeLog } from '../../host/log-file.ts';
import { neverBegan } from '../../host/never-began.ts';
import { listenToProgram } from '../../host/program-output.ts';
import type { ProgramHandle } from '../../host/supervisor.ts';
import { findLostPort, type LostPort } from '../decisions/messages.ts';

/** How long a program may take to end by itself before it is killed. */
const GRACE_MS = 5_000;

/** One program of the terminal, as the shell starts it. */
export interface UtilitySpec {
  readonly name: 'terminal' | 'devices';
  /** A `.js` file of the bundle. */
  readonly entry: string;
  readonly config: unknown;
  /** Written 0600 just before the start. */
  readonly configPath: string;
  /** Where its log goes, set aside when it has grown. */
  readonly logPath: string;
}

/** A started program that ports can be handed to. */
export interface UtilityHandle extends ProgramHandle {
  hand(message: unknown, port: MessagePortMain): void;
  /** Called whenever the program says that a port handed to it closed. */
  onLostPort(listener: (lost: LostPort) => void): void;
}

/** Starts a program as a utility process, which ends with the shell; without room for its files it has ended at once. */
export function startUtility(spec: UtilitySpec, clock: Clock): UtilityHandle {
  let logFile: number;
  try {
    mkdirSync(dirname(spec.configPath), { recursive: true, mode: 0o700 });
    writeFileSync(spec.configPath, JSON.stringify(spec.config), { mode: 0o600 });
    logFile = openLog(spec.logPath);
  } catch (error) {
    return { ...neverBegan(spec.name, error), hand() {}, onLostPort() {} };
  }
  const child = utilityProcess.fork(spec.entry, ['--config', spec.configPath, '--say-alive'], {
    serviceName: `yizhan ${spec.name}`,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve) => child.once('exit', resolve));
  // Electron takes no file for a program's output: it comes through a pipe.
  if (child.stderr !== null) writeLog(child.stderr, logFile);
  void ended.then(watchLog(clock, spec.logPath));
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined) process.kill(child.pid, signal);
  };
  return {
    ...listenToProgram({
      output: child.stdout,
      ended,
      sayEnded: (code) => `${spec.name} ended with ${code} before it was ready`,
    }),
    onExit: (listener) => void ended.then(listener),
    kill,
    async stop() {
      child.kill();
      const spare = clock.after(GRACE_MS, () => kill('SIGKILL'));
      await ended;
      spare();
    },
    hand: (message, port) => child.postMessage(message, [port]),
    onLostPort(listener) {
      child.on('message', (message: unknown) => {
        const lost = findLostPort(message);
        if (lost !== undefined) listener(lost);
      });
    },
  };
}
