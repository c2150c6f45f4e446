/** The files of a release of the software: what was built, what it reads, and the modules of machine code beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import type { DatabaseVersion } from '../base/sql.ts';

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
    { folder: 'dist/programs', take: /\.(js|cjs|css|woff2|json)$/ },
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

/** Beside the programs: what they write into their store, said by whoever bundled them. */
export const STORE_FILE = 'store.json';

/** A file of a release, at the place a machine will have it. */
interface ReleasedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * What the program that is started writes into its store, by its own word: whoever signs may have other sources at hand
 * than it was built from, and a machine that believed those could not go back. `undefined` where it says nothing of it.
 */
export function findStore(files: readonly ReleasedFile[], start: string): DatabaseVersion | undefined {
  const said = findJson(files, posix.join(posix.dirname(start), STORE_FILE));
  const { schema, readableFrom } = said ?? {};
  return isNumber(schema) && isNumber(readableFrom) ? { schema, readableFrom } : undefined;
}

/** What the software calls itself; `undefined` where its `package.json` is not there. */
export function findName(files: readonly ReleasedFile[]): string | undefined {
  const name = findJson(files, 'package.json')?.version;
  return typeof name === 'string' ? name : undefined;
}

function findJson(files: readonly ReleasedFile[], at: string): Readonly<Record<string, unknown>> | undefined {
  const file = files.find(({ path }) => path === at);
  return file && JSON.parse(new TextDecoder().decode(file.bytes));
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Every file of a folder that was filled elsewhere, at the place it has there. */
export function readFilesIn(folder: string): readonly ReleasedFile[] {
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
export function readSoftwareFiles(root: string, architecture: string): readonly ReleasedFile[] {
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
