import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundlePrograms, NATIVE_MODULES } from '../../scripts/bundle-programs.ts';
import { type PackedFile, readArchive } from '../../scripts/package/archive.ts';
import { sbomOfPackage } from '../../scripts/package/of-package.ts';
import { partsOf } from '../../scripts/package/sizes.ts';
import { FUSES } from './fuses.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'node_modules/electron-builder/cli.js');
const ASAR = join(ROOT, 'node_modules/@electron/asar/bin/asar.js');

/** What someone might have lying about, none of which may ship. */
const BAIT = [
  'dist/programs/terminal.js.map',
  'dist/screen/assets/screen.js.map',
  'dist/programs/simulator/main.js',
  'dist/dock/index.html',
  'dist/desk/index.html',
  'dist/.built',
  'terminal/main.ts',
  'drivers/simulator/cabinet.ts',
  'platform/desk/index.html',
  'renderer/src/main.tsx',
  'test/journeys/offline.ts',
  'scripts/start.ts',
  'docs/state.md',
  'catalog/schema.ts',
  'catalog/matters/notes.txt',
  '.data/terminal.db',
  '.env',
  'tsconfig.json',
];
const SCREEN = ['dist/screen/index.html', 'dist/screen/assets/screen.js', 'dist/screen/assets/sans.woff2'];

let folder = '';
let unpacked = '';
let files: readonly string[] = [];
let archived: readonly PackedFile[] = [];
let packed = '';
/** The folder of cabinet files beside the archive. */
let cabinets = '';

/** Runs a tool of ours in `cwd` and gives what it wrote; throws with its own words when it fails. */
function run(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

function electronVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'));
  return String(version);
}

/** A stand-in for Electron's own folder: packaging copies it and sets its fuses, and nothing ever runs it. */
function writeStandIn(distFolder: string): void {
  mkdirSync(join(distFolder, 'resources'), { recursive: true });
  const wire = Buffer.from([1, FUSES.length, ...FUSES.map(() => 0x31)]);
  const program = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), wire]);
  writeFileSync(join(distFolder, 'electron'), program, { mode: 0o755 });
}

/** Folders of the modules that are not for development alone, as the lock file says. */
function shippedModules(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)));
}

/** A project as a release machine has it after bundling, with the bait beside. */
async function writeProject(project: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json', 'electron-builder.yml', 'LICENSE']) {
    mkdirSync(project, { recursive: true });
    cpSync(join(ROOT, name), join(project, name));
  }
  for (const name of ['catalog', 'electron', 'drivers/cabinets'])
    cpSync(join(ROOT, name), join(project, name), { recursive: true });
  for (const path of shippedModules()) cpSync(join(ROOT, path), join(project, path), { recursive: true });
  // The hook that sets the fuses needs its own module while packaging.
  symlinkSync(join(ROOT, 'node_modules/@electron'), join(project, 'node_modules/@electron'));
  await bundlePrograms(join(project, 'dist/programs'));
  for (const name of [...SCREEN, ...BAIT]) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), 'x');
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-package-'));
  const project = join(folder, 'project');
  const standIn = join(folder, 'electron');
  await writeProject(project);
  writeStandIn(standIn);
  run(
    project,
    CLI,
    '--linux',
    '--dir',
    '--x64',
    '-c.electronDist',
    standIn,
    '-c.electronVersion',
    electronVersion(),
  );
  packed = join(project, 'dist/packages/linux-unpacked');
  const archive = join(packed, 'resources/app.asar');
  archived = readArchive(archive);
  cabinets = join(dirname(archive), 'cabinets');
  unpacked = join(folder, 'unpacked');
  run(folder, ASAR, 'extract', archive, unpacked);
  files = run(folder, ASAR, 'list', archive)
    .split('\n')
    .filter((name) => name !== '')
    .map((name) => name.slice(1));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

