/** Writes `catalog/matter.schema.json` anew; run it after the schema of a matter changed. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matterJsonSchema } from '../catalog/json-schema.ts';

const path = fileURLToPath(new URL('../catalog/matter.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(matterJsonSchema(), null, 2)}\n`);
console.log(`wrote ${path}`);
