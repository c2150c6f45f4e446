/**
 * Bundles the Node programs of a terminal and the kiosk shell into `dist/programs`, as plain JavaScript beside
 * which only the native modules are needed. No source maps; a bundle that would hold anything of the
 * simulator, the desk or a test is refused.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';
import { outOfServicePage } from '../electron/decisions/out-of-service.ts';
import { STORE_SCHEMA } from '../terminal/store/migrations.ts';
import { chooseFaces } from './font-faces.ts';
import { recordModules } from './package/bundled-modules.ts';
import { STORE_FILE } from './software-files.ts';

const ROOT = join(import.meta.dirname, '..');

/** Where the bundles go. */
const PROGRAMS_FOLDER = join(ROOT, 'dist', 'programs');

/** Programs that run as modules, by the name of their bundle. */
const PROGRAMS = {
  terminal: 'terminal/main.ts',
  devices: 'drivers/main.ts',
  'electron-main': 'electron/main.ts',
  /** The terminal without Electron. */
  host: 'host/main.ts',
  /** For maintainers, by hand. */
  rescue: 'terminal/rescue/main.ts',
  /** A thread of the devices program. */
  'photo-worker': 'drivers/photo/photo-worker.ts',
} as const;

/** Starts one of two versions; beside them it lies alone, as one file that shares nothing with them. */
const LAUNCHER = 'host/launcher/main.ts';

/** A sandboxed page's preload script must be one file of the older module format. */
const PRELOAD = 'electron/preload.ts';

/** Modules that stay outside: they hold machine code, or come with Electron itself. */
export const NATIVE_MODULES = ['better-sqlite3', '@serialport/bindings-cpp', 'node-hid'] as const;

/** What no bundle may hold, by path from the root. */
const FORBIDDEN =
  /^(drivers\/simulator|platform|renderer|test|scripts)\/|\.test\.ts$|^node_modules\/@lydell\//;

/** The modules among `paths` (from the root) that must not ship. */
export function findForbidden(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => FORBIDDEN.test(path));
}

const refuseForbidden: Plugin = {
  name: 'yizhan:refuse-forbidden',
  generateBundle(_options, bundle) {
    const paths = Object.values(bundle).flatMap((output) =>
      output.type === 'chunk' ? Object.keys(output.modules).map((id) => relative(ROOT, id)) : [],
    );
    const forbidden = findForbidden(paths);
    if (forbidden.length > 0) this.error(`must not ship: ${forbidden.join(', ')}`);
  },
};

function configFor(
  input: Readonly<Record<string, string>>,
  format: 'es' | 'cjs',
  folder: string,
  recorders: readonly Plugin[],
): InlineConfig {
  return {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    // Everything else is written into the bundle, so that a package needs no tree of modules.
    ssr: { noExternal: true, external: [...NATIVE_MODULES, 'electron'] },
    plugins: [refuseForbidden, ...recorders],
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      // A fault names a line: it must be one that can be read.
      minify: false,
      rolldownOptions: {
        input: { ...input },
        output: {
          format,
          entryFileNames: format === 'es' ? '[name].js' : '[name].cjs',
          chunkFileNames: 'shared-[hash].js',
        },
      },
    },
  };
}

/** Lays the letters of the out-of-service page beside the shell: a kiosk may have no Chinese font at all. */
function layFonts(folder: string): void {
  const font = join(ROOT, 'node_modules/@fontsource-variable/noto-sans-sc');
  // Every sign a phone number may have.
  const text = outOfServicePage('+0123456789() -');
  const faces = chooseFaces(readFileSync(join(font, 'index.css'), 'utf8'), text);
  mkdirSync(folder, { recursive: true });
  for (const { file } of faces) copyFileSync(join(font, 'files', file), join(folder, file));
  writeFileSync(join(folder, 'fonts.css'), faces.map(({ rule }) => `${rule}\n`).join(''));
}

/** Builds all bundles anew. Throws, naming what is missing, when a program has no beginning. */
export async function bundlePrograms(folder: string = PROGRAMS_FOLDER): Promise<void> {
  const missing = [...Object.values(PROGRAMS), LAUNCHER, PRELOAD].filter(
    (entry) => !existsSync(join(ROOT, entry)),
  );
  if (missing.length > 0) throw new Error(`cannot bundle, missing: ${missing.join(', ')}`);
  rmSync(folder, { recursive: true, force: true });
  // The preload script is made of our own files alone.
  const recorder = recordModules(join(folder, '..', 'parts', 'programs.json'));
  await build(configFor(PROGRAMS, 'es', folder, [recorder]));
  await build(configFor({ launcher: LAUNCHER }, 'es', folder, []));
  await build(configFor({ preload: PRELOAD }, 'cjs', folder, []));
  layFonts(join(folder, 'out-of-service'));
  writeFileSync(join(folder, STORE_FILE), `${JSON.stringify(STORE_SCHEMA)}\n`);
}

if (import.meta.main) await bundlePrograms();