test('it holds bundles, screens, catalog and licence', () => {
  for (const name of [
    'package.json',
    'LICENSE',
    'dist/programs/terminal.js',
    'dist/programs/devices.js',
    'dist/programs/photo-worker.js',
    'dist/programs/electron-main.js',
    'dist/programs/preload.cjs',
    'dist/programs/out-of-service/fonts.css',
    'catalog/categories.yaml',
    'catalog/matters/old-age-allowance.yaml',
    'catalog/data-sets/household.yaml',
    'catalog/local-data/bus-times.yaml',
    'catalog/templates/statement.yaml',
    ...SCREEN,
  ]) {
    expect(files).toContain(name);
  }
});

test('it holds nothing else: no simulator, dock, desk, test, source, source map or data', () => {
  for (const name of BAIT) expect(files).not.toContain(name);
  const ours = files.filter((name) => !name.startsWith('node_modules'));
  for (const name of ours) {
    expect(name).toMatch(
      /^(package\.json|LICENSE|catalog(\/(matters|data-sets|local-data|templates))?(\/[\w-]+\.yaml)?|dist(\/programs(\/[\w-]+\.js|\/preload\.cjs|\/out-of-service(\/[\w-]+\.(css|woff2))?)?)?|dist\/screen(\/.*)?)$/,
    );
  }
  expect(files.filter((name) => /\.(map|ts|tsx|gyp|c|cc|cpp|h|gz)$/.test(name))).toEqual([]);
});

test('of the modules it holds the native ones and what they need, and the letters of papers', () => {
  const modules = files.flatMap(
    (name) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(name)?.[1] ?? [],
  );
  expect([...new Set(modules)].sort()).toEqual([
    '@expo-google-fonts/noto-serif-sc',
    '@serialport/bindings-cpp',
    '@serialport/bindings-interface',
    '@serialport/parser-delimiter',
    '@serialport/parser-readline',
    'better-sqlite3',
    'debug',
    'ms',
    'node-gyp-build',
    'node-hid',
    'pkg-prebuilds',
  ]);
  const native = files.filter((name) => name.endsWith('.node'));
  expect(native.length).toBeGreaterThan(0);
  for (const name of native) expect(name).toMatch(/linux-(x64|arm64)/);
});

test('every fuse stands in the packed program as it is listed', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'yizhan'));
  for (const { fuse, on } of FUSES) {
    expect(wire[FuseV1Options[fuse]], fuse).toBe(on ? FuseState.ENABLE : FuseState.DISABLE);
  }
});

test('no key is in it, and no certificate, address or secret of a machine', () => {
  const ours = files.filter(
    (name) => !name.startsWith('node_modules') && /\.(js|cjs|json|html|css|yaml)$/.test(name),
  );
  for (const name of ours) {
    const text = readFileSync(join(unpacked, name), 'utf8');
    expect(text, name).not.toMatch(/-----BEGIN [A-Z0-9 ]+-----\s+[A-Za-z0-9+/=]{16}/);
    expect(text, name).not.toMatch(/scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=_-]{8}/);
    expect(text, name).not.toMatch(/sourceMappingURL=|react-refresh|import\.meta\.hot\b/);
  }
  expect(files.filter((name) => /\.(pem|key|crt|cer|p12|pfx|der|jwk|env)$/.test(name))).toEqual([]);
});

test('what its archive is said to hold is what it holds, and every file is weighed once', () => {
  const inArchive = archived.map(({ path }) => path).sort();
  expect(files.filter((name) => inArchive.includes(name)).sort()).toEqual(inArchive);
  const parts = partsOf(archived);
  expect(parts.reduce((sum, part) => sum + part.files, 0)).toBe(archived.length);
  expect(parts.find(({ name }) => name === 'programs')?.bytes).toBeGreaterThan(500_000);
  expect(parts.find(({ name }) => name === 'other')?.files).toBe(2);
});

