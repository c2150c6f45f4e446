import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { faultFields, type Log } from '../log.ts';
import { ALIVE_EVERY_MS, aliveLine, type Health, healthLine, readyLine } from '../program-lines.ts';
import { CANNOT_START_EXIT, CannotStart } from './cannot-start.ts';
import { systemClock } from './clock.ts';
import { pinoLog } from './pino-log.ts';

/** What a program hands back once it is up. */
export interface Running {
  /** Told to whoever started it, as one line of JSON on standard output: addresses, never a secret of a person. */
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): void | Promise<void>;
}

/** What a program is handed. */
export interface ProgramTools {
  readonly log: Log;
  /** Ends the program because of a bug, or a {@link CannotStart}; whoever watches it starts it again. */
  readonly die: (error: unknown) => void;
  /** Ends the program in order; whoever watches it starts it again. */
  readonly end: () => void;
  /** Says how it is; absent where no launcher wants to know. */
  readonly sayHealth?: (health: Health) => void;
}

/** In the environment of whatever a launcher started (`host/launcher/README.md`). */
const LAUNCHED = 'YIZHAN_SOFTWARE';

const MIB = 1024 * 1024;
/** More than any program of a machine ever needs; beyond it the system would end one of its own choice, slowly. */
export const MOST_RESIDENT_BYTES = 1536 * MIB;

/** Exit codes: 64 the configuration is wrong, 70 a bug, 75 it cannot start as things are. */
const EXIT = { usage: 64, bug: 70, cannotStart: CANNOT_START_EXIT } as const;

/**
 * Runs a program: reads the file named by `--config`, starts, says that it is ready, and stops at SIGTERM,
 * SIGINT or, with `--with-parent`, when standard input ends, so that nobody outlives a killed host. With
 * `--say-alive` it says all the while that it lives, and ends once it holds more than `mostBytes` of memory.
 */
export async function runProgram<S extends z.ZodType>(options: {
  readonly name: string;
  readonly config: S;
  readonly start: (config: z.output<S>, tools: ProgramTools) => Promise<Running>;
  /** Unbounded unless said. */
  readonly mostBytes?: number;
}): Promise<void> {
  const startedMs = systemClock.monoMs();
  const log = pinoLog(options.name);
  const die = (error: unknown) => {
    if (error instanceof CannotStart) {
      log('program.cannot-start', { program: options.name, code: error.code });
      process.stderr.write(`${options.name}: ${error.message}\n`);
      process.exit(EXIT.cannotStart);
    }
    log('program.fault', { program: options.name, ...faultFields(error) });
    process.exit(EXIT.bug);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const { mostBytes = Number.POSITIVE_INFINITY } = options;
  const endIfTooLarge = () => {
    const resident = process.memoryUsage.rss();
    if (resident <= mostBytes) return;
    log('program.too-large', { program: options.name, residentMib: Math.round(resident / MIB) });
    process.exit(EXIT.bug);
  };
  if (process.argv.includes('--say-alive')) sayAlive(1, endIfTooLarge);

  const config = options.config.safeParse(readConfig());
  if (!config.success) {
    process.stderr.write(`${options.name}: the configuration is wrong: ${config.error.message}\n`);
    process.exit(EXIT.usage);
  }
  let running: Running | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    log('program.stopping', { program: options.name });
    await running?.stop();
    process.exit(0);
  };
  const tools = { log, die, end: () => void stop() };
  running = await options.start(config.data, isLaunched() ? { ...tools, sayHealth } : tools);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.argv.includes('--with-parent')) process.stdin.on('end', stop).on('error', stop).resume();
  log('program.started', { program: options.name, tookMs: Math.round(systemClock.monoMs() - startedMs) });
  process.stdout.write(readyLine(running.ready));
}

/**
 * The line to a launcher, for a shell that {@link runProgram} does not run: from now on it is told that the shell lives,
 * and `onLauncherGone` is called when it ends. `undefined` where no launcher started it.
 */
export function findLauncherLine(
  onLauncherGone: () => void,
): { sayReady(): void; sayHealth(health: Health): void } | undefined {
  if (!isLaunched()) return undefined;
  sayAlive(1);
  process.stdin.on('end', onLauncherGone).on('error', onLauncherGone).resume();
  return { sayReady: () => void process.stdout.write(readyLine({})), sayHealth };
}

function isLaunched(): boolean {
  return process.env[LAUNCHED] !== undefined && process.argv.includes('--say-alive');
}

function sayHealth(health: Health): void {
  process.stdout.write(healthLine(health));
}

/** Says again and again that the event loop turns: whoever started a program that is silent kills it. */
function sayAlive(count: number, look: () => void = () => {}): void {
  // Whoever listened may be gone already: standard input tells, and ends the program in order.
  if (count === 1) process.stdout.on('error', () => {});
  process.stdout.write(aliveLine(count));
  look();
  systemClock.after(ALIVE_EVERY_MS, () => sayAlive(count + 1, look));
}

function readConfig(): unknown {
  const path = process.argv[process.argv.indexOf('--config') + 1];
  if (!process.argv.includes('--config') || path === undefined) return undefined;
  return JSON.parse(readFileSync(path, 'utf8'));
}
