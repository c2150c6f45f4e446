import { readFolder } from '../base/node/read-folder.ts';
import { type Catalog, loadCatalog } from '../catalog/load.ts';
import type { Matter } from '../catalog/schema.ts';
import { preparedCatalog } from '../scripts/prepared-catalog.ts';

let read: Catalog | undefined;

/** The project's own catalog, as it stood in the working tree when it was first asked for. */
export function projectCatalog(): Catalog {
  read ??= loadCatalog(readFolder(preparedCatalog()));
  return read;
}

/** One of its matters; throws when it is not there. */
export function projectMatter(id: string): Matter {
  const found = projectCatalog().matters.find((matter) => matter.id === id);
  if (found === undefined) throw new Error(`the catalog has no sound matter ${id}`);
  return found;
}
