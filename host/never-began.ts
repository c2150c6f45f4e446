import type { ProgramHandle } from './supervisor.ts';

/** A program that could not be begun, for want of room for its files: it has ended at once. */
export function neverBegan(name: string, cause: unknown): ProgramHandle {
  return {
    ready: Promise.reject(new Error(`${name} cannot be started: no file of its own`, { cause })),
    onAlive() {},
    onHealth() {},
    onExit: (listener) => void Promise.resolve(null).then(listener),
    kill() {},
    stop: () => Promise.resolve(),
  };
}
