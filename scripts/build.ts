/**
 * Builds what must be built before anything runs: the screens into `dist/screen`, and with `--programs` the
 * Node programs into `dist/programs`. With `--if-stale`, only when a source is newer than the last build. Where a
 * voice is installed, the clips the screens speak with come along: the commonest, or all with `--whole-voice`.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundlePrograms } from './bundle-programs.ts';
import { buildVoice, hasVoice } from './speech/build-voice.ts';
import type { Part } from './speech/pieces.ts';

/** How much of the voice is built where nothing is said: enough for a developer, in a minute or two, once. */
const USUAL_PART: Part = 'common';

const root = join(import.meta.dirname, '..');
const STAMP = join(root, 'dist', '.built');
const SOURCES = [
  'renderer',
  'catalog',
  'scripts/speech',
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

/** Without a voice the screens stay silent and offer no key to listen. */
async function speak(part: Part): Promise<void> {
  if (hasVoice())
    return buildVoice({ root, part, say: (text) => process.stdout.write(`\x1b[36m·\x1b[0m ${text}\n`) });
  process.stdout.write('\x1b[36m·\x1b[0m no voice to build clips with (npm run speech installs one)\n');
}

if (!process.argv.includes('--if-stale') || !isFresh()) {
  process.stdout.write('\x1b[36m·\x1b[0m building the screens\n');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  await speak(process.argv.includes('--whole-voice') ? 'all' : USUAL_PART);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(STAMP, '');
}
if (process.argv.includes('--programs')) {
  process.stdout.write('\x1b[36m·\x1b[0m bundling the programs\n');
  await bundlePrograms();
}
