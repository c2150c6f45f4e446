/**
 * `npm run simulate -- --seeds N [--from S]`: runs the histories of N seeds and holds each against the laws. At the
 * first that breaks one it prints the seed, the shortest history that breaks it and how it ended; exit code 1.
 * `--planted` plants each of the known bugs instead, and prints which history found it, and what it broke.
 */
import { parseArgs } from 'node:util';
import { historyOf, stepWords } from './history.ts';
import { findBug, PLANTED } from './planted.ts';
import { shrink } from './shrink.ts';
import { runHistory } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    planted: { type: 'boolean', default: false },
  },
});
const SAY_EVERY = 25;
const LINES_SHOWN = 40;

let seed = Number(values.from);
process.on('unhandledRejection', (error) => {
  console.error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
  process.exit(1);
});

const isGood = values.planted ? await runPlanted() : await runSeeds(Number(values.seeds));
if (!isGood) process.exit(1);

async function runSeeds(count: number): Promise<boolean> {
  const from = seed;
  for (; seed < from + count; seed++) {
    if (!(await holds(seed))) return false;
    const done = seed - from + 1;
    if (done % SAY_EVERY === 0) console.log(`${done} of ${count} histories, all laws hold`);
  }
  console.log(`${count} histories, seeds ${from} to ${seed - 1}: all laws hold`);
  return true;
}

async function holds(ofSeed: number): Promise<boolean> {
  const history = historyOf(ofSeed);
  const outcome = await runHistory(history);
  if (outcome.breaches.length === 0) return true;
  console.log(`seed ${ofSeed} (${history.theme}) breaks a law; looking for the shortest history …`);
  const shortest = await shrink(history, outcome);
  for (const { law, how } of shortest.outcome.breaches) console.log(`  ${law}: ${how}`);
  console.log(`The history, ${shortest.history.steps.length} of ${history.steps.length} steps:`);
  for (const step of shortest.history.steps) console.log(`  ${stepWords(step)}`);
  console.log('How it ended:');
  for (const line of shortest.outcome.trace.slice(-LINES_SHOWN)) console.log(`  ${line}`);
  return false;
}

async function runPlanted(): Promise<boolean> {
  let missed = 0;
  for (const bug of PLANTED) {
    const found = await findBug(bug);
    const breach = found?.outcome.breaches.find(({ law }) => law === bug.breaks);
    if (!found || !breach) missed += 1;
    const how =
      found && breach
        ? `no. ${found.histories}, seed ${found.seed} | ${breach.law}: ${breach.how}`
        : 'NOT FOUND';
    console.log(`| ${bug.name} | ${bug.foundIn}, ${how} |`);
  }
  console.log(`${PLANTED.length - missed} of ${PLANTED.length} planted bugs found`);
  return missed === 0;
}
