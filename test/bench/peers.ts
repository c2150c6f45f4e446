import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'peers');

/** What is used of PouchDB here; it brings no types of its own. */
export interface Pouch {
  put(document: object): Promise<unknown>;
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  close(): Promise<void>;
  replicate: { to(url: string, options: object): PromiseLike<{ readonly docs_written: number }> };
}

/** Installs the peers where they are missing, with the project's own Node; they never come with the project. */
export function installPeers(say: (text: string) => void): void {
  if (existsSync(join(FOLDER, 'node_modules', 'pouchdb'))) return;
  say('installing the peers (PouchDB, express-pouchdb) into test/bench/peers');
  const bin = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  });
  if (done.status !== 0) throw new Error('the peers could not be installed');
}

/** Opens a PouchDB on LevelDB, as it is by default in Node. */
export function openPouch(folder: string): Pouch {
  const PouchDB = createRequire(join(FOLDER, 'package.json'))('pouchdb') as new (folder: string) => Pouch;
  return new PouchDB(folder);
}

/** The server of express-pouchdb, to be run as a process of its own: `node <this> <folder>`. */
export const COUCH_SERVER = join(FOLDER, 'couch-server.mjs');

/**
 * A document that holds an entry's bytes in no more room than they take: base64 would need a third more, and
 * is cut where the bytes end, in the peer's favour.
 */
export function documentOf(id: string, entry: Uint8Array): object {
  return { _id: id, entry: Buffer.from(entry).toString('base64').slice(0, entry.length) };
}
