/**
 * The launcher as a program: `node main.ts --software DIR -- ARGUMENTS…`. Exit codes: 0 it was asked to stop, 64 wrong
 * words, 69 there is no version to start, 75 another launcher has the folder.
 */
import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemAfter } from './clock.ts';
import { nodeFiles } from './files.ts';
import { runLauncher } from './launcher.ts';
import { takeFolder } from './one-launcher.ts';

const EXIT = { usage: 64, noVersion: 69, inUse: 75 } as const;

const software = findFolder();
if (software === undefined) {
  process.stderr.write('launcher: give the folder of the software: --software DIR -- ARGUMENTS\n');
  process.exit(EXIT.usage);
}
if (!(await takeFolder(software))) {
  process.stderr.write(`launcher: another launcher has ${software}\n`);
  process.exit(EXIT.inUse);
}
const split = process.argv.indexOf('--');
const launcher = runLauncher({
  ...{ software, files: nodeFiles(software), after: systemAfter },
  args: split < 0 ? [] : process.argv.slice(split + 1),
  machine: `${process.platform}-${process.arch}`,
  say: (step, facts) => process.stderr.write(`${JSON.stringify({ launcher: step, ...facts })}\n`),
  onLine: (line) => process.stdout.write(`${line}\n`),
});
process.on('SIGTERM', launcher.stop);
process.on('SIGINT', launcher.stop);
const end = await launcher.done;
if (end === 'no-version') process.stderr.write(`launcher: no version of the software in ${software}\n`);
process.exit(end === 'stopped' ? 0 : EXIT.noVersion);

function findFolder(): string | undefined {
  try {
    const { values } = parseArgs({ options: { software: { type: 'string' } }, allowPositionals: true });
    return values.software === undefined ? undefined : realpathSync(values.software);
  } catch {
    return undefined;
  }
}
