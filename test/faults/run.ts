/**
 * `npm run faults [-- --kills N] [--updates N] [name…]`: real processes killed, cut off, filled up and set back in time;
 * with `--updates` the launcher alone, N times in an update of the software. Ends with 0 when nothing said to be kept was
 * lost, nothing is held twice, and always a version runs.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countSteps, makeData, planReturns, planRuns, playRuns } from '../updates/killed-updates.ts';
import { killing, play, SCENARIOS, type ScenarioName } from './scenarios.ts';

const { values, positionals } = parseArgs({
  options: { kills: { type: 'string' }, updates: { type: 'string' } },
  allowPositionals: true,
});
const isScenario = (name: string): name is ScenarioName => Object.hasOwn(SCENARIOS, name);
/** One of so many runs is killed while a version that was committed is given up. */
const RETURNS_IN = 5;
const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.updates !== undefined) {
  const data = makeData();
  const count = Number(values.updates);
  const returns = Math.ceil(count / RETURNS_IN);
  const [steps, soured] = [await countSteps(data), await countSteps(data, 'sours')];
  const runs = [...planRuns(steps, count - returns), ...planReturns(steps, soured, returns)];
  let wrong = 0;
  await playRuns(data, runs, 3, (run, faults) => {
    wrong += 1;
    print(`✗ ${JSON.stringify(run)}: ${faults.join('; ')}`);
  });
  rmSync(data, { recursive: true });
  print(`${wrong === 0 ? '✓' : '✗'} updates: ${runs.length} killed, ${wrong} of them wrong`);
  process.exit(wrong === 0 ? 0 : 1);
}

const names = positionals.length > 0 ? positionals : Object.keys(SCENARIOS);
let faults = 0;
for (const name of names) {
  if (!isScenario(name)) {
    process.stderr.write(`no scenario ${name}; there are ${Object.keys(SCENARIOS).join(', ')}\n`);
    process.exit(64);
  }
  const script =
    name === 'kills' && values.kills !== undefined ? killing(Number(values.kills)) : SCENARIOS[name];
  const report = await play(name, script);
  const { kept, unknown, refused } = report.told;
  const refusals = Object.entries(refused).map(([code, times]) => `, ${times} × ${code}`);
  print(`${report.faults.length === 0 ? '✓' : '✗'} ${name}: ${report.done}`);
  print(`    ${kept.length} kept, ${unknown} cut off at the last step${refusals.join('')}`);
  for (const fault of report.faults) print(`    ${fault}`);
  faults += report.faults.length;
}
process.exit(faults === 0 ? 0 : 1);
