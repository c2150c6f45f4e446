/**
 * Both ends of a firewall. `listen FILE`: answers whoever comes through, and makes FILE once it does. `knock WHO out`
 * or `knock WHO in`: tries every door at once, and prints what each came to as one line of JSON.
 */
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/** TCP doors that somebody stands behind, at either end. */
const TCP = [22, 53, 80, 443, 8300] as const;
const UDP = [53, 68, 123, 443, 5353] as const;
/** What is not answered by then is not answered. */
const PATIENCE_MS = 1_000;

type Came = 'open' | 'refused' | 'silent';

/** Where a machine of a village might want to go, or somebody who has got into it. */
const OUT = [
  ...['192.0.2.10:443', '192.0.2.10:80', '192.0.2.10:22', '192.0.2.99:443', '192.0.2.99:80'],
  ...['192.0.2.53:53', '192.0.2.53:443', '192.0.2.123:22', '192.0.2.99:53', 'fd00::10:443', '127.0.0.1:8300'],
].map((door) => `tcp ${door}`);
const OUT_UDP = ['192.0.2.53:53', '192.0.2.123:123', '192.0.2.99:53', '192.0.2.99:123', '192.0.2.10:443'].map(
  (door) => `udp ${door}`,
);
/** Where somebody on the cable might want to come in. */
const IN = ['22', '53', '80', '443', '8300'].flatMap((port) => [
  `tcp 192.0.2.2:${port}`,
  `tcp fd00::2:${port}`,
]);
const IN_UDP = ['53', '123', '443', '5353'].map((port) => `udp 192.0.2.2:${port}`);

const [what, who = '', way] = process.argv.slice(2);
if (what === 'listen') await listen(who);
else {
  const doors = way === 'out' ? [...OUT, ...OUT_UDP] : [...IN, ...IN_UDP];
  const came = await Promise.all(doors.map(async (door) => [door, await knock(door)] as const));
  process.stdout.write(`${JSON.stringify({ who, came: Object.fromEntries(came) })}\n`);
}

async function listen(ready: string): Promise<void> {
  const tcp = TCP.map(
    (port) =>
      new Promise<void>((resolve) => createServer((line) => line.end('hello')).listen(port, '::', resolve)),
  );
  // Each address answers for itself: an answer from another one is none.
  const own = Object.values(networkInterfaces()).flatMap((one = []) =>
    one.filter(({ family }) => family === 'IPv4'),
  );
  const udp = own.flatMap(({ address }) =>
    UDP.map(
      (port) =>
        new Promise<void>((resolve) => {
          const socket = createSocket('udp4');
          socket.on('message', (_word, from) => socket.send('hello', from.port, from.address));
          socket.bind(port, address, resolve);
        }),
    ),
  );
  await Promise.all([...tcp, ...udp]);
  writeFileSync(ready, '');
}

function knock(door: string): Promise<Came> {
  const [kind, host, port] = /^(\w+) (.*):(\d+)$/.exec(door)?.slice(1) ?? [];
  return kind === 'tcp' ? knockTcp(host ?? '', Number(port)) : knockUdp(host ?? '', Number(port));
}

function knockTcp(host: string, port: number): Promise<Came> {
  return new Promise((resolve) => {
    const line = connect({ host, port });
    const tell = (came: Came) => {
      line.destroy();
      resolve(came);
    };
    line.setTimeout(PATIENCE_MS, () => tell('silent'));
    line.once('data', () => tell('open'));
    line.once('error', () => tell('refused'));
  });
}

function knockUdp(host: string, port: number): Promise<Came> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const tell = (came: Came) => {
      clearTimeout(late);
      socket.close();
      resolve(came);
    };
    const late = setTimeout(() => tell('silent'), PATIENCE_MS);
    socket.once('message', () => tell('open'));
    socket.once('error', () => tell('refused'));
    // Joined to the door, a socket hears that it was refused.
    socket.connect(port, host, () => socket.send('hello'));
  });
}
