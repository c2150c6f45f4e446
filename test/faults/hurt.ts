/** Ways to hurt files and disks while no program has them open. */
import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemRandom } from '../../base/node/random.ts';
import { fraction } from '../../base/random.ts';

/** How a copy is hurt. */
export const HURTS = ['bits', 'half', 'gone'] as const;
export type Hurt = (typeof HURTS)[number];

/** Hurts the files below a folder whose paths from there begin with `prefix`: all of them, or the largest. */
export function hurtFiles(folder: string, prefix: string, hurt: Hurt): void {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort((a, b) => statSync(b).size - statSync(a).size);
  if (hurt === 'gone') for (const path of paths) rmSync(path);
  const [largest] = paths;
  if (largest === undefined || hurt === 'gone') return;
  if (hurt === 'half') truncateSync(largest, Math.floor(statSync(largest).size / 2));
  else flipBits(largest);
}

function flipBits(path: string): void {
  const bytes = readFileSync(path);
  for (let flips = 0; flips < 40; flips += 1) {
    const at = Math.floor(fraction(systemRandom) * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (flips % 8));
  }
  writeFileSync(path, bytes);
}

/** Marks a database as one of a program of a later year. */
export function moveToTheFuture(path: string): void {
  const db = new Database(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('user_version = 90000');
  db.close();
}

/** Takes the mark away again. */
export function bringBack(path: string, version: number): void {
  const db = new Database(path);
  db.pragma(`user_version = ${version}`);
  db.close();
}

/** The mark a database bears. */
export function versionOf(path: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } finally {
    db.close();
  }
}

/** A small disk of its own. Needs root: it is mounted. */
export function mountSmallDisk(mib: number): { readonly path: string; unmount(): void } {
  const path = mkdtempSync(join(tmpdir(), 'yizhan-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=0700`, 'tmpfs', path]);
  return {
    path,
    unmount() {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Fills a disk to the last block; answers how to make room again. */
export function fillDisk(folder: string): () => void {
  const path = join(folder, 'filler');
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=64k'], { stdio: 'ignore' });
  } catch {
    // It ends with "no space left", as it should.
  }
  return () => rmSync(path, { force: true });
}

/** The environment under which a program believes in another time; nothing where the library is not installed. */
export function otherTime(spec: string): Readonly<Record<string, string>> {
  const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
  statSync(library);
  return { LD_PRELOAD: library, FAKETIME: spec, DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' };
}
