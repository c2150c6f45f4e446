/**
 * Makes one backup file and checks it as a restore would. In both cases the file is an ordinary SQLite
 * database of the platform's own schema without an epoch, so a platform may simply be started on it:
 * - on SQLite it is a copy by `VACUUM INTO`, made on a thread and a connection of its own;
 * - on PostgreSQL every row of one repeatable-read snapshot is copied into it. That is a logical copy made by
 *   this program, fit for a county. A province that archives its write-ahead log keeps doing so; releases
 *   here still wait for this copy, which is the only one the program has checked itself.
 */
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { invariant } from '../../base/result.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CopyOrder, checkCopy, copySqlite, type MadeBackup } from './copy-sqlite.ts';
import { copyFromPostgres } from './copy-tables.ts';

/**
 * Makes the backup at `path`, where no file is yet. `databasePath` is the SQLite file, if that is the store; it is
 * copied on a thread of its own unless `onThread` is false.
 */
export async function makeBackup(
  store: Store,
  { databasePath, onThread }: { readonly databasePath: string | null; readonly onThread: boolean },
  path: string,
): Promise<MadeBackup> {
  if (databasePath !== null) {
    const order: CopyOrder = { from: databasePath, to: path };
    return onThread ? copyOnThread(order) : copySqlite(order);
  }
  await copyPostgres(store, path);
  return checkCopy(path);
}

function copyOnThread(order: CopyOrder): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the copying thread ended without a word')));
  });
}

async function copyPostgres(store: Store, path: string): Promise<void> {
  const copy = await openStore({ kind: 'sqlite', path });
  invariant(copy.ok, 'a new backup file has our own schema');
  try {
    await store.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (snapshot) => {
        await sql`SET TRANSACTION READ ONLY`.execute(snapshot);
        await copyFromPostgres(snapshot, copy.value.db);
      });
  } finally {
    await copy.value.close();
  }
}
