import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTENT_TYPES, decideAnswer } from './protocol.ts';

const get = (url: string) => decideAnswer({ method: 'GET', url });

test('the root is the index page; files go by their ending', () => {
  expect(get('yizhan://app/')).toEqual({
    kind: 'file',
    of: 'screen',
    path: 'index.html',
    contentType: 'text/html; charset=utf-8',
  });
  expect(get('yizhan://app/assets/screen-B1x_9.js')).toMatchObject({ path: 'assets/screen-B1x_9.js' });
  expect(get('yizhan://app/assets/a.woff2')).toMatchObject({ contentType: 'font/woff2' });
  expect(get('yizhan://app/speech/zh/slow/0a.opus')).toMatchObject({ contentType: 'audio/ogg' });
  expect(get('yizhan://app/index.html#home')).toMatchObject({ path: 'index.html' });
});

test('the shell makes the out-of-service page itself; its fonts lie beside', () => {
  expect(get('yizhan://app/out-of-service/')).toEqual({ kind: 'out-of-service', part: 'page' });
  expect(get('yizhan://app/out-of-service/style.css')).toEqual({ kind: 'out-of-service', part: 'style' });
  expect(get('yizhan://app/out-of-service/a.woff2')).toMatchObject({ of: 'out-of-service', path: 'a.woff2' });
  expect(get('yizhan://app/out-of-service')).toEqual({ kind: 'refused', status: 404 });
  expect(get('yizhan://app/out-of-service/..%2fa.js')).toEqual({ kind: 'refused', status: 400 });
});

test.each([
  'yizhan://app/..%2fpackage.json',
  'yizhan://app/..%5cpackage.json',
  'yizhan://app/..\\package.json',
  'yizhan://app/assets/..%2f..%2fa.js',
  'yizhan://app//etc/a.json',
  'yizhan://app/assets//a.js',
  'yizhan://app/.env.json',
  'yizhan://app/assets/.a.js',
  'yizhan://app/a%00.js',
  'yizhan://app/a.js%00.png',
  'yizhan://app/C:/a.js',
  'yizhan://app/~root/a.js',
  'yizhan://app/．．/a.js',
  'yizhan://app/assets/',
])('%s is refused before any file is looked for', (url) => {
  expect(get(url)).toEqual({ kind: 'refused', status: 400 });
});

test.each(['yizhan://app/../../a.js', 'yizhan://app/%2e%2e/a.js', 'yizhan://app/b/.%2E/a.js'])(
  '%s is folded into the folder',
  (url) => expect(get(url)).toMatchObject({ kind: 'file', path: 'a.js' }),
);

test.each(['main.ts', 'screen.js.map', 'a.node', 'a', 'a.JS', 'a.exe', '__proto__'])(
  '%s has no ending we serve',
  (name) => {
    expect(get(`yizhan://app/${name}`)).toEqual({ kind: 'refused', status: 404 });
  },
);

test('another address, another host and another method get nothing', () => {
  expect(get('yizhan://other/index.html')).toEqual({ kind: 'refused', status: 403 });
  expect(get('https://app/index.html')).toEqual({ kind: 'refused', status: 403 });
  for (const method of ['POST', 'PUT', 'OPTIONS', 'get']) {
    expect(decideAnswer({ method, url: 'yizhan://app/' })).toEqual({ kind: 'refused', status: 405 });
  }
});

test('whatever is asked, no path leaves the folder and every type is known', () => {
  const folder = '/srv/screen';
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2f', '\\', 'assets', 'a.js', ''),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const answer = get(`yizhan://app/${pieces.join('/')}`);
      if (answer.kind !== 'file') return;
      expect(resolve(join(folder, answer.path)).startsWith(`${folder}/`)).toBe(true);
      expect([...CONTENT_TYPES.values()]).toContain(answer.contentType);
    }),
    { numRuns: 1_000 },
  );
});
