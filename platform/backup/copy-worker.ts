/** A thread that copies the SQLite database while the platform goes on writing, and checks the copy. */
import { parentPort, workerData } from 'node:worker_threads';
import { digestFile } from '../../base/node/file-digest.ts';
import { invariant } from '../../base/result.ts';
import { checkSqliteCopy, copySqliteFile } from '../store/sql/sqlite.ts';
import type { CopyOrder, MadeBackup } from './make-backup.ts';

const { from, to } = workerData as CopyOrder;
invariant(parentPort, 'this file runs as a worker thread');
copySqliteFile(from, to);
const { heldOrder } = checkSqliteCopy(to);
parentPort.postMessage({ heldOrder, ...(await digestFile(to)) } satisfies MadeBackup);
