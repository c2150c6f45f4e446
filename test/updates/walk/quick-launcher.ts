/** The launcher as a program, with its patience shortened: `quick-launcher.ts SOFTWARE -- ARGUMENTS…`. */
import { systemAfter } from '../../../host/launcher/clock.ts';
import { nodeFiles } from '../../../host/launcher/files.ts';
import { PATIENCE } from '../../../host/launcher/judge.ts';
import { runLauncher } from '../../../host/launcher/launcher.ts';

const [software = ''] = process.argv.slice(2);
const launcher = runLauncher({
  ...{ software, files: nodeFiles(software), after: systemAfter, machine: 'any' },
  args: process.argv.slice(process.argv.indexOf('--') + 1),
  patience: { ...PATIENCE, lookEveryMs: 200, settleLooks: 5, silentLooks: 100 },
  say: (step, facts) => process.stderr.write(`${JSON.stringify({ launcher: step, ...facts })}\n`),
  onLine: (line) => process.stdout.write(`${line}\n`),
});
process.on('SIGTERM', launcher.stop);
process.exit((await launcher.done) === 'stopped' ? 0 : 1);
