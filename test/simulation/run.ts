import { parseArgs } from 'node:util';
import { createChance } from './chance.ts';
import { makeHistory } from './history.ts';
import { runHistory } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed++) {
  const history = makeHistory(seed, createChance(`steps ${seed}`));
  const t = performance.now();
  const outcome = await runHistory(history);
  console.log(
    seed,
    history.theme,
    history.steps.length,
    outcome.trace.length,
    Math.round(performance.now() - t),
    'ms',
    Math.round(outcome.drainedMs / 1000),
    's',
    outcome.traceHash.slice(0, 8),
    outcome.breaches.slice(0, 3),
  );
  if (values.trace) console.log(outcome.trace.join('\n'));
}
