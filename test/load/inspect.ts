/** Looks into a running Node program through its inspector: its memory after a collection, and where its time goes. */
import { writeFileSync } from 'node:fs';
import WebSocket from 'ws';
import { freePort } from '../../scripts/ports.ts';

/** What a program holds, in bytes, after everything unreachable was collected. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
}

/** An inspector to attach to a program that is started with its `env`. */
export interface Inspector {
  readonly env: Readonly<Record<string, string>>;
  memory(): Promise<Memory>;
  /** Samples the main thread while `work` runs, and writes a `.cpuprofile`. */
  profile<T>(path: string, work: () => Promise<T>): Promise<T>;
}

/** An inspector on a port of its own. */
export async function newInspector(): Promise<Inspector> {
  const port = await freePort();
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` },
    async memory() {
      const session = await attach(port);
      // Twice: what the first collection lets go of by finalizers, the second collects.
      for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
      const expression = 'JSON.stringify(process.memoryUsage())';
      const said = (await session.send('Runtime.evaluate', { expression })) as { result: { value: string } };
      session.close();
      const { rss, heapUsed } = JSON.parse(said.result.value) as NodeJS.MemoryUsage;
      return { rss, heap: heapUsed };
    },
    async profile(path, work) {
      const session = await attach(port);
      await session.send('Profiler.enable');
      await session.send('Profiler.start');
      const done = await work();
      const { profile } = (await session.send('Profiler.stop')) as { profile: unknown };
      session.close();
      writeFileSync(path, JSON.stringify(profile));
      return done;
    },
  };
}

async function attach(port: number) {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '', { maxPayload: 1 << 30 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let next = 1;
  return {
    send(method: string, params: object = {}): Promise<unknown> {
      const id = next++;
      return new Promise((resolve) => {
        const hear = (data: WebSocket.RawData) => {
          const message = JSON.parse(data.toString()) as { id?: number; result?: unknown };
          if (message.id !== id) return;
          socket.off('message', hear);
          resolve(message.result);
        };
        socket.on('message', hear);
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    close: () => socket.close(),
  };
}
