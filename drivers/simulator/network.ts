import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How the simulated network behaves. `half-open` takes connections and says nothing, as a dying line does. */
export type NetworkMode = 'on' | 'cut' | 'half-open';

/** A stretch of network between the terminal and the platform, which can be cut. */
export interface SimulatedNetwork {
  /** Where the terminal finds the platform. */
  readonly origin: string;
  mode(): NetworkMode;
  setMode(mode: NetworkMode): void;
  close(): Promise<void>;
}

/** Passes TCP between a loopback port of its own and `target`, until it is told not to. */
export async function startNetwork(options: {
  readonly target: { readonly host: string; readonly port: number };
  readonly port?: number;
}): Promise<SimulatedNetwork> {
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
    near.pipe(far);
    far.pipe(near);
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
