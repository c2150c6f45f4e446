/**
 * Carries what a terminal owes to a stick, and reads the platform's answers back from it:
 *
 *   node terminal/rescue/main.ts export WHO [--from DIR] [--from-mirror DIR] --to FOLDER
 *   node terminal/rescue/main.ts answers WHO FOLDER
 *
 * WHO is this enrolled terminal: `--config FILE`, its own configuration or the kiosk shell's, or `--data DIR
 * --mirror DIR`. Without `--from` the terminal's own journal is exported, and it must be stopped; with it, a dead
 * machine's, of which nothing is changed. FOLDER is the stick as it is mounted. Prints what came of it as one line
 * of JSON. Exit codes: 0 all of it; 1 not all, and the numbers say what; 64 wrong words; 74 the stick cannot take
 * it; 75 it cannot work on these folders.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { terminalConfigSchema } from '../program/config.ts';
import { type Own, runAnswers, runExport } from './run.ts';

const USAGE = `usage: node terminal/rescue/main.ts export (--config FILE | --data DIR --mirror DIR) [--from DIR] [--from-mirror DIR] --to FOLDER
       node terminal/rescue/main.ts answers (--config FILE | --data DIR --mirror DIR) FOLDER`;
const EXIT = { all: 0, notAll: 1, usage: 64, stick: 74, cannot: 75 } as const;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: { config: text, data: text, mirror: text, from: text, 'from-mirror': text, to: text },
  allowPositionals: true,
});
const [task, folder = values.to] = positionals;
const own = findOwn();
if (!own || folder === undefined || (task !== 'export' && task !== 'answers')) leave(EXIT.usage, USAGE);
const given = [own.dataDir, own.mirrorDir, values.from, values['from-mirror'], folder];
const missing = given.find((path) => path !== undefined && !existsSync(path));
if (missing !== undefined) leave(EXIT.cannot, `not there: ${missing}`);

const parts = { crypto: createCrypto(systemRandom), own, stick: nodeDisk(folder) };
const isForeign = values.from !== undefined || values['from-mirror'] !== undefined;
const from = isForeign ? { dataDir: values.from, mirrorDir: values['from-mirror'] } : undefined;
const outcome = task === 'export' ? runExport({ ...parts, from }) : runAnswers(parts);
process.stdout.write(`${JSON.stringify(outcome.told)}\n`);
process.exitCode = EXIT[outcome.came];

function findOwn(): Own | undefined {
  const { config, data, mirror } = values;
  if (config === undefined)
    return data === undefined || mirror === undefined ? undefined : { dataDir: data, mirrorDir: mirror };
  const json: unknown = JSON.parse(readFileSync(config, 'utf8'));
  const inShell = json !== null && typeof json === 'object' && 'terminal' in json ? json.terminal : json;
  const read = terminalConfigSchema.safeParse(inShell);
  return read.success ? read.data : undefined;
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
