/** The files of a release of the software: what was built, what it reads, and the modules of machine code beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What is taken from where, below the root of the project; `leave` is held against the path from there. */
interface Part {
  readonly folder: string;
  readonly take: RegExp;
  readonly leave?: RegExp;
}

const MODULES = [
  'better-sqlite3',
  '@serialport/bindings-cpp',
  '@serialport/bindings-interface',
  '@serialport/parser-delimiter',
  '@serialport/parser-readline',
  'debug',
  'ms',
  'node-gyp-build',
  'node-hid',
  'pkg-prebuilds',
] as const;
/** Of those, neither sources of machine code nor what is for other systems; `src` of a plain module is the module. */
const NO_PART_OF_A_MODULE =
  /\/(better-sqlite3|bindings-cpp|node-hid)\/(deps|src|hidapi)\/|\/(bin|docs?|test)\/|\/node-addon-api\/|\.(d\.ts|map|md|gyp|flow)$|\/lib\/(darwin|win32)-/;

/** The parts of a release for machines such as `linux-x64`. */
function partsFor(architecture: string): readonly Part[] {
  // Prebuilt code lies in folders that name their system in one way or another.
  const forOthers = new RegExp(`/prebuilds/(?!(HID.*)?${architecture})[^/]+/`);
  return [
    { folder: 'dist/programs', take: /\.(js|cjs|css|woff2)$/ },
    { folder: 'dist/screen', take: /./, leave: /\.map$/ },
    { folder: 'catalog', take: /\.(yaml|json)$/ },
    { folder: 'drivers/cabinets', take: /\.yaml$/ },
    {
      folder: 'node_modules/@expo-google-fonts/noto-serif-sc',
      take: /\/(400Regular|700Bold)\/|package\.json$/,
    },
    ...MODULES.map((name) => ({
      folder: `node_modules/${name}`,
      take: /./,
      leave: new RegExp(`${NO_PART_OF_A_MODULE.source}|${forOthers.source}`),
    })),
  ];
}

/** Every file of a folder that was filled elsewhere, at the place it has there. */
export function readFilesIn(
  folder: string,
): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const place = join(entry.parentPath, entry.name);
      return {
        path: relative(folder, place).replaceAll('\\', '/'),
        bytes: new Uint8Array(readFileSync(place)),
      };
    });
}

/** Reads them all. Throws, naming it, where a part is not there: build first. */
export function readSoftwareFiles(
  root: string,
  architecture: string,
): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  const paths = partsFor(architecture).flatMap(({ folder, take, leave }) => {
    const found = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length)
          .replace(/^[\\/]/, ''),
      )
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => take.test(path) && !(leave?.test(path) ?? false));
    if (found.length === 0) throw new Error(`nothing of ${folder}`);
    return found;
  });
  return ['LICENSE', 'package.json', ...paths].map((path) => ({
    path,
    bytes: new Uint8Array(readFileSync(join(root, path))),
  }));
}
