/**
 * Loaded into the terminal before its own code (`--import`). On a socket it answers what the process holds, writes what
 * lies on its heap into a file, lets the time of whoever stands there run out, and leaks on purpose, to see it found.
 */
import { openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { getHeapSpaceStatistics, writeHeapSnapshot } from 'node:v8';
import Database from 'better-sqlite3';
import { systemClock } from '../../base/node/clock.ts';

const path = process.env.YIZHAN_SOAK_SOCKET;
const folder = process.env.YIZHAN_SOAK_FOLDER ?? '';
const KEPT = [];
/** Each leaks once; so many bytes where it is bytes. */
const LEAKS = {
  heap: (bytes) => KEPT.push(new Array(bytes / 8).fill(KEPT.length + 0.5)),
  handles: () => KEPT.push(openSync('/dev/null', 'r')),
  log: (bytes) => process.stderr.write(`${'x'.repeat(bytes)}\n`),
  files: (bytes) => writeFileSync(join(folder, `left-${KEPT.push(0)}.tmp`), 'x'.repeat(bytes)),
  database(bytes) {
    own?.exec('CREATE TABLE IF NOT EXISTS leaked (bytes BLOB NOT NULL) STRICT');
    own?.prepare('INSERT INTO leaked VALUES (zeroblob(?))').run(bytes);
    own?.pragma('wal_checkpoint(PASSIVE)');
  },
};
/** Where V8 keeps what it compiled. */
const OF_CODE = /^(code|trusted)_/;
/** More turns than any visit's time has. */
const MOST_TURNS = 200;

const DOES = {
  async sample({ leaks, times, bytes }) {
    for (let time = 0; time < times; time += 1) for (const leak of leaks) LEAKS[leak]?.(bytes);
    collect();
    const spaces = getHeapSpaceStatistics();
    const used = (isMeant) =>
      spaces.reduce((sum, space) => sum + (isMeant(space.space_name) ? space.space_used_size : 0), 0);
    return {
      pid: process.pid,
      heap: used((name) => !OF_CODE.test(name)) + process.memoryUsage().external,
      code: used((name) => OF_CODE.test(name)),
      handles: readdirSync('/proc/self/fd').length,
    };
  },
  async snapshot({ file }) {
    collect();
    writeHeapSnapshot(file);
    return {};
  },
  /** Until nothing of the visit waits for its time: everybody is gone. */
  async wait() {
    for (let turn = 0; turn < MOST_TURNS && waiting.size > 0; turn += 1) {
      for (const run of [...waiting]) run();
      await breath();
    }
    return {};
  },
};

/** What nobody holds, and what was compiled and not run of late. */
function collect() {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** The terminal's own line to its database: nobody else is let in. */
let own;

function watchDatabase() {
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (sql) {
    if (this.name.endsWith('/terminal.db') && !this.readonly) own = this;
    return prepare.call(this, sql);
  };
}

/** What waits for the time of a visit. */
const waiting = new Set();

/** The clock as it is; what a visit's frame waits for can also be run early. */
function hastenVisits() {
  const { after } = systemClock;
  systemClock.after = (delayMs, task) => {
    if (!new Error().stack.includes('/terminal/visit/presence.ts')) return after(delayMs, task);
    const run = () => {
      cancel();
      task();
    };
    const cancelTimer = after(delayMs, run);
    const cancel = () => {
      waiting.delete(run);
      cancelTimer();
    };
    waiting.add(run);
    return cancel;
  };
}

if (path !== undefined && process.argv[1]?.endsWith('terminal/main.ts')) {
  hastenVisits();
  watchDatabase();
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', async (asked) => {
      const { does, ...order } = JSON.parse(String(asked));
      socket.end(JSON.stringify(await DOES[does](order)));
    });
  });
  server.listen(path);
  server.unref();
}
