/**
 * `npm run faults [-- --kills N] [name…]`: real processes killed, cut off, filled up and set back in time. Ends
 * with 0 when nothing said to be kept was lost, and nothing is held twice.
 */
import { parseArgs } from 'node:util';
import { killing, play, SCENARIOS, type ScenarioName } from './scenarios.ts';

const { values, positionals } = parseArgs({
  options: { kills: { type: 'string' } },
  allowPositionals: true,
});
const isScenario = (name: string): name is ScenarioName => Object.hasOwn(SCENARIOS, name);
const print = (line: string) => process.stdout.write(`${line}\n`);

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
