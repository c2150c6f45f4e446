/**
 * Loaded into the terminal before its own code (`--import`): answers on a socket what the process holds, after a
 * collection of garbage. With YIZHAN_SOAK_LEAK it leaks on purpose, so much a visit, to see it found.
 */
import { openSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';

const path = process.env.YIZHAN_SOAK_SOCKET;
const leak = process.env.YIZHAN_SOAK_LEAK ?? '';
const KEPT = [];
const LEAKS = {
  heap: () => KEPT.push(new Array(8_192).fill(KEPT.length + 0.5)),
  handles: () => KEPT.push(openSync('/dev/null', 'r')),
  log: () => process.stderr.write(`${'x'.repeat(16_384)}\n`),
};

if (path !== undefined && process.argv[1]?.endsWith('terminal/main.ts')) {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (asked) => {
      for (let visit = 0; visit < Number(String(asked)); visit += 1) LEAKS[leak]?.();
      for (let time = 0; time < 3; time += 1) globalThis.gc?.();
      const { heapUsed, external, rss } = process.memoryUsage();
      socket.end(
        JSON.stringify({
          pid: process.pid,
          heap: heapUsed + external,
          rss,
          handles: readdirSync('/proc/self/fd').length,
        }),
      );
    });
  });
  server.listen(path);
  server.unref();
}
