import { expect, test } from 'vitest';
import { SCREEN_CSP } from '../../host/browser-host.ts';
import { CONTENT_SECURITY_POLICY, POLICY_LINES, responseHeaders } from './csp.ts';

const directives = new Map(
  CONTENT_SECURITY_POLICY.split('; ').map((line) => {
    const [name = '', ...sources] = line.split(' ');
    return [name, sources] as const;
  }),
);

test('everything begins closed', () => {
  expect(CONTENT_SECURITY_POLICY.startsWith("default-src 'none'; ")).toBe(true);
  for (const name of ['worker-src', 'base-uri', 'form-action', 'frame-ancestors'])
    expect(directives.get(name)).toEqual(["'none'"]);
});

test('no script but the bundle’s, nothing inline, no other host, nothing fetched but from the bundle', () => {
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(directives.get('style-src')).toEqual(["'self'"]);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|nonce|blob:|ws:/);
  expect(directives.get('connect-src')).toEqual(["'self'"]);
  for (const name of ['frame-src', 'object-src', 'media-src', 'manifest-src']) {
    expect(directives.has(name)).toBe(false);
  }
});

test('each line has its reason, once', () => {
  expect(directives.size).toBe(1 + POLICY_LINES.length + 4);
  for (const { reason } of POLICY_LINES) expect(reason.length).toBeGreaterThan(10);
});

test('every answer carries the policy and is not kept', () => {
  expect(responseHeaders('text/css', { hasCamera: false, hasMicrophone: false })).toMatchObject({
    'Permissions-Policy': expect.stringContaining('camera=()'),
    'Content-Type': 'text/css',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
});

test('whatever the screens may do in the shell, they may do in an ordinary browser too', () => {
  const inBrowser = new Set(SCREEN_CSP.split('; '));
  for (const line of CONTENT_SECURITY_POLICY.split('; ')) expect(inBrowser).toContain(line);
});
