/**
 * Builds what must be built before anything runs: the screens into `dist/screen`, and with `--programs` the
 * Node programs into `dist/programs`. With `--if-stale`, only when a source is newer than the last build.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundlePrograms } from './bundle-programs.ts';

const root = join(import.meta.dirname, '..');
const STAMP = join(root, 'dist', '.built');
const SOURCES = [
  'renderer',
  'catalog',
  'base',
  'terminal/api.ts',
  'drivers/api.ts',
  'vite.config.ts',
  'package-lock.json',
];

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

function isFresh(): boolean {
  if (!existsSync(STAMP)) return false;
  const builtMs = statSync(STAMP).mtimeMs;
  return SOURCES.every((source) => newestMs(join(root, source)) <= builtMs);
}

if (!process.argv.includes('--if-stale') || !isFresh()) {
  process.stdout.write('\x1b[36m·\x1b[0m building the screens\n');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(STAMP, '');
}
if (process.argv.includes('--programs')) {
  process.stdout.write('\x1b[36m·\x1b[0m bundling the programs\n');
  await bundlePrograms();
}
