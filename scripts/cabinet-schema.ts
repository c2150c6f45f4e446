/** Writes `drivers/cabinets/cabinet.schema.json` anew; run it after the schema of a cabinet changed. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cabinetJsonSchema } from '../drivers/cabinets/schema.ts';

const path = fileURLToPath(new URL('../drivers/cabinets/cabinet.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(cabinetJsonSchema(), null, 2)}\n`);
console.log(`wrote ${path}`);
