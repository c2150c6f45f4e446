/**
 * `npm run simulate -- --seeds N [--from S]`: runs the histories of N seeds and holds each against the laws. At the
 * first that breaks one it prints the seed, the shortest history that breaks it and how it ended; exit code 1.
 */
import { parseArgs } from 'node:util';
import { historyOf, stepWords } from './history.ts';
import { shrink } from './shrink.ts';
import { runHistory } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
  },
});
const from = Number(values.from);
const until = from + Number(values.seeds);
const SAY_EVERY = 25;
const LINES_SHOWN = 40;

let seed = from;
process.on('unhandledRejection', (error) => {
  console.error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
  process.exit(1);
});

for (; seed < until; seed++) {
  const history = historyOf(seed);
  const outcome = await runHistory(history);
  if (outcome.breaches.length > 0) {
    console.log(`seed ${seed} (${history.theme}) breaks a law; looking for the shortest history …`);
    const shortest = await shrink(history, outcome);
    for (const { law, how } of shortest.outcome.breaches) console.log(`  ${law}: ${how}`);
    console.log(`The history, ${shortest.history.steps.length} of ${history.steps.length} steps:`);
    for (const step of shortest.history.steps) console.log(`  ${stepWords(step)}`);
    console.log('How it ended:');
    for (const line of shortest.outcome.trace.slice(-LINES_SHOWN)) console.log(`  ${line}`);
    process.exit(1);
  }
  const done = seed - from + 1;
  if (done % SAY_EVERY === 0) console.log(`${done} of ${until - from} histories, all laws hold`);
}
console.log(`${until - from} histories, seeds ${from} to ${until - 1}: all laws hold`);
