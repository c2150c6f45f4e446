/** Small versions of the software for tests, each behaving well or badly in one way. */
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, type StoreSchema } from '../manifest.ts';
import type { Slot, VersionRef } from '../states.ts';

/** How a stand-in behaves once it is started. */
export type Behaviour =
  | 'well'
  | 'ill'
  /** Says that it is up, and then nothing. */
  | 'hangs'
  /** Ends before it is up. */
  | 'crashes'
  /** Is well for a moment and ends, again and again. */
  | 'loops'
  /** Is well but for one check that never comes. */
  | 'waits'
  /** Is well until a file `sour` lies beside the folders; from then on it ends soon after each start. */
  | 'sours'
  /** As that, but what ends again and again is a program below it. */
  | 'sours-below'
  /** Starts a program that holds on, deaf, and then hangs itself. */
  | 'leaves-behind';

/** Writes down each start and each wish beside the folders, so that a test sees who ran. */
const PROGRAM = (version: number, behaviour: Behaviour) => `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
const software = process.env.YIZHAN_SOFTWARE;
const note = (what) => appendFileSync(join(software, 'runs'), ${version} + ' ' + what + '\\n');
const say = (word) => process.stdout.write(JSON.stringify(word) + '\\n');
const behaviour = ${JSON.stringify(behaviour)};
process.stdin.resume().on('end', () => process.exit(0)).on('error', () => process.exit(0));
process.on('SIGTERM', () => { note('end'); process.exit(0); });
note('start');
if (behaviour === 'crashes') process.exit(70);
say({ alive: 1 });
say({ ready: {} });
if (behaviour === 'leaves-behind') {
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true }).unref();
}
if (behaviour === 'hangs' || behaviour === 'leaves-behind') for (;;);
const checks = { screen: 'ok', store: 'ok', 'known-answers': 'ok', devices: 'ok', platform: 'ok', visit: 'ok' };
if (behaviour === 'ill') checks.visit = 'ill';
if (behaviour === 'waits') checks.visit = 'waiting';
let crashes = 0;
const isSour = () => existsSync(join(software, 'sour'));
setInterval(() => {
  if (behaviour === 'sours-below' && isSour()) crashes += 1;
  say({ alive: 1 });
  say({ health: { restarts: crashes, crashes, checks } });
}, 20);
if (behaviour === 'sours') setInterval(() => { if (isSour()) process.exit(70); }, 30);
if (behaviour === 'loops') setTimeout(() => process.exit(70), 60);
`;

/** What a stand-in is made of. */
export interface StandIn {
  readonly version: number;
  readonly behaviour?: Behaviour;
  readonly store?: StoreSchema;
  readonly architecture?: string;
  readonly launcher?: number;
}

/** Puts a stand-in into a folder, in the place of whatever was there. */
export function layVersion(software: string, slot: Slot, standIn: StandIn): VersionRef {
  const { version, behaviour = 'well', store = { schema: 1, readableFrom: 1 } } = standIn;
  const files = {
    'programs/main.mjs': PROGRAM(version, behaviour),
    'screen/index.html': `<p>${version}</p>`,
  };
  return layFiles(software, slot, files, {
    ...{ version, store, name: `0.${version}.0`, start: ['node', 'programs/main.mjs'] },
    ...{ architecture: standIn.architecture ?? 'any', launcher: standIn.launcher ?? 1 },
  });
}

/** Puts files into a folder, with a manifest that says `more` of them. */
export function layFiles(
  software: string,
  slot: string,
  files: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> & { readonly version: number },
): VersionRef {
  const folder = join(software, slot);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const manifest = JSON.stringify({
    ...{ v: 1, product: 'yizhan', ...more },
    files: Object.entries(files).map(([path, text]) => ({
      ...{ path, bytes: Buffer.byteLength(text), sha256: sha256(text) },
    })),
  });
  writeFileSync(join(folder, MANIFEST), manifest);
  return { version: more.version, manifest: sha256(manifest) };
}

let wishes = 0;

/** A wish, written as a version writes it; its id. */
export function writeWish(
  software: string,
  wish: 'stage' | 'switch',
  version: VersionRef,
  byOrder = false,
): string {
  wishes += 1;
  const id = `wish ${wishes}`;
  const said = { v: 1, id, wish, ...version, byOrder };
  writeFileSync(join(software, 'wish.new'), JSON.stringify(said));
  renameSync(join(software, 'wish.new'), join(software, 'wish.json'));
  return id;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
