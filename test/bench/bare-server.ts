/**
 * The floors of a drain: a program that takes batches by POST, writes each entry of a batch by one prepared insert
 * in one transaction with `synchronous=FULL`, and says so. It reads and files nothing. Where it `opens`, it verifies
 * one signature and opens one body for each entry first: a sample's, of the same size, on its one thread.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { runProgram } from '../../base/node/program.ts';
import { splitBatch } from './bare-batch.ts';
import { openingOfSample } from './opening-sample.ts';

await runProgram({
  name: 'bare-server',
  config: z.strictObject({ path: z.string(), opens: z.boolean() }),
  async start({ path, opens }) {
    const crypto = createCrypto();
    const opening = opens ? openingOfSample(crypto) : () => undefined;
    const database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT');
    const insert = database.prepare('INSERT INTO entries (entry) VALUES (?)');
    const hold = database.transaction((entries: readonly Uint8Array[]) => {
      for (const entry of entries) insert.run(entry);
    });
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const entries = splitBatch(Buffer.concat(chunks));
      for (const entry of entries) opening(entry.length);
      hold(entries);
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` },
      stop() {
        server.closeAllConnections();
        database.close();
      },
    };
  },
});
