/**
 * Stand-in versions for runs that are killed: each opens the machine's real database, says so, and, where it is told of a
 * newer version, brings that about as the real one does: fills the other folder, asks for it to be checked, then switched.
 */
import { layFiles } from '../../host/launcher/testing/stand-in.ts';

/** How a version behaves once it is started. */
export type Conduct =
  | 'well'
  | 'ill'
  | 'hangs'
  | 'crashes'
  /** Is well for as long as it is on trial, and ends at each start once it was committed. */
  | 'sours';

const SQLITE = new URL('../../node_modules/better-sqlite3/lib/index.js', import.meta.url).href;

const PROGRAM = `
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from ${JSON.stringify(SQLITE)};
process.stdin.resume().on('end', () => process.exit(0)).on('error', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
const software = process.env.YIZHAN_SOFTWARE;
const { version, conduct } = JSON.parse(readFileSync(join(import.meta.dirname, 'about.json'), 'utf8'));
const say = (word) => process.stdout.write(JSON.stringify(word) + '\\n');
if (conduct === 'crashes') process.exit(70);
const status = () => { try { return JSON.parse(readFileSync(join(software, 'status.json'), 'utf8')); } catch { return undefined; } };
const endsIfSour = () => {
  const now = conduct === 'sours' && status();
  if (now && now.phase === 'steady' && now.running.version === version) process.exit(70);
};
endsIfSour();
const db = new Database(join(software, '..', 'data', 'terminal.db'));
db.pragma('locking_mode = EXCLUSIVE');
const { count } = db.prepare('SELECT count(*) AS count FROM entries').get();
writeFileSync(join(software, 'up.new'), JSON.stringify({ version, count, pid: process.pid }));
renameSync(join(software, 'up.new'), join(software, 'up'));
say({ ready: {} });
if (conduct === 'hangs') for (;;);
const checks = { screen: 'ok', store: 'ok', 'known-answers': 'ok', devices: 'ok', platform: 'ok', visit: conduct === 'ill' ? 'ill' : 'ok' };
setInterval(() => { endsIfSour(); say({ health: { restarts: 0, checks } }); }, 15);
const next = join(software, '..', 'next');
const bytes = readFileSync(join(next, 'manifest.json'));
const wanted = JSON.parse(bytes).version;
const manifest = createHash('sha256').update(bytes).digest('hex');
async function ask(wish) {
  const id = wish + process.pid + Math.random();
  writeFileSync(join(software, 'wish.new'), JSON.stringify({ v: 1, id, wish, version: wanted, manifest }));
  renameSync(join(software, 'wish.new'), join(software, 'wish.json'));
  while (status()?.answer?.id !== id) await sleep(10);
  return status().answer.ok;
}
const isOver = () => (status()?.refused ?? []).some((one) => one.version === wanted);
while (wanted > version && !isOver()) {
  await sleep(10);
  if (!['steady', 'staged'].includes(status()?.phase)) continue;
  const other = join(software, process.env.YIZHAN_SLOT === 'a' ? 'b' : 'a');
  rmSync(other, { recursive: true, force: true });
  cpSync(next, other, { recursive: true });
  if (await ask('stage')) await ask('switch');
}
`;

/** Puts a version into a folder below `parent`. */
export function lay(parent: string, folder: string, version: number, conduct: Conduct): void {
  const files = {
    'main.mjs': PROGRAM,
    'about.json': JSON.stringify({ version, conduct }),
    'screen/index.html': '<p>…</p>'.repeat(2_000),
  };
  layFiles(parent, folder, files, {
    ...{ version, name: `0.${version}.0`, architecture: 'any', launcher: 1 },
    ...{ store: { schema: 1, readableFrom: 1 }, start: ['node', 'main.mjs'] },
  });
}
