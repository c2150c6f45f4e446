import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import type { Clock } from '../../base/clock.ts';
import { fraction, type Random } from '../../base/random.ts';

/**
 * How the simulated network behaves. `half-open` takes connections and says nothing, as a dying line does; `slow`
 * passes 2 KB/s; `corrupt` turns a bit over now and then.
 */
export type NetworkMode = 'on' | 'cut' | 'half-open' | 'slow' | 'corrupt';

/** A stretch of network between the terminal and the platform, which can be cut. */
export interface SimulatedNetwork {
  /** Where the terminal finds the platform. */
  readonly origin: string;
  mode(): NetworkMode;
  setMode(mode: NetworkMode): void;
  close(): Promise<void>;
}

/** A village line on a bad day. */
const SLOW_BYTES_PER_S = 2_000;
const SLOW_STEP_MS = 100;
/** One bit in so many bytes. */
const BYTES_PER_BENT_BIT = 600;

/** Passes TCP between a loopback port of its own and `target`, until it is told not to. */
export async function startNetwork(options: {
  readonly target: { readonly host: string; readonly port: number };
  readonly port?: number;
  readonly clock: Clock;
  readonly random: Random;
}): Promise<SimulatedNetwork> {
  const { clock, random } = options;
  let mode: NetworkMode = 'on';
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    track(near);
    if (mode === 'cut') return near.destroy();
    if (mode === 'half-open') return near.resume();
    const far = connect(options.target);
    track(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      if (mode === 'slow') from.pipe(slowly(clock)).pipe(to);
      else if (mode === 'corrupt') from.pipe(bending(random)).pipe(to);
      else from.pipe(to);
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: () => mode,
    setMode(next) {
      mode = next;
      if (next === 'on') return;
      // A cut wire resets nothing by itself, but the kernel's peer would: waiting for time-outs proves nothing more.
      cutAll();
    },
    async close() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Lets through a little at a time. */
function slowly(clock: Clock): Transform {
  const step = (SLOW_BYTES_PER_S * SLOW_STEP_MS) / 1000;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const next = (at: number) => {
        if (at >= chunk.length || this.destroyed) return done();
        this.push(chunk.subarray(at, at + step));
        clock.after(SLOW_STEP_MS, () => next(at + step));
      };
      next(0);
    },
  });
}

/** Turns bits over, at least one in each piece that passes. */
function bending(random: Random): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let bent = 0; bent < chunk.length; bent += BYTES_PER_BENT_BIT) {
        const at = Math.floor(fraction(random) * chunk.length);
        chunk[at] = (chunk[at] ?? 0) ^ (1 << (at % 8));
      }
      done(null, chunk);
    },
  });
}
