import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, POLICY_LINES, REACT_ARIA_STYLE_HASHES, responseHeaders } from './csp.ts';

const directives = new Map(
  CONTENT_SECURITY_POLICY.split('; ').map((line) => {
    const [name = '', ...sources] = line.split(' ');
    return [name, sources] as const;
  }),
);

test('everything begins closed', () => {
  expect(CONTENT_SECURITY_POLICY.startsWith("default-src 'none'; ")).toBe(true);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    expect(directives.get(name)).toEqual(["'none'"]);
});

test('no script but the bundle’s, nothing inline, no other host, no connection', () => {
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|nonce|blob:|ws:/);
  for (const name of ['connect-src', 'worker-src', 'frame-src', 'object-src', 'manifest-src']) {
    expect(directives.has(name)).toBe(false);
  }
});

test('each line has its reason, once', () => {
  expect(directives.size).toBe(1 + POLICY_LINES.length + 3);
  for (const { reason } of POLICY_LINES) expect(reason.length).toBeGreaterThan(10);
});

/** The text a module of React Aria writes into its style element. */
function styleText(module: string): string {
  const folder = new URL('../../node_modules/react-aria/dist/private/', import.meta.url);
  const code = readFileSync(new URL(module, folder), 'utf8');
  const template = /style\.textContent = `([^`]*)`\.trim\(\)/.exec(code)?.[1];
  const attribute = /PRESSABLE_ATTRIBUTE = '([\w-]+)'/.exec(code)?.[1] ?? '';
  return (template ?? '').replace(/\$\{[^}]*\}/, attribute).trim();
}

test.each([
  ['usePress', 'interactions/usePress.mjs'],
  ['usePreventScroll', 'overlays/usePreventScroll.mjs'],
] as const)('the style sheet of %s is the one we let in', (name, module) => {
  const text = styleText(module);
  expect(text).toContain('@layer');
  const hash = createHash('sha256').update(text).digest('base64');
  expect(REACT_ARIA_STYLE_HASHES[name]).toBe(`'sha256-${hash}'`);
  expect(directives.get('style-src')).toContain(`'sha256-${hash}'`);
});

test('every answer carries the policy and is not kept', () => {
  expect(responseHeaders('text/css')).toMatchObject({
    'Content-Type': 'text/css',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
});
