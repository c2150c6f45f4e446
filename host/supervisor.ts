import type { Cancel, Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { CANNOT_START_EXIT } from '../base/node/cannot-start.ts';
import type { Health } from '../base/program-lines.ts';
import { watchLiveness } from './liveness.ts';
import { decideRestart } from './restart-policy.ts';

/** A started program, however it was started: a child process here, a utility process in the kiosk shell. */
export interface ProgramHandle {
  /** Resolves with what the program said when it came up; rejects when it ended before. */
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  /** Called each time it says that it lives. */
  onAlive(listener: () => void): void;
  /** Called whenever it says how it is, where it was asked to. */
  onHealth(listener: (health: Health) => void): void;
  /** Called once, when it has ended. */
  onExit(listener: (exitCode: number | null) => void): void;
  /** Asks it to end, and ends it after a grace period. Resolves when it has ended. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** A program kept running. */
export interface Supervised {
  /** The first start's word; rejects if the first start failed. */
  readonly firstReady: Promise<Readonly<Record<string, unknown>>>;
  /** Which start this is, from 1. */
  generation(): number;
  /** How often it ended by itself, neither in order nor because it could not start as things are. */
  crashes(): number;
  /** The running process, or `undefined` between an end and the next start. */
  findHandle(): ProgramHandle | undefined;
  /** What the running process said last of how it is; `undefined` before, and once it has ended. */
  findHealth(): Health | undefined;
  /** Called when {@link Supervised.findHealth} or the generation has changed. */
  onHealth(listener: () => void): void;
  /** Ends the running process in order; another is started at once. */
  renew(): void;
  /** Called with every change of "it keeps failing". */
  onTrouble(listener: (outOfService: boolean) => void): void;
  stop(): Promise<void>;
}

/**
 * Starts a program and starts it again whenever it ends, as {@link decideRestart} says. One that hangs is killed, as
 * {@link watchLiveness} says, and so ends.
 */
export function supervise(options: {
  readonly name: string;
  readonly start: (generation: number) => ProgramHandle;
  /** It ended in order, as it decided itself: it wants to begin anew. */
  readonly onRenewal?: () => void;
  readonly clock: Clock;
  readonly log: Log;
}): Supervised {
  const { name, clock, log } = options;
  const listeners: ((outOfService: boolean) => void)[] = [];
  let generation = 0;
  let failures = 0;
  let crashes = 0;
  let handle: ProgramHandle | undefined;
  let health: Health | undefined;
  const healthListeners: (() => void)[] = [];
  const heard = (said: Health | undefined) => {
    health = said;
    for (const listener of healthListeners) listener();
  };
  let stopped = false;
  let cancel: Cancel = () => {};

  const launch = () => {
    generation += 1;
    const startedMs = clock.monoMs();
    const started = options.start(generation);
    handle = started;
    started.ready.catch(() => {});
    heard(undefined);
    started.onHealth((said) => {
      if (handle === started) heard(said);
    });
    const unwatch = watchLiveness({
      handle: started,
      clock,
      onHung() {
        log('program.hung', { program: name });
        started.kill('SIGKILL');
      },
    });
    started.onExit((exitCode) => {
      unwatch();
      handle = undefined;
      heard(undefined);
      if (stopped) return;
      if (exitCode === 0) options.onRenewal?.();
      else if (exitCode !== CANNOT_START_EXIT) crashes += 1;
      const decision = decideRestart(clock.monoMs() - startedMs, failures);
      failures = decision.failuresInARow;
      log('program.restart', { program: name, exitCode, delayMs: decision.delayMs, inARow: failures });
      for (const listener of listeners) listener(decision.outOfService);
      cancel = clock.after(decision.delayMs, launch);
    });
    return started;
  };
  const firstReady = launch().ready;
  return {
    firstReady,
    generation: () => generation,
    crashes: () => crashes,
    findHandle: () => handle,
    findHealth: () => health,
    onHealth: (listener) => healthListeners.push(listener),
    renew: () => void handle?.stop(),
    onTrouble: (listener) => listeners.push(listener),
    async stop() {
      stopped = true;
      cancel();
      await handle?.stop();
    },
  };
}
