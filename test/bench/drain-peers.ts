import { join } from 'node:path';
import { createNodeFetch } from '../../base/node/fetch.ts';
import { invariant } from '../../base/result.ts';
import { startChild } from '../../host/child-process.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import { joinBatch } from './bare-batch.ts';
import { COUCH_SERVER, documentOf, openPouch } from './peers.ts';

/** A queue of entries that stands beside ours: the same bytes to another process of its own kind. */
export interface PeerDrain {
  /** Puts these into the queue; not timed. */
  fill(entries: readonly Uint8Array[]): Promise<void>;
  /** Hands all of it over; resolves when this side knows that the other has it. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** PouchDB here, replicating to express-pouchdb in its process, in batches as large as ours. */
export async function startPouchDrain(folder: string): Promise<PeerDrain> {
  const server = startServer('couch', COUCH_SERVER, folder, { folder });
  const { url } = (await server.ready) as { url: string };
  const pouch = openPouch(join(folder, 'pouch'));
  let count = 0;
  let filled = 0;
  return {
    async fill(entries) {
      filled = entries.length;
      await pouch.bulkDocs(entries.map((entry) => documentOf(String(count++).padStart(32, '0'), entry)));
    },
    async drain() {
      const done = await pouch.replicate.to(`${url}terminal`, { batch_size: LIMITS.batchEntries });
      invariant(done.docs_written === filled, 'every document was replicated');
    },
    async close() {
      await pouch.close();
      await server.stop();
    },
  };
}

/** POSTs of batches as large as ours to a process that makes them durable and, where it `opens`, opens each first. */
export async function startBareDrain(folder: string, { opens }: { opens: boolean }): Promise<PeerDrain> {
  const entry = join(import.meta.dirname, 'bare-server.ts');
  const server = startServer('bare', entry, folder, { path: join(folder, 'bare.db'), opens });
  const { url } = (await server.ready) as { url: string };
  const fetch = createNodeFetch({ tolerateDateErrors: () => false });
  let queue: readonly Uint8Array[] = [];
  return {
    async fill(entries) {
      queue = entries;
    },
    async drain() {
      for (let first = 0; first < queue.length; first += LIMITS.batchEntries) {
        const body = joinBatch(queue.slice(first, first + LIMITS.batchEntries));
        const posted = await fetch({
          ...{ method: 'POST', url, headers: {}, body, timeoutMs: 60_000, maxBytes: 1024 },
        });
        invariant(posted.ok && posted.value.status === 200, 'the batch was held');
      }
    },
    close: () => server.stop(),
  };
}

function startServer(name: string, entry: string, folder: string, config: object) {
  const [configPath, logPath] = [join(folder, `${name}.json`), join(folder, `${name}.log`)];
  return startChild({ name, entry, config, configPath, logPath });
}
