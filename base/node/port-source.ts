import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import type { Cancel, Clock } from '../clock.ts';
import { messagePortMain, type PortHandover, type PortSource, webSocketPort } from '../rpc/port.ts';
import { CannotStart } from './cannot-start.ts';

/** How long a program waits before it dials a lost peer again. */
const REDIAL_MS = 150;

/**
 * Ports of whoever connects to a socket file in a folder that only this user may enter. Resolves once
 * listening; a socket file left by a killed program is replaced, one that answers is left to its program.
 */
export async function listenPorts(options: {
  readonly path: string;
  readonly peer: string;
}): Promise<PortSource> {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
  chmodSync(dirname(options.path), 0o700);
  if (await isAnswered(options.path))
    throw new CannotStart('in-use', `another program listens on ${options.path}; stop it first`);
  rmSync(options.path, { force: true });
  const stream = portStream();
  const http = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server: http, maxPayload: 4 * 1024 * 1024 });
  let generation = 0;
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    generation += 1;
    stream.push({ peer: options.peer, generation, port: webSocketPort(socket) });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.path, resolve);
  });
  return {
    onPort: stream.onPort,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.close();
    },
  };
}

/** Whether a program listens on a socket file. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(path);
    line.once('connect', () => {
      line.destroy();
      resolve(true);
    });
    line.once('error', () => resolve(false));
  });
}

/** Ports to whoever listens on a socket file; dialled again for as long as it is not there. */
export function dialPorts(options: {
  readonly path: string;
  readonly peer: string;
  readonly clock: Clock;
}): PortSource {
  const stream = portStream();
  let generation = 0;
  let stopped = false;
  let cancel: Cancel = () => {};
  let current: WebSocket | undefined;
  const dial = () => {
    if (stopped) return;
    const socket = new WebSocket(`ws+unix://${options.path}:/`);
    current = socket;
    socket.on('error', () => socket.terminate());
    socket.on('open', () => {
      generation += 1;
      stream.push({ peer: options.peer, generation, port: webSocketPort(socket) });
    });
    socket.on('close', () => {
      cancel = options.clock.after(REDIAL_MS, dial);
    });
  };
  dial();
  return {
    onPort: stream.onPort,
    close() {
      stopped = true;
      cancel();
      current?.terminate();
    },
  };
}

/** What Electron hands to a utility process; `undefined` in a plain Node program. */
interface ParentPort {
  on(
    type: 'message',
    listener: (event: { data: unknown; ports: Parameters<typeof messagePortMain>[0][] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/**
 * Ports handed by the kiosk shell, for one kind of peer; `undefined` when no shell started this program. The
 * shell sees processes end, but not a port given up for silence: it is told of every port that closes, and
 * hands out another where both ends still live.
 */
export function findShellPorts(peer: string): PortSource | undefined {
  const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parent === undefined) return undefined;
  const stream = portStream();
  parent.on('message', ({ data, ports }) => {
    const [port] = ports;
    if (port === undefined || !isHandover(data) || data.peer !== peer) return;
    const { generation } = data;
    const handed = messagePortMain(port);
    handed.onClose(() => parent.postMessage({ type: 'port-lost', peer, generation }));
    stream.push({ peer, generation, port: handed });
  });
  return { onPort: stream.onPort, close() {} };
}

function isHandover(data: unknown): data is { type: 'port'; peer: string; generation: number } {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'port';
}

function portStream(): { push(handover: PortHandover): void; onPort: PortSource['onPort'] } {
  const listeners: ((handover: PortHandover) => void)[] = [];
  const early: PortHandover[] = [];
  return {
    push(handover) {
      if (listeners.length === 0) early.push(handover);
      for (const listener of listeners) listener(handover);
    },
    onPort(listener) {
      listeners.push(listener);
      for (const handover of early.splice(0)) listener(handover);
    },
  };
}
