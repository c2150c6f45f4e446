/** Everything on one machine as a program, as `npm start` has it, on any free ports. */
import { z } from 'zod';
import { runProgram } from '../../base/node/program.ts';
import { startStack } from '../../scripts/stack.ts';

await runProgram({
  name: 'village',
  config: z.strictObject({ dataDir: z.string() }),
  async start({ dataDir }) {
    const stack = await startStack({
      dataDir,
      form: 'source',
      screens: 'browser',
      ports: { screen: 0, dock: 0, desk: 0 },
    });
    return { ready: { screenUrl: stack.screenUrl }, stop: () => stack.stop() };
  },
});
