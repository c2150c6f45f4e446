/**
 * The floors, as a process of its own: batches taken by POST and made durable with nothing more, one transaction a
 * batch, in the same kind of database; and polls that are held and know nothing but their time.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import pg from 'pg';
import { z } from 'zod';
import { runProgram } from '../../base/node/program.ts';
import { splitBatch } from '../bench/bare-batch.ts';

type Hold = (entries: readonly Uint8Array[]) => Promise<void>;

function holdInSqlite(path: string): Hold {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO entries (entry) VALUES (?)');
  return async (entries) => {
    database.transaction(() => {
      for (const entry of entries) insert.run(entry);
    })();
  };
}

async function holdInPostgres(url: string): Promise<Hold> {
  const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c synchronous_commit=on' });
  await pool.query(
    'CREATE TABLE entries (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry bytea)',
  );
  return async (entries) => {
    // One statement is one transaction.
    await pool.query('INSERT INTO entries (entry) SELECT unnest($1::bytea[])', [entries]);
  };
}

async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function keepWaiting(request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  const timer = setTimeout(() => response.end(), Number(searchParams.get('waitS')) * 1000);
  response.once('close', () => clearTimeout(timer));
}

await runProgram({
  name: 'floor',
  config: z.strictObject({ sqlite: z.string().optional(), postgresUrl: z.string().optional() }),
  async start({ sqlite, postgresUrl }) {
    const hold = sqlite ? holdInSqlite(sqlite) : postgresUrl ? await holdInPostgres(postgresUrl) : undefined;
    const server = createServer(async (request, response) => {
      if (request.method === 'GET') return keepWaiting(request, response);
      await hold?.(splitBatch(await contentOf(request)));
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
    return {
      ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      stop: () => server.closeAllConnections(),
    };
  },
});
