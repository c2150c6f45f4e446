/**
 * `npm run cabinet:udev FILE`: the udev rules of a cabinet on standard output, for a file in
 * `/etc/udev/rules.d`. A wrong file is refused with each line and reason, and exit code 1.
 */
import { readFileSync } from 'node:fs';
import { loadCabinet } from '../drivers/cabinets/load.ts';
import { udevRules } from '../drivers/cabinets/udev.ts';

const path = process.argv[2];
if (path === undefined) {
  console.error('npm run -s cabinet:udev FILE');
  process.exit(64);
}
const { name, devices, problems } = loadCabinet(readFileSync(path, 'utf8'));
for (const { line, path: where, words } of problems) console.error(`${path}:${line}: ${where} ${words}`);
if (problems.length > 0 || name === null) process.exit(1);
process.stdout.write(udevRules({ name: name.en, devices }));
