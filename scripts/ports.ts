/** Loopback ports for what `npm start` and the tests run on one machine. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Where free ports are looked for: below those the system gives away by itself, and a stretch for each process. A port
 * that is let go of for a moment, while its program is started anew, is then nobody else's meanwhile.
 */
const OURS = { first: 12_000, count: 20_000, each: 100 } as const;
let given = 0;

/** A loopback port that is free now: the preferred one, or another when that is taken. This process is given none twice. */
export async function freePort(preferred = 0): Promise<number> {
  const wished = preferred === 0 ? undefined : await tryPort(preferred);
  if (wished !== undefined) return wished;
  for (let tries = 0; tries < OURS.each; tries += 1) {
    const port = OURS.first + ((process.pid * OURS.each + given) % OURS.count);
    given += 1;
    if ((await tryPort(port)) !== undefined) return port;
  }
  return (await tryPort(0)) ?? 0;
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
