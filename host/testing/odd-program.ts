/**
 * A program that goes wrong as its configuration says: it prints what is no word of a program, spins for ever, or
 * ends when asked. For tests.
 */
import { z } from 'zod';
import { systemClock } from '../../base/node/clock.ts';
import { runProgram } from '../../base/node/program.ts';

const SPIN_AFTER_MS = 200;

process.stdout.write('a library says hello\n{"half":\n');
await runProgram({
  name: 'odd',
  config: z.strictObject({ spins: z.boolean() }),
  async start({ spins }) {
    if (spins) {
      systemClock.after(SPIN_AFTER_MS, () => {
        for (;;);
      });
    }
    return { ready: { pid: process.pid }, stop() {} };
  },
});
