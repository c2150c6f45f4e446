/**
 * A program that goes wrong as its configuration says: it prints what is no word of a program, spins for ever, eats
 * memory, or ends when asked. For tests.
 */
import { z } from 'zod';
import { systemClock } from '../../base/node/clock.ts';
import { runProgram } from '../../base/node/program.ts';

const SPIN_AFTER_MS = 200;
const MOST_BYTES = 300 * 1024 * 1024;
const held: Buffer[] = [];

process.stdout.write('a library says hello\n{"half":\n');
await runProgram({
  name: 'odd',
  config: z.strictObject({ spins: z.boolean(), eats: z.boolean().default(false) }),
  mostBytes: MOST_BYTES,
  async start({ spins, eats }) {
    if (eats) held.push(Buffer.alloc(MOST_BYTES, 1));
    if (spins) {
      systemClock.after(SPIN_AFTER_MS, () => {
        for (;;);
      });
    }
    return { ready: { pid: process.pid }, stop() {} };
  },
});
