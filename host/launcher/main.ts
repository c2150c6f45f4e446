/**
 * The launcher as a program: `node main.ts --software DIR -- ARGUMENTS…`. Exit codes: 0 it was asked to stop, 64 wrong
 * words, 69 there is no version to start, 75 another launcher has the folder.
 */
import { realpathSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemAfter } from './clock.ts';
import { nodeFiles } from './files.ts';
import { runLauncher } from './launcher.ts';
import { takeFolder } from './one-launcher.ts';

const EXIT = { usage: 64, noVersion: 69, inUse: 75 } as const;

const software = findFolder();
if (software === undefined) {
  tell(2, 'launcher: give the folder of the software: --software DIR -- ARGUMENTS');
  process.exit(EXIT.usage);
}
if (!(await takeFolder(software))) {
  tell(2, `launcher: another launcher has ${software}`);
  process.exit(EXIT.inUse);
}
const split = process.argv.indexOf('--');
const launcher = runLauncher({
  ...{ software, files: nodeFiles(software), after: systemAfter },
  args: split < 0 ? [] : process.argv.slice(split + 1),
  machine: `${process.platform}-${process.arch}`,
  say: (step, facts) => tell(2, JSON.stringify({ launcher: step, ...facts })),
  onLine: (line) => tell(1, line),
});
process.on('SIGTERM', launcher.stop);
process.on('SIGINT', launcher.stop);
const end = await launcher.done;
if (end === 'no-version') tell(2, `launcher: no version of the software in ${software}`);
process.exit(end === 'stopped' ? 0 : EXIT.noVersion);

/** Writes a line; where nobody listens any more, or the disk that takes them is full, it is lost, and nothing ends by that. */
function tell(output: 1 | 2, line: string): void {
  try {
    writeSync(output, `${line}\n`);
  } catch {
    // The next one is tried again.
  }
}

function findFolder(): string | undefined {
  try {
    const { values } = parseArgs({ options: { software: { type: 'string' } }, allowPositionals: true });
    return values.software === undefined ? undefined : realpathSync(values.software);
  } catch {
    return undefined;
  }
}
