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
  /** Open connections: every held poll has one. */
  connections(): Promise<number>;
  /** Processor time so far, in milliseconds: of its main thread, and of all its others. */
  processorMs(): Promise<{ readonly main: number; readonly others: number }>;
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
      const { rss, heapUsed } = (await session.evaluate('process.memoryUsage()')) as NodeJS.MemoryUsage;
      session.close();
      return { rss, heap: heapUsed };
    },
    async connections() {
      const session = await attach(port);
      const expression = "process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length";
      const count = (await session.evaluate(expression)) as number;
      session.close();
      return count;
    },
    async processorMs() {
      const session = await attach(port);
      const spent = async (call: string) => {
        const { user, system } = (await session.evaluate(call)) as NodeJS.CpuUsage;
        return (user + system) / 1_000;
      };
      const main = await spent('process.threadCpuUsage()');
      const others = (await spent('process.cpuUsage()')) - main;
      session.close();
      return { main, others };
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
  const send = (method: string, params: object = {}): Promise<unknown> => {
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
  };
  return {
    send,
    async evaluate(expression: string): Promise<unknown> {
      const said = (await send('Runtime.evaluate', { expression, returnByValue: true })) as {
        result: { value: unknown };
      };
      return said.result.value;
    },
    close: () => socket.close(),
  };
}
