import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** What the dock shows and moves: the simulated cabinet and its network. */
export interface Docked {
  /** All that the page shows, as plain data. */
  state(): unknown;
  /** Called after each change. */
  onChange(listener: () => void): void;
  /** Carries out one order of the page or of a test; says what is wrong with one it does not understand. */
  command(order: unknown): string | undefined | Promise<string | undefined>;
}

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** The words' font: a developer's machine may have no Chinese one. */
const FONT_FOLDER = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
);
const FONT_CSS = readFileSync(join(FONT_FOLDER, 'index.css'), 'utf8').replaceAll('./files/', 'fonts/');

const MAX_ORDER_BYTES = 64 * 1024;

/**
 * Serves the dock on a loopback port of its own: the page, its state as server-sent events, and orders as
 * posted JSON. Only for the exact host, and for orders the exact origin. Never part of a production build.
 */
export async function startDock(options: {
  readonly docked: Docked;
  readonly port: number;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { docked } = options;
  const watchers = new Set<ServerResponse>();
  docked.onChange(() => {
    for (const watcher of watchers) send(watcher, docked.state());
  });
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const end = (status: number, type?: string, body?: string | Buffer) =>
      response
        .writeHead(status, type === undefined ? HEADERS : { ...HEADERS, 'content-type': type })
        .end(body);
    if (request.headers.host !== authority) return void end(403);
    switch (`${request.method} ${request.url}`) {
      case 'GET /':
        return void end(200, 'text/html; charset=utf-8', pageFile('index.html'));
      case 'GET /dock.css':
        return void end(200, 'text/css; charset=utf-8', pageFile('dock.css'));
      case 'GET /dock.js':
        return void end(200, 'text/javascript; charset=utf-8', stripTypeScriptTypes(pageFile('dock.ts')));
      case 'GET /fonts.css':
        return void end(200, 'text/css; charset=utf-8', FONT_CSS);
      case 'GET /state':
        return void end(200, 'application/json', JSON.stringify(docked.state()));
      case 'GET /events':
        response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
        watchers.add(response);
        response.on('close', () => watchers.delete(response));
        return send(response, docked.state());
      case 'POST /order': {
        if (request.headers.origin !== `http://${authority}`) return void end(403);
        const order = await readJson(request);
        const problem = order === undefined ? 'not JSON' : await docked.command(order);
        return void (problem === undefined ? end(204) : end(400, 'text/plain; charset=utf-8', problem));
      }
      default: {
        const font = findFont(request.url ?? '');
        return void (font === undefined ? end(404) : end(200, 'font/woff2', font));
      }
    }
  }

  return {
    url: `http://${authority}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function findFont(url: string): Buffer | undefined {
  const name = /^\/fonts\/([\w-]+\.woff2)$/.exec(url)?.[1];
  const path = name === undefined ? undefined : join(FONT_FOLDER, 'files', name);
  return path !== undefined && existsSync(path) ? readFileSync(path) : undefined;
}

function pageFile(name: string): string {
  return readFileSync(join(import.meta.dirname, 'dock', name), 'utf8');
}

function send(watcher: ServerResponse, state: unknown): void {
  watcher.write(`data: ${JSON.stringify(state)}\n\n`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_ORDER_BYTES) return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
