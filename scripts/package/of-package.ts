import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedFile } from './archive.ts';
import { type Locked, makeSbom, type Sbom } from './sbom.ts';

/** Where builds write which packages their bundles are made of, beside the bundles. */
export const PARTS_FILES = ['dist/parts/programs.json', 'dist/parts/screen.json'] as const;

/**
 * The bill of materials of a package: what its archive holds of `node_modules`, what the bundles were made of, and
 * Electron itself. Throws where a build left no list of its modules.
 */
export function sbomOfPackage(root: string, archived: readonly PackedFile[]): Sbom {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const missing = PARTS_FILES.filter((name) => !existsSync(join(root, name)));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(', ')} (npm run build)`);
  const { name, version } = read('package.json') as { name: string; version: string };
  const { packages } = read('package-lock.json') as { packages: Packages };
  return makeSbom({
    product: { name, version },
    folders: [
      'node_modules/electron',
      ...archived
        .filter(({ path }) => OF_MODULE.test(path))
        .map((file) => lockedFolder(file.read(), file.path, packages)),
      ...PARTS_FILES.flatMap((file) => read(file) as string[]).map((folder) => {
        const own = join(root, folder, 'package.json');
        return existsSync(own) ? lockedFolder(readFileSync(own, 'utf8'), folder, packages) : folder;
      }),
    ],
    locked: packages,
  });
}

type Packages = Readonly<Record<string, Locked>>;

/** The `package.json` of a module in an archive, and of none of its folders. */
const OF_MODULE = /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/;

/**
 * Where the lock file has the module whose `package.json` this is. Modules may lie otherwise than it says: a packager,
 * and an installer that found some of them there already, put the same version into another folder.
 */
function lockedFolder(packageJson: string, otherwise: string, packages: Packages): string {
  const { name, version } = JSON.parse(packageJson) as { readonly name: string; readonly version: string };
  const found = Object.keys(packages).find(
    (folder) => folder.endsWith(`node_modules/${name}`) && packages[folder]?.version === version,
  );
  return found ?? otherwise;
}
