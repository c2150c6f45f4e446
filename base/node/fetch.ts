import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { Fetch, HttpRequest, HttpResponse, HttpTrouble } from '../fetch.ts';
import { err, invariant, ok, type Result } from '../result.ts';
import { createTolerantAgent } from './tolerant-agent.ts';

/** How the adapter treats certificates. */
export interface FetchOptions {
  /**
   * Whether the clock is not to be trusted just now: then a certificate that is wrong in its dates, and in
   * nothing else, is taken (law 9). Asked at each connection.
   */
  readonly tolerateDateErrors: () => boolean;
  /** Certificates of authorities to trust instead of the system's, as PEM. */
  readonly authorities?: readonly string[];
  /**
   * How far plain http may go: to this very machine alone unless said, or to whatever is named, for devices on
   * the cabinet's own network that know nothing else.
   */
  readonly plainHttp?: 'this-machine' | 'anywhere';
}

/**
 * The Fetch seam on `node:http` and `node:https`. Follows no redirect, keeps connections alive, and speaks
 * plain http with this very machine alone unless its options allow more.
 */
export function createNodeFetch(options: FetchOptions): Fetch {
  const ca = options.authorities && { ca: [...options.authorities] };
  const strict = new Agent({ keepAlive: true, minVersion: 'TLSv1.2', ...ca });
  const tolerant = createTolerantAgent(options.authorities);

  return (wish) =>
    new Promise((resolve) => {
      const url = new URL(wish.url);
      const isPlain = url.protocol === 'http:';
      const mayBePlain = options.plainHttp === 'anywhere' || isLoopback(url);
      invariant(!isPlain || mayBePlain, 'http is for this very machine alone');
      const begin = (): ClientRequest => {
        const common = { method: wish.method, headers: headersOf(wish) };
        if (isPlain) return httpRequest(url, common);
        const agent = options.tolerateDateErrors() ? tolerant : strict;
        return httpsRequest(url, { ...common, agent });
      };
      exchange(begin, wish, resolve);
    });
}

function exchange(
  begin: () => ClientRequest,
  wish: HttpRequest,
  resolve: (result: Result<HttpResponse, HttpTrouble>) => void,
): void {
  if (wish.signal?.aborted) {
    resolve(err({ code: 'cancelled', detail: '' }));
    return;
  }
  const request = begin();
  const timer = setTimeout(() => fail('timeout'), wish.timeoutMs);
  const cancel = () => fail('cancelled');

  function finish(result: Result<HttpResponse, HttpTrouble>): void {
    clearTimeout(timer);
    wish.signal?.removeEventListener('abort', cancel);
    resolve(result);
  }

  /** The first reason counts: what follows from destroying the request is not told. */
  function fail(code: HttpTrouble['code'], detail = ''): void {
    finish(err({ code, detail }));
    request.destroy();
  }

  wish.signal?.addEventListener('abort', cancel);
  request.on('error', (error: NodeJS.ErrnoException) => fail('unreachable', error.code ?? 'failed'));
  request.on('response', (response) => {
    read(response, wish.maxBytes).then(
      (body) => {
        if (!body) return fail('too-large');
        const { statusCode = 0 } = response;
        finish(ok({ status: statusCode, headers: flatHeaders(response), body }));
      },
      () => fail('unreachable', 'cut off'),
    );
  });
  request.end(wish.body);
}

/** The whole content, or `undefined` as soon as it is longer than `maxBytes`. */
async function read(response: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function headersOf(wish: HttpRequest): Record<string, string> {
  return { ...wish.headers, ...(wish.body && { 'content-length': String(wish.body.length) }) };
}

function flatHeaders(response: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
