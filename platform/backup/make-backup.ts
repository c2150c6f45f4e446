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
import { digestFile } from '../../base/node/file-digest.ts';
import { invariant } from '../../base/result.ts';
import { checkSqliteCopy } from '../store/sql/sqlite.ts';
import { openStore, type Store } from '../store/store.ts';
import { copyFromPostgres } from './copy-tables.ts';

/** A file that was checked. */
export interface MadeBackup {
  /** Everything held up to this order is in it. */
  readonly heldOrder: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Makes the backup at `path`, where no file is yet. `databasePath` is the SQLite file, if that is the store. */
export async function makeBackup(
  store: Store,
  databasePath: string | null,
  path: string,
): Promise<MadeBackup> {
  if (databasePath !== null) return copySqlite(databasePath, path);
  await copyPostgres(store, path);
  const { heldOrder } = checkSqliteCopy(path);
  return { heldOrder, ...(await digestFile(path)) };
}

/** What the copying thread is told. */
export interface CopyOrder {
  readonly from: string;
  readonly to: string;
}

function copySqlite(from: string, to: string): Promise<MadeBackup> {
  return new Promise((resolve, reject) => {
    const order: CopyOrder = { from, to };
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
