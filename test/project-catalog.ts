import { readFolder } from '../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../catalog/load.ts';
import type { Matter } from '../catalog/schema.ts';
import { preparedCatalog } from '../scripts/prepared-catalog.ts';

/** The project's own catalog, as it stands in the working tree. */
export function projectCatalog(): Catalog {
  return loadCatalog(readFolder(preparedCatalog()));
}

/** One of its matters; throws when it is not there. */
export function projectMatter(id: string): Matter {
  const found = projectCatalog().matters.find((matter) => matter.id === id);
  if (found === undefined) throw new Error(`the catalog has no sound matter ${id}`);
  return found;
}
