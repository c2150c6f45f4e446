/** Loopback ports for what `npm start` and the tests run on one machine. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A loopback port that is free now: the preferred one, or any other when that is taken. */
export async function freePort(preferred = 0): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? 0;
}

/**
 * The port at which a data folder's terminal finds its platform: chosen at the first start and the same ever
 * after, since the enrolment names it. Throws where it is taken: by another start on the same folder, as a rule.
 */
export async function getNetworkPort(dataDir: string): Promise<number> {
  const path = join(dataDir, 'network-port');
  if (existsSync(path)) {
    const known = Number(readFileSync(path, 'utf8'));
    if ((await tryPort(known)) !== undefined) return known;
    throw new Error(
      `${dataDir}: its port ${known} is taken. Is it running already? Else choose another --data.`,
    );
  }
  const port = await freePort();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${port}\n`);
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
