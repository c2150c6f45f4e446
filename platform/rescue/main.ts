/**
 * Imports a rescue folder from a stick: `node platform/rescue/main.ts --data DIR FOLDER`, or `--config FILE` with
 * the platform's own configuration. FOLDER is `yizhan-rescue/{rescueId}`, or the stick itself. The platform may be
 * running. Prints what came of it as JSON and writes `answers.cbor` beside the entries. Exit code 0: everything
 * found is held; 1: something is not, and the numbers say what; 64 and 75 as programs of ours have them.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../../base/node/clock.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { readFolder } from '../../base/node/read-folder.ts';
import { loadCatalog } from '../../catalog/load.ts';
import { type PlatformConfig, placesOf } from '../config.ts';
import { mattersWithCodes, SAMPLE_MATTERS } from '../connector/configured.ts';
import { findProgramConfig, workingCalendarOf } from '../program-config.ts';
import { findInUse } from '../releases/live-catalog.ts';
import { CATALOG_FOLDER } from '../releases/own-releases.ts';
import { findRescueFolders } from './folder.ts';
import { importRescue } from './import-rescue.ts';
import { openBeside } from './open-for-import.ts';

const USAGE = 'usage: node platform/rescue/main.ts (--data DIR | --config FILE) FOLDER';
const EXIT = { notAll: 1, usage: 64, cannotStart: 75 } as const;

const { values, positionals } = parseArgs({
  options: { data: { type: 'string' }, config: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
const config = findProgramConfig(values);
if (!config || folder === undefined) leave(EXIT.usage, USAGE);

// Alarms are raised for the county desk; standard output holds the report alone.
const { at, database, keys, keyCopies, backups } = placesOf(config);
const catalog = findInUse(at(CATALOG_FOLDER))?.catalog ?? loadCatalog(readFolder(config.catalogDir));
const opened = await openBeside({
  ...{ clock: systemClock, random: systemRandom, log: () => undefined },
  ...{ database, keys, keyCopies, backups, county: config.county },
  matters: catalog.matters,
  calendar: workingCalendarOf(config),
  centreMatters: centreMattersOf(config),
  tellsPeople: config.sample && config.sampleMessages,
  cashCapFen: config.agentCashCapFen,
});
if (!opened.ok) leave(EXIT.cannotStart, `cannot work on these folders: ${opened.error.code}`);

const stick = nodeDisk(folder);
const found = findRescueFolders(stick);
if (found.length === 0) process.stderr.write(`no rescue folder in ${folder}\n`);
let isAll = found.length > 0;
for (const path of found) {
  const imported = await importRescue(opened.value, path === '' ? stick : nodeDisk(`${folder}/${path}`));
  process.stdout.write(`${JSON.stringify({ folder: path, ...imported })}\n`);
  if (!imported.ok) isAll = false;
  else if (imported.value.held < imported.value.found || imported.value.damaged > 0) isAll = false;
}
await opened.value.store.close();
process.exitCode = isAll ? 0 : EXIT.notAll;

/** As the platform itself has it, so that what is filed here goes on as what it files. */
function centreMattersOf({ centre, sample, sampleCentre }: PlatformConfig) {
  if (centre) return mattersWithCodes(centre.matterCodes);
  return sample && sampleCentre ? SAMPLE_MATTERS : null;
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
