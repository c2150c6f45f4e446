import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../base/log.ts';
import { systemRandom } from '../base/node/random.ts';
import { findScreenBeat, MAX_BEAT_BYTES, type ScreenBeat } from '../base/screen-beat.ts';
import { permissionsPolicy } from './media-policy.ts';
import { type Asked, createScreenGuard, type ScreenGuard } from './screen-guard.ts';

/**
 * Nothing from elsewhere, nothing inline, no worker. Sandboxed but for its own scripts and origin: no other window, no
 * dialog, no print, no download, no form; whatever frame it made would be bound by the same.
 */
export const SCREEN_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  'sandbox allow-scripts allow-same-origin';

const FIXED_HEADERS = {
  'content-security-policy': SCREEN_CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.opus': 'audio/ogg',
};

const MAX_CODE_BYTES = 1_024;

export interface BrowserHost {
  /** The address to open, with its one-use code behind `#`. */
  readonly url: string;
  /** Another address of that kind; once it is opened, the session of before is over. */
  newUrl(): string;
  close(): Promise<void>;
}

/** What is told of the screen, to whoever watches it. */
export interface ScreenNews {
  /** A browser opened the screens with the newest address. */
  onSession(): void;
  /** The page of the present session lives. */
  onBeat(beat: ScreenBeat): void;
  /** Its line broke, at its own end. */
  onLineLost(): void;
}

/**
 * Serves the screens to one ordinary browser on this machine and joins its WebSocket to the terminal.
 * Loopback only; exact `Host` and `Origin` on every request and upgrade; one session, a second is refused.
 */
export async function startBrowserHost(options: {
  /** The folder of the built screens. */
  readonly folder: string;
  readonly port: number;
  /** The terminal's socket file. */
  readonly terminalSocket: string;
  /** Whether the cabinet names a camera, and a microphone: without one no page may have any. */
  readonly hasCamera: boolean;
  readonly hasMicrophone: boolean;
  readonly log: Log;
  /** For a browser that somebody watches. */
  readonly news?: ScreenNews;
}): Promise<BrowserHost> {
  const headers = { ...FIXED_HEADERS, 'permissions-policy': permissionsPolicy(options) };
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const guard = createScreenGuard(authority, systemRandom);
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });

  const { news } = options;
  const onSession = () => {
    // What the session of before still holds open is nobody's any more.
    for (const client of upgrades.clients) client.terminate();
    news?.onSession();
  };
  server.on('request', (request, response) => {
    void answer(request, response, { ...options, headers, guard, onSession });
  });
  server.on('upgrade', (request, socket, head) => {
    // A caller that is gone already: an error nobody takes would end the program.
    socket.on('error', () => socket.destroy());
    const why = findRefusal(request, guard, upgrades.clients.size);
    if (why !== undefined) {
      options.log('screen.refused', { why });
      return refuseUpgrade(socket);
    }
    upgrades.handleUpgrade(request, socket, head, (screen) => {
      joinLines(screen, options.terminalSocket, () => {
        // A session that took its place ended it, not the page.
        if (guard.isSession(asked(request))) news?.onLineLost();
      });
    });
  });
  return {
    url: `http://${authority}/#${guard.code()}`,
    newUrl: () => `http://${authority}/#${guard.renew()}`,
    async close() {
      for (const client of upgrades.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function asked(request: IncomingMessage): Asked {
  return { host: request.headers.host, origin: request.headers.origin, cookie: request.headers.cookie };
}

function findRefusal(request: IncomingMessage, guard: ScreenGuard, screens: number): string | undefined {
  if (!guard.isOurs(asked(request), true)) return 'other-origin';
  if (!guard.isSession(asked(request))) return 'no-session';
  if (request.url !== '/screen') return 'other-path';
  // A reload closes the old line a moment after the new one is asked for: it is asked for again then.
  if (screens > 0) return 'second-session';
  return undefined;
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: {
    readonly folder: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly guard: ScreenGuard;
    readonly log: Log;
    readonly news?: ScreenNews;
    readonly onSession: () => void;
  },
): Promise<void> {
  const { headers } = options;
  const refuse = (status: number, why: string) => {
    options.log('screen.refused', { why });
    response.writeHead(status, headers).end();
  };
  const isPost = request.method === 'POST';
  if (!options.guard.isOurs(asked(request), isPost)) return refuse(403, 'other-origin');
  if (isPost && request.url === '/session') {
    const cookie = options.guard.exchange(findCode(await readJson(request, MAX_CODE_BYTES)));
    if (cookie === undefined) return refuse(403, 'wrong-code');
    options.onSession();
    response.writeHead(204, { ...headers, 'set-cookie': cookie }).end();
    return;
  }
  if (isPost && request.url === '/beat') {
    if (!options.guard.isSession(asked(request))) return refuse(403, 'no-session');
    const beat = findScreenBeat(await readJson(request, MAX_BEAT_BYTES));
    if (beat !== undefined) options.news?.onBeat(beat);
    response.writeHead(beat === undefined ? 400 : 204, headers).end();
    return;
  }
  if (request.method !== 'GET') return refuse(405, 'other-method');
  // The page and its code hold nothing of anybody: the code is needed for the line, not for the looks.
  const path = findServedPath(request.url ?? '/');
  if (path === undefined) return refuse(404, 'other-path');
  try {
    const body = await readFile(join(options.folder, path));
    response.writeHead(200, {
      ...headers,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    });
    response.end(body);
  } catch {
    response.writeHead(404, headers).end();
  }
}

/** The file a URL stands for, inside the folder of the screens, or `undefined`. */
export function findServedPath(url: string): string | undefined {
  const path = url.split('?')[0] ?? '/';
  if (!/^\/[\w./-]*$/.test(path) || path.includes('..')) return undefined;
  const file = normalize(path === '/' ? '/index.html' : path);
  return extname(file) in TYPES ? file : undefined;
}

/** What a short request says; `undefined` when it is too long, broken off or no JSON. */
async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  let body = '';
  try {
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > maxBytes) return undefined;
    }
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function findCode(said: unknown): string {
  return typeof said === 'object' && said !== null && 'code' in said && typeof said.code === 'string'
    ? said.code
    : '';
}

/** Joins a screen's line to a fresh line to the terminal; when either goes, both go, and the screen dials again. */
function joinLines(screen: WebSocket, terminalSocket: string, onScreenLost: () => void): void {
  const terminal = new WebSocket(`ws+unix://${terminalSocket}:/`);
  const waiting: string[] = [];
  screen.on('message', (data, isBinary) => {
    if (isBinary) return screen.terminate();
    if (terminal.readyState === WebSocket.OPEN) terminal.send(data.toString());
    else waiting.push(data.toString());
  });
  terminal.on('open', () => {
    for (const message of waiting.splice(0)) terminal.send(message);
  });
  terminal.on('message', (data) => screen.send(data.toString()));
  // Heard before the pair is parted: a screen that goes first went by itself.
  screen.on('close', () => {
    if (terminal.readyState === WebSocket.OPEN) onScreenLost();
  });
  for (const [one, other] of [
    [screen, terminal],
    [terminal, screen],
  ] as const) {
    one.on('error', () => one.terminate());
    one.on('close', () => other.terminate());
  }
}
