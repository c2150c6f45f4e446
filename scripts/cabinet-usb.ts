/**
 * `node scripts/cabinet-usb.ts FILE [--built-in 0eef:c000] [--keyboard 1a2c:2124]`: the udev rules that let in the USB
 * devices of a cabinet and no others, on standard output. Both words may be said more than once. A wrong file is
 * refused with each line and reason, and exit code 1.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadCabinet } from '../drivers/cabinets/load.ts';
import { usbAllowRules } from '../drivers/cabinets/usb-allow.ts';

const many = { type: 'string', multiple: true, default: [] as string[] } as const;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'built-in': many, keyboard: many },
});
const [path] = positionals;
const ids = [...values['built-in'], ...values.keyboard];
if (path === undefined || !ids.every((id) => /^[0-9a-f]{4}:[0-9a-f]{4}$/.test(id))) {
  console.error('node scripts/cabinet-usb.ts FILE [--built-in 0eef:c000] [--keyboard 1a2c:2124]');
  process.exit(64);
}
const { name, devices, problems } = loadCabinet(readFileSync(path, 'utf8'));
for (const { line, path: where, words } of problems) console.error(`${path}:${line}: ${where} ${words}`);
if (problems.length > 0 || name === null) process.exit(1);
process.stdout.write(
  usbAllowRules({ name: name.en, devices }, { builtIn: values['built-in'], keyboards: values.keyboard }),
);