test('its bill of materials names every module in it, bundled or beside, with its licence', () => {
  const project = join(folder, 'project');
  writeFileSync(join(project, 'dist/parts/screen.json'), JSON.stringify(['node_modules/react']));
  const { components } = sbomOfPackage(project, archived);
  const named = new Set(components.map(({ name }) => name));
  for (const name of [
    'electron',
    'react',
    'better-sqlite3',
    'ms',
    'zod',
    'pino',
    '@orpc/server',
    'ws',
    'cborg',
  ])
    expect(named).toContain(name);
  // What a bundle holds says where it came from: a comment before each module, since nothing is made small.
  const bundles = files.filter((name) => /^dist\/programs\/.*\.c?js$/.test(name));
  let told = 0;
  for (const bundle of bundles) {
    const text = readFileSync(join(unpacked, bundle), 'utf8');
    told += text.split('\n').filter((line) => /^\/\/ ?(#region )?node_modules\//.test(line)).length;
    for (const [, name = ''] of text.matchAll(/^\/\/(?:#region)? ?node_modules\/((?:@[^/]+\/)?[^/\n]+)/gm))
      expect(named).toContain(name);
  }
  expect(told).toBeGreaterThan(100);
  for (const { licenses } of components) expect(licenses.length).toBe(1);
});

test('the native modules load from the package alone', () => {
  const require = createRequire(join(unpacked, 'dist/programs/terminal.js'));
  for (const name of NATIVE_MODULES) expect(require(name)).toBeDefined();
  const Database = require('better-sqlite3') as new (path: string) => { close(): void };
  new Database(':memory:').close();
});

test('the terminal starts from the package, with its own catalog and database', async () => {
  const data = join(folder, 'data');
  const config = {
    dataDir: data,
    mirrorDir: join(folder, 'mirror'),
    village: '330624108248',
    support: {
      agentName: '陈',
      agentPhone: '110',
      agentHours: { zh: '白天', en: 'by day' },
      townPhone: '110',
    },
    screenSocket: join(folder, 'run/screen.sock'),
    devicesSocket: join(folder, 'run/devices.sock'),
  };
  writeFileSync(join(folder, 'terminal.json'), JSON.stringify(config));
  const program = spawn(
    process.execPath,
    [join(unpacked, 'dist/programs/terminal.js'), '--config', join(folder, 'terminal.json')],
    { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const [said] = await Promise.race([once(program.stdout, 'data'), ended.then(() => ['ended'])]);
  expect(String(said)).toContain('"ready"');
  expect(existsSync(join(data, 'terminal.db'))).toBe(true);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the devices program starts from the package and asks for its configuration', () => {
  const started = spawnSync(process.execPath, [join(unpacked, 'dist/programs/devices.js')], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(started.stderr).toContain('devices: the configuration is wrong');
  expect(started.status).toBe(64);
});

test('beside the archive lie the cabinet files, and the devices program starts from one of them', async () => {
  const ours = readdirSync(join(ROOT, 'drivers/cabinets')).filter((name) => name.endsWith('.yaml'));
  expect(readdirSync(cabinets).sort()).toEqual(ours.sort());
  const config = {
    cabinetFile: join(cabinets, 'village.yaml'),
    terminalSocket: join(folder, 'run/devices.sock'),
  };
  writeFileSync(join(folder, 'devices.json'), JSON.stringify(config));
  const program = spawn(
    process.execPath,
    [join(unpacked, 'dist/programs/devices.js'), '--config', join(folder, 'devices.json')],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  program.stderr.on('data', (chunk) => {
    log += String(chunk);
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const [said] = await Promise.race([once(program.stdout, 'data'), ended.then(() => ['ended'])]);
  expect(String(said)).toContain('"ready"');
  expect(log).not.toContain('cabinet.refused');
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the shell begins at its bundle', () => {
  const packed = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(packed).toMatchObject({ main: 'dist/programs/electron-main.js', type: 'module' });
  expect(packed).not.toHaveProperty('devDependencies');
  expect(packed).not.toHaveProperty('scripts');
});
