/**
 * `npm run catalog:check`: every matter against the schema and its rules, and what they need. Takes a catalog
 * folder, or looks at the project's own; ends with `N matters valid`, and with exit code 1 on any problem.
 */
import { fileURLToPath } from 'node:url';
import { readFolder } from '../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../catalog/load.ts';
import type { Matter } from '../catalog/schema.ts';

/** What is counted, and by what. */
const COUNTS: ReadonlyArray<readonly [string, (matter: Matter) => string]> = [
  ['department', ({ department }) => department],
  ['kind', ({ kind }) => kind],
  ['offline', ({ offline }) => offline],
  ['assurance', ({ assurance }) => assurance],
  ['private', (matter) => (matter.private ? 'yes' : 'no')],
  ['status', ({ status }) => (status === 'sample' ? 'sample' : 'confirmed')],
];

const folder = process.argv[2] ?? fileURLToPath(new URL('../catalog/', import.meta.url));
const catalog = loadCatalog(readFolder(folder));
for (const line of reportLines(catalog)) console.log(line);
process.exitCode = catalog.problems.length === 0 && catalog.matters.length > 0 ? 0 : 1;

function reportLines({
  matters,
  categories,
  guides,
  dataSets,
  localData,
  templates,
  problems,
}: Catalog): readonly string[] {
  return [
    ...problems.map(({ file, path, words }) => `${file}${path === '' ? '' : ` ${path}`}: ${words}`),
    ...COUNTS.map(([name, key]) => `${name.padEnd(10)} ${countText(matters.map(key))}`),
    `${'categories'.padEnd(10)} ${categories.length}, guide pages ${guides.length}`,
    `${'data sets'.padEnd(10)} ${dataSets.length}, local data ${localData.length}, templates ${templates.length}`,
    ...(problems.length > 0 ? [`${new Set(problems.map(({ file }) => file)).size} files with problems`] : []),
    `${matters.length} matters valid`,
  ];
}

/** `民政 2, 综合 3`: the most frequent first. */
function countText(values: readonly string[]): string {
  return [...Map.groupBy(values, (value) => value)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([value, all]) => `${value} ${all.length}`)
    .join(', ');
}
