import { expect, test } from 'vitest';
import { KIOSK_SWITCHES, kioskArguments } from './arguments.ts';

test('each switch stands once, with its reason', () => {
  const names = KIOSK_SWITCHES.map(({ name }) => name.split('=')[0]);
  expect(new Set(names).size).toBe(names.length);
  for (const { reason } of KIOSK_SWITCHES) expect(reason.length).toBeGreaterThan(5);
});

test('the sandbox is never given up, and no port is open for anybody to look in', () => {
  const all = kioskArguments({ url: 'http://127.0.0.1:1/#x', profile: '/run/p', more: [] }).join(' ');
  expect(all).not.toMatch(/sandbox|remote-debugging|disable-web-security|load-extension/);
  expect(all).toContain('--app=http://127.0.0.1:1/#x');
  expect(all).toContain('--user-data-dir=/run/p');
});
