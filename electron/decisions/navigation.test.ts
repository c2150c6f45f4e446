import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findOwnPath, OUT_OF_SERVICE_URL, SCHEME_PRIVILEGES, SCREEN_URL } from './address.ts';
import { judgeLoad, judgeNavigation, NAVIGATION_EXCEPTIONS } from './navigation.ts';

const FOREIGN = [
  'https://example.org/',
  'http://127.0.0.1:8300/',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'blob:yizhan://app/2f0a',
  'javascript:alert(1)',
  'about:blank',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'view-source:yizhan://app/',
  'yizhan://other/',
  'yizhan://app.example.org/',
  'yizhan://app:80/',
  'yizhan://someone@app/',
  'yizhan://:word@app/',
  'yizhan:/app/',
  'yizhan:app/',
  'yizhans://app/',
  '',
  'app',
];

test.each(FOREIGN)('%s is not ours: neither gone to nor loaded', (url) => {
  expect(findOwnPath(url)).toBeUndefined();
  expect(judgeNavigation({ url, isMainFrame: true })).toMatchObject({ allowed: false, why: 'other-address' });
  expect(judgeLoad(url, { devTools: false })).toMatchObject({ allowed: false, why: 'other-address' });
});

test('the screens may load themselves afresh, and that is the only way to go', () => {
  expect(judgeNavigation({ url: SCREEN_URL, isMainFrame: true })).toEqual({ allowed: true });
  for (const url of [
    OUT_OF_SERVICE_URL,
    `${SCREEN_URL}index.html`,
    `${SCREEN_URL}?q=1`,
    `${SCREEN_URL}a/b`,
  ]) {
    expect(judgeNavigation({ url, isMainFrame: true }).allowed).toBe(false);
  }
});

test('a frame inside a page may go nowhere, not even to the screens', () => {
  expect(judgeNavigation({ url: SCREEN_URL, isMainFrame: false })).toEqual({
    allowed: false,
    why: 'inner-frame',
  });
});

test('no URL outside our origin is ever allowed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.webAuthority().map((host) => `yizhan://${host}/`),
      ),
      (url) => {
        fc.pre(!url.startsWith('yizhan://app/'));
        expect(judgeNavigation({ url, isMainFrame: true }).allowed).toBe(false);
        expect(judgeLoad(url, { devTools: true }).allowed).toBe(url.startsWith('devtools://'));
      },
    ),
  );
});

test('pages load their own files, and an unpackaged shell its developer tools', () => {
  expect(judgeLoad('yizhan://app/assets/screen.js', { devTools: false })).toEqual({ allowed: true });
  expect(judgeLoad('devtools://devtools/x.js', { devTools: true })).toEqual({ allowed: true });
});

test('each way out has its reason', () => {
  for (const { reason } of NAVIGATION_EXCEPTIONS) expect(reason.length).toBeGreaterThan(20);
});

test('the scheme has an origin of its own and no power it does not use', () => {
  const { standard, secure, supportFetchAPI, ...rest } = SCHEME_PRIVILEGES;
  expect({ standard, secure, supportFetchAPI }).toEqual({
    standard: true,
    secure: true,
    supportFetchAPI: true,
  });
  expect(new Set(Object.values(rest))).toEqual(new Set([false]));
});
