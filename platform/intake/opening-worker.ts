/** A worker thread that opens entries; it holds the opening keys and nothing else. */
import { parentPort } from 'node:worker_threads';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { invariant } from '../../base/result.ts';
import { makeKeyring, openEntry } from './open-entry.ts';
import type { WorkerAnswer, WorkerOrder } from './opener.ts';

const crypto = createCrypto();
let keyring = makeKeyring(crypto, []);
const port = parentPort;
invariant(port, 'this file runs as a worker thread');

port.on('message', (order: WorkerOrder) => {
  if (order.kind === 'keys') {
    keyring = makeKeyring(crypto, order.secrets);
    return;
  }
  const openings = order.tasks.map((task) => openEntry(crypto, keyring, task));
  port.postMessage({ id: order.id, openings } satisfies WorkerAnswer);
});
