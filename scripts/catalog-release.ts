/**
 * `npm run catalog:release`: signed releases of the catalog.
 *
 *     -- keys --out DIR [--production]           a new set of keys, a file each: two of three must sign
 *     -- build --keys DIR --to REPO [--catalog DIR]   checks, signs and adds a release; makes the repository at first
 *     -- renew --keys DIR --to REPO              new dates for what is newest, within 45 days
 *     -- promote --from PILOT --to STABLE        offers everybody what a pilot machine tried
 *
 * Exit codes: 64 for wrong use, 65 where the catalog is wrong, 75 where files cannot be had.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCrypto } from '../base/crypto/self-test.ts';
import { systemClock } from '../base/node/clock.ts';
import { nodeDisk } from '../base/node/disk.ts';
import { systemRandom } from '../base/node/random.ts';
import { readFolder } from '../base/node/read-folder.ts';
import { ensureRepository, promote, publishCatalog } from '../platform/releases/publish.ts';
import { makeReleaseKeys, type ReleaseKey } from '../platform/releases/release-keys.ts';
import { renewDates } from '../platform/releases/repository.ts';
import { EXIT, getReleaseKeys, leave } from './release-command.ts';

const USAGE = `usage: npm run catalog:release -- keys --out DIR [--production]
       npm run catalog:release -- build --keys DIR --to REPO [--catalog DIR]
       npm run catalog:release -- renew --keys DIR --to REPO
       npm run catalog:release -- promote --from PILOT --to STABLE`;

const { values, positionals } = parseArgs({
  options: {
    out: { type: 'string' },
    production: { type: 'boolean', default: false },
    keys: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
    catalog: { type: 'string', default: fileURLToPath(new URL('../catalog/', import.meta.url)) },
  },
  allowPositionals: true,
});
const crypto = createCrypto(systemRandom);
const nowMs = systemClock.wallMs();
const { out, keys, to, from } = values;

switch (positionals[0]) {
  case 'keys':
    makeKeys(needed(out));
    break;
  case 'build':
    build(getReleaseKeys(crypto, needed(keys)), needed(to));
    break;
  case 'renew':
    renew(getReleaseKeys(crypto, needed(keys)), needed(to));
    break;
  case 'promote':
    offerToAll(needed(from), needed(to));
    break;
  default:
    leave(EXIT.usage, USAGE);
}

function makeKeys(folder: string): void {
  const disk = nodeDisk(folder);
  if (disk.list('.').length > 0) leave(EXIT.cannot, `${folder} is not empty`);
  for (const { fileName, text } of makeReleaseKeys(crypto, values.production ? 'production' : 'sample'))
    writeFileSync(join(folder, fileName), text, { mode: 0o600, flag: 'wx' });
  console.log(`keys of ${values.production ? 'production' : 'a sample'} in ${folder}: keep them apart`);
}

function build(held: readonly ReleaseKey[], repo: string): void {
  const disk = nodeDisk(repo);
  const made = ensureRepository({ crypto, disk, keys: held, nowMs });
  if (!made.ok) leave(EXIT.cannot, `no repository: ${made.error.code}`);
  const published = publishCatalog({ crypto, disk, keys: held }, readFolder(values.catalog), nowMs);
  if (published.ok) {
    const { version, matters, bytes } = published.value;
    console.log(`release ${version}: ${matters} matters, ${Math.ceil(bytes / 1024)} KB`);
  } else if (published.error.code === 'problems') {
    for (const { file, path, words } of published.error.problems) console.log(`${file} ${path}: ${words}`);
    leave(EXIT.wrong, 'nothing was signed');
  } else leave(EXIT.cannot, `nothing was signed: ${published.error.code}`);
}

function renew(held: readonly ReleaseKey[], repo: string): void {
  const renewed = renewDates({ crypto, disk: nodeDisk(repo), keys: held, nowMs });
  if (!renewed.ok) leave(EXIT.cannot, `nothing was signed: ${renewed.error.code}`);
  console.log(`release ${renewed.ok ? renewed.value : 0} is dated anew`);
}

function offerToAll(pilot: string, stable: string): void {
  const copied = promote(nodeDisk(pilot), nodeDisk(stable));
  if (!copied.ok) leave(EXIT.cannot, `not offered: ${copied.error.code}`);
  console.log('the newest release of the pilot machines is offered to all');
}

function needed(value: string | undefined): string {
  return value ?? leave(EXIT.usage, USAGE);
}
