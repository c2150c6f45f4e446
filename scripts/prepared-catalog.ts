/**
 * The project's catalog as JSON, as a release has it: a program that starts on a developer's machine or in a test
 * then need not read hundreds of YAML files, which takes it longer than all else it does.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readFolder } from '../base/node/read-folder.ts';
import { parseText } from '../catalog/load.ts';
import { isReleased } from '../catalog/release.ts';

const ROOT = join(import.meta.dirname, '..');
const KEPT = join(ROOT, 'node_modules', '.cache', 'yizhan-catalog');

/** Changed by whoever changes how a file is prepared. */
const FORM = 1;
/** What nobody asked for so long goes: a program that runs reads its catalog again when it is started anew. */
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * The folder in which every file of `source` lies under its own name with the same data, made where there is none of
 * just these texts. A file that is not sound, or that JSON cannot say, lies there as it is, to be refused as it would be.
 */
export function preparedCatalog(source: string = join(ROOT, 'catalog'), kept: string = KEPT): string {
  const files = readFolder(source);
  const texts = files.names.filter(isReleased).map((name) => [name, files.findText(name) ?? ''] as const);
  const hash = createHash('sha256')
    .update(JSON.stringify([FORM, texts]))
    .digest('hex')
    .slice(0, 20);
  const folder = join(kept, hash);
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  }
  mkdirSync(kept, { recursive: true });
  forgetUnused(kept);
  // Whole or not at all: others may look at the same time.
  const made = mkdtempSync(join(kept, 'new-'));
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), asJson(text));
  }
  chmodSync(made, 0o755);
  try {
    renameSync(made, folder);
  } catch (thrown) {
    rmSync(made, { recursive: true });
    if (!existsSync(folder)) throw thrown;
  }
  return folder;
}

function forgetUnused(kept: string): void {
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    const usedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (usedMs < Date.now() - KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}

function asJson(text: string): string {
  const parsed = parseText(text);
  if (!parsed.ok) return text;
  const json = JSON.stringify(parsed.value);
  return /^[[{]/.test(json) && isDeepStrictEqual(JSON.parse(json), parsed.value) ? json : text;
}
