import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listenPorts } from '../base/node/port-source.ts';
import type { PortSource } from '../base/rpc/port.ts';
import { type BrowserHost, findServedPath, startBrowserHost } from './browser-host.ts';

let folder: string;
let host: BrowserHost;
let terminal: PortSource;
const said: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-host-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'secret.pem'), 'key');
  const socket = join(folder, 'run', 'terminal.sock');
  terminal = await listenPorts({ path: socket, peer: 'screen' });
  terminal.onPort(({ port }) => {
    port.onMessage((message) => said.push(String(message)));
    port.postMessage('hello from the terminal');
  });
  host = await startBrowserHost({
    folder,
    port: 0,
    terminalSocket: socket,
    hasCamera: false,
    hasMicrophone: false,
    log: () => {},
  });
});
afterEach(async () => {
  await host.close();
  terminal.close();
  rmSync(folder, { recursive: true });
});

function parts() {
  const url = new URL(host.url);
  return { port: url.port, authority: url.host, code: url.hash.slice(1) };
}

function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; cookie: string | undefined }> {
  return new Promise((resolve, reject) => {
    const { port } = parts();
    const asking = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

function openLine(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${parts().port}/screen`, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`));
    socket.on('error', () => {});
    socket.on('message', (data) => resolve(String(data)));
  });
}

async function session(): Promise<Record<string, string>> {
  const { authority, code } = parts();
  const origin = `http://${authority}`;
  const { cookie } = await ask('POST', '/session', { origin }, JSON.stringify({ code }));
  return { origin, cookie: cookie ?? '' };
}

test('the code opens one session, whose line reaches the terminal', async () => {
  expect(await openLine(await session())).toBe('hello from the terminal');
});

test('a used code, a wrong code and no code get nothing', async () => {
  const { authority, code } = parts();
  const origin = `http://${authority}`;
  expect((await ask('POST', '/session', { origin }, JSON.stringify({ code: 'x'.repeat(22) }))).status).toBe(
    403,
  );
  expect((await ask('POST', '/session', { origin }, 'not json')).status).toBe(403);
  expect((await ask('POST', '/session', { origin }, JSON.stringify({ code }))).status).toBe(204);
  expect((await ask('POST', '/session', { origin }, JSON.stringify({ code }))).status).toBe(403);
  expect(await openLine({ origin })).toBe('refused 403');
  expect(await openLine({ origin, cookie: 'yizhan-screen=guess' })).toBe('refused 403');
});

test('another origin and another host name get nothing', async () => {
  const { port, code } = parts();
  const evil = 'http://evil.example';
  expect((await ask('POST', '/session', { origin: evil }, JSON.stringify({ code }))).status).toBe(403);
  expect((await ask('POST', '/session', {}, JSON.stringify({ code }))).status).toBe(403);
  expect((await ask('GET', '/', { host: `localhost:${port}` })).status).toBe(403);
  expect((await ask('GET', '/', { host: 'evil.example' })).status).toBe(403);
  const good = await session();
  expect(await openLine({ ...good, origin: evil })).toBe('refused 403');
  expect(await openLine({ ...good, host: `localhost:${port}` })).toBe('refused 403');
  expect(await openLine({ cookie: good.cookie ?? '' })).toBe('refused 403');
});

test('a second screen is refused while the first is there', async () => {
  const good = await session();
  expect(await openLine(good)).toBe('hello from the terminal');
  expect(await openLine(good)).toBe('refused 403');
});

test('files outside the screens, and kinds that are no part of them, are not served', async () => {
  expect((await ask('GET', '/', {})).status).toBe(200);
  expect((await ask('GET', '/secret.pem', {})).status).toBe(404);
  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/a\0.html',
    '/run/terminal.sock',
  ]) {
    expect(findServedPath(path) === undefined || !findServedPath(path)?.includes('..'), path).toBe(true);
  }
  expect(findServedPath('/%2e%2e/package.json')).toBeUndefined();
});

test('a caller that goes in the middle of a sentence ends nothing', async () => {
  const { authority, port } = parts();
  const { cookie = '', origin = '' } = await session();
  const head = `Host: ${authority}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n`;
  const begun = [
    `POST /session HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
    `POST /beat HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
    `GET /nowhere HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    `GET / HTTP/1.1\r\n${head}\r\n`,
  ];
  for (const words of begun)
    for (const goneAfterMs of [0, 1, 20]) {
      const caller = connect({ host: '127.0.0.1', port: Number(port) });
      caller.on('error', () => {});
      caller.write(words);
      await sleep(goneAfterMs);
      caller.resetAndDestroy();
    }
  // A fault that nobody takes would end the program, and fails this test.
  await sleep(50);
  expect((await ask('GET', '/', {})).status).toBe(200);
});

test('the clips of the voice are served as sound', async () => {
  mkdirSync(join(folder, 'speech', 'zh', 'normal'), { recursive: true });
  writeFileSync(join(folder, 'speech', 'zh', 'normal', '0a.opus'), 'sound');
  const answer = await fetch(new URL('speech/zh/normal/0a.opus', host.url));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/ogg']);
});

test('every answer says that no page may have a camera, unless the cabinet names one', async () => {
  const policyAt = async (url: string) => (await fetch(url)).headers.get('permissions-policy');
  expect(await policyAt(host.url)).toContain('camera=()');
  const withCamera = await startBrowserHost({
    folder,
    port: 0,
    terminalSocket: join(folder, 'run', 'terminal.sock'),
    hasCamera: true,
    hasMicrophone: false,
    log: () => {},
  });
  expect(await policyAt(withCamera.url)).toContain('camera=(self), microphone=()');
  await withCamera.close();
});
