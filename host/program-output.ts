import { createInterface } from 'node:readline';
import { findProgramWord, type Health } from '../base/program-lines.ts';
import type { ProgramHandle } from './supervisor.ts';

/** Listens to a started program: what it says when it is up, that it lives, and how it is. */
export function listenToProgram(options: {
  /** Its standard output, a pipe. */
  readonly output: NodeJS.ReadableStream | null;
  readonly ended: Promise<number | null>;
  /** Says in a sentence that it ended before it was up. */
  readonly sayEnded: (exitCode: number | null) => string;
}): Pick<ProgramHandle, 'ready' | 'onAlive' | 'onHealth'> {
  const { output, ended, sayEnded } = options;
  if (output === null) throw new Error('broken invariant: standard output is a pipe');
  const listeners: (() => void)[] = [];
  const healthListeners: ((health: Health) => void)[] = [];
  const ready = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    createInterface({ input: output }).on('line', (line) => {
      const word = findProgramWord(line);
      if (word?.kind === 'ready') resolve(word.ready);
      if (word?.kind === 'alive') for (const listener of listeners) listener();
      if (word?.kind === 'health') for (const listener of healthListeners) listener(word.health);
    });
    void ended.then((exitCode) => reject(new Error(sayEnded(exitCode))));
  });
  return {
    ready,
    onAlive: (listener) => void listeners.push(listener),
    onHealth: (listener) => void healthListeners.push(listener),
  };
}
