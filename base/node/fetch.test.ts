import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes.ts';
import type { HttpRequest } from '../fetch.ts';
import { createNodeFetch } from './fetch.ts';
import { TEST_AUTHORITY, TEST_CHAINS, TEST_SERVER_KEY } from './testing/certificates.ts';

const servers: { close(): unknown; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function portOf(server: Server & { closeAllConnections(): void }): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const answering: RequestListener = (_request, response) => {
  response.writeHead(200, { 'x-one': '1' });
  response.end('answer');
};
const plain = (listener: RequestListener) => portOf(createServer(listener));
const secure = (cert: string, listener: RequestListener = answering) =>
  portOf(createTlsServer({ key: TEST_SERVER_KEY, cert }, listener));

const wish = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  timeoutMs: 5_000,
  maxBytes: 1_000,
  ...more,
});
const authorities = [TEST_AUTHORITY];
const strict = createNodeFetch({ tolerateDateErrors: () => false, authorities });
const tolerant = createNodeFetch({ tolerateDateErrors: () => true, authorities });

describe('an exchange', () => {
  it('carries method, target, headers and content, and brings status, headers and content back', async () => {
    const got: unknown[] = [];
    const port = await plain((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        got.push(
          request.method,
          request.url,
          request.headers['yizhan-auth'],
          Buffer.concat(chunks).toString(),
        );
        response.writeHead(503, { 'X-One': '1' });
        response.end('busy');
      });
    });
    const url = `http://127.0.0.1:${port}/v1/feed?after=&waitS=25`;
    const sent = wish(url, { method: 'POST', headers: { 'yizhan-auth': 'x' }, body: utf8('content') });
    const answer = await strict(sent);
    expect(got).toEqual(['POST', '/v1/feed?after=&waitS=25', 'x', 'content']);
    expect(answer).toMatchObject({ ok: true, value: { status: 503, headers: { 'x-one': '1' } } });
    expect(answer.ok && answer.value.body).toEqual(utf8('busy'));
  });

  it('follows no redirect', async () => {
    const port = await plain((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' });
      response.end();
    });
    expect(await strict(wish(`http://127.0.0.1:${port}/`))).toMatchObject({ value: { status: 302 } });
  });

  it('says why nothing came back', async () => {
    const silent = await plain(() => {});
    const long = await plain((_request, response) => response.end(Buffer.alloc(1_001)));
    const cut = await plain((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x');
      response.socket?.destroySoon();
    });
    const closed = await plain(answering);
    servers.pop()?.close();
    const stopping = new AbortController();
    const cancelled = strict(wish(`http://127.0.0.1:${silent}/`, { signal: stopping.signal }));
    stopping.abort();
    const codes = await Promise.all([
      strict(wish(`http://127.0.0.1:${silent}/`, { timeoutMs: 50 })),
      strict(wish(`http://127.0.0.1:${long}/`)),
      strict(wish(`http://127.0.0.1:${cut}/`)),
      strict(wish(`http://127.0.0.1:${closed}/`)),
      strict(wish(`http://127.0.0.1:${silent}/`, { signal: AbortSignal.abort() })),
      cancelled,
    ]);
    expect(codes.map((result) => !result.ok && result.error.code)).toEqual([
      'timeout',
      'too-large',
      'unreachable',
      'unreachable',
      'cancelled',
      'cancelled',
    ]);
  });

  it('speaks plain http with this machine alone', async () => {
    await expect(strict(wish('http://platform.example/'))).rejects.toThrow('broken invariant');
  });
});

describe('TLS', () => {
  const reaches = async (fetch: typeof strict, chain: string) => {
    const port = await secure(chain);
    const answer = await fetch(wish(`https://localhost:${port}/`));
    return answer.ok && answer.value.status === 200;
  };

  it('takes a right certificate, whatever is thought of the clock', async () => {
    expect(await reaches(strict, TEST_CHAINS.good)).toBe(true);
    expect(await reaches(tolerant, TEST_CHAINS.good)).toBe(true);
  });

  it('is strict in dates with a trusted clock', async () => {
    expect(await reaches(strict, TEST_CHAINS.expired)).toBe(false);
    expect(await reaches(strict, TEST_CHAINS.future)).toBe(false);
  });

  it('tolerates dates with an untrusted clock', async () => {
    expect(await reaches(tolerant, TEST_CHAINS.expired)).toBe(true);
    expect(await reaches(tolerant, TEST_CHAINS.future)).toBe(true);
  });

  it.each(['strangerExpired', 'otherNameExpired', 'clientExpired', 'viaLeafExpired'] as const)(
    'tolerates dates alone: not %s',
    async (name) => {
      expect(await reaches(tolerant, TEST_CHAINS[name])).toBe(false);
    },
  );

  it('trusts no authority but those it was given', async () => {
    const port = await secure(TEST_CHAINS.good);
    for (const isTolerant of [true, false]) {
      const fetch = createNodeFetch({ tolerateDateErrors: () => isTolerant });
      expect(await fetch(wish(`https://localhost:${port}/`))).toMatchObject({
        error: { code: 'unreachable' },
      });
    }
  });

  it('sends nothing before the certificate was judged', async () => {
    let asked = 0;
    const port = await secure(TEST_CHAINS.strangerExpired, () => {
      asked += 1;
    });
    await tolerant(wish(`https://localhost:${port}/`, { method: 'POST', body: utf8('content') }));
    expect(asked).toBe(0);
  });

  it('uses a connection again', async () => {
    const sockets = new Set<unknown>();
    const port = await secure(TEST_CHAINS.expired, (request, response) => {
      sockets.add(request.socket);
      response.end();
    });
    for (let turn = 0; turn < 3; turn++) await tolerant(wish(`https://localhost:${port}/`));
    expect(sockets.size).toBe(1);
  });
});
