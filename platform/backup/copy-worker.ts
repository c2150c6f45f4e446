/** A thread that copies the SQLite database while the platform goes on writing, and checks the copy. */
import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../base/result.ts';
import { type CopyOrder, copySqlite } from './copy-sqlite.ts';

invariant(parentPort, 'this file runs as a worker thread');
parentPort.postMessage(await copySqlite(workerData as CopyOrder));
