/**
 * `npm run software:release`: signed releases of the software, in the repository that the catalog's lie in.
 *
 *     -- keys --out DIR [--production]        new keys for software, a file each: two of three must sign
 *     -- build --keys DIR --to REPO [--files DIR] [--start FILE] [--name NAME] [--for linux-x64] [--launcher N]
 *                                             signs what `npm run build` built, or all that lies in DIR, built elsewhere:
 *                                             keys need not lie where it is built; the first time with the catalog's too.
 *                                             What it writes into its store is what `store.json` beside START says
 *     -- withdraw --keys DIR --to REPO --version N     no machine installs it any more
 *     -- list --to REPO                       what is there
 *     -- stick --from REPO --to DIR           copies it for a USB stick
 *     -- first --from REPO --to DIR [--for linux-x64]  lays the newest into DIR/a, the folder of a machine's software
 *
 * Dates are renewed by `catalog:release -- renew`. Exit codes: 64 for wrong use, 65 where it is refused, 75 where files
 * cannot be had.
 */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCrypto } from '../base/crypto/self-test.ts';
import { systemClock } from '../base/node/clock.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { systemRandom } from '../base/node/random.ts';
import { ensureRepository } from '../platform/releases/publish.ts';
import { makeReleaseKeys } from '../platform/releases/release-keys.ts';
import { layFirstVersion } from '../platform/software/first-version.ts';
import {
  readList,
  releaseSoftware,
  type SoftwareContext,
  type SoftwareTrouble,
  withdrawSoftware,
} from '../platform/software/make-release.ts';
import { EXIT, getReleaseKeys, leave } from './release-command.ts';
import { findName, findStore, readFilesIn, readSoftwareFiles, STORE_FILE } from './software-files.ts';

const USAGE = `usage: npm run software:release -- keys --out DIR [--production]
       npm run software:release -- build --keys DIR --to REPO [--files DIR] [--start FILE] [--name NAME] [--for linux-x64] [--launcher N]
       npm run software:release -- withdraw --keys DIR --to REPO --version N
       npm run software:release -- list --to REPO
       npm run software:release -- stick --from REPO --to DIR
       npm run software:release -- first --from REPO --to DIR [--for linux-x64]`;
const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

const { values, positionals } = parseArgs({
  options: {
    out: { type: 'string' },
    production: { type: 'boolean', default: false },
    keys: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
    files: { type: 'string' },
    start: { type: 'string', default: 'dist/programs/host.js' },
    name: { type: 'string' },
    version: { type: 'string' },
    for: { type: 'string', default: `${process.platform}-${process.arch}` },
    launcher: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const crypto = createCrypto(systemRandom);

switch (positionals[0]) {
  case 'keys':
    makeKeys(needed(values.out));
    break;
  case 'build':
    build(contextOf(needed(values.keys), needed(values.to)), values.start);
    break;
  case 'withdraw':
    withdraw(contextOf(needed(values.keys), needed(values.to)), Number(needed(values.version)));
    break;
  case 'list':
    list(needed(values.to));
    break;
  case 'stick':
    copyToStick(needed(values.from), join(needed(values.to), 'yizhan-software'));
    break;
  case 'first':
    layFirst(needed(values.from), join(needed(values.to), 'a'));
    break;
  default:
    leave(EXIT.usage, USAGE);
}

function makeKeys(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).some((name) => name.startsWith('software-')))
    leave(EXIT.cannot, `${folder} has keys for software already`);
  const purpose = values.production ? 'production' : 'sample';
  for (const { fileName, text } of makeReleaseKeys(crypto, purpose, ['software']))
    writeFileSync(join(folder, fileName), text, { mode: 0o600, flag: 'wx' });
  console.log(`keys for software in ${folder}: keep them apart`);
}

function build(context: SoftwareContext, start: string): void {
  const made = ensureRepository(context);
  if (!made.ok) leave(EXIT.cannot, `no repository: ${made.error.code}`);
  const files = values.files === undefined ? readSoftwareFiles(ROOT, values.for) : readFilesIn(values.files);
  const store =
    findStore(files, start) ?? leave(EXIT.wrong, `no ${STORE_FILE} beside ${start}: build it anew`);
  const name = values.name ?? findName(files) ?? leave(EXIT.usage, USAGE);
  const released = releaseSoftware(context, {
    ...{ files, name, store, architecture: values.for, launcher: Number(values.launcher) },
    start: ['node', start],
  });
  if (!released.ok) refused(released.error);
  const { version, known, packBytes } = released.value;
  console.log(
    `release ${version}: ${files.length} files, ${known} known, ${Math.ceil(packBytes / 1024)} KB new`,
  );
}

function withdraw(context: SoftwareContext, version: number): void {
  const done = withdrawSoftware(context, version);
  if (!done.ok) refused(done.error);
  console.log(`release ${version} is installed nowhere any more`);
}

function list(repo: string): void {
  const read = readList(nodeDisk(repo));
  if (!read.ok) refused(read.error);
  for (const { version, name, architecture, withdrawn, manifest } of read.value.releases)
    console.log(
      `${version}\t${name}\t${architecture}\t${manifest.sha256.slice(0, 16)}${withdrawn ? '\twithdrawn' : ''}`,
    );
}

/** The whole repository: a machine that was off for long needs the packs of more than one release. */
function copyToStick(repo: string, folder: string): void {
  for (const part of ['metadata', 'targets', 'software'])
    cpSync(join(repo, part), join(folder, part), { recursive: true });
  console.log(`the stick carries what is in ${repo}`);
}

function layFirst(repo: string, folder: string): void {
  const slot = nodeDisk(folder);
  const laid = layFirstVersion({ crypto, repository: nodeDisk(repo), slot, architecture: values.for });
  if (!laid.ok) leave(EXIT.cannot, `nothing to start from in ${folder}: ${laid.error}`);
  console.log(`version ${laid.value} in ${folder}`);
}

function refused(trouble: SoftwareTrouble): never {
  const why = trouble.code === 'refused' ? trouble.reason : trouble.code;
  return leave(trouble.code === 'refused' ? EXIT.wrong : EXIT.cannot, `nothing was signed: ${why}`);
}

function contextOf(keys: string, repo: string): SoftwareContext {
  return { crypto, disk: nodeDisk(repo), keys: getReleaseKeys(crypto, keys), nowMs: systemClock.wallMs() };
}

function needed(value: string | undefined): string {
  return value ?? leave(EXIT.usage, USAGE);
}
