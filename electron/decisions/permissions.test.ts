import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgePermission, PERMISSION_EXCEPTIONS, type Permission } from './permissions.ts';

/** Every permission named in Electron's own types, so that one added by an upgrade is tried too. */
function allPermissions(): Permission[] {
  const types = readFileSync(new URL('../../node_modules/electron/electron.d.ts', import.meta.url), 'utf8');
  const handlers = types.match(/setPermission(?:Check|Request)Handler\(handler: .*/g) ?? [];
  const names = handlers.flatMap(
    (line) => /permission: ((?:'[\w-]+'(?: \| )?)+)/.exec(line)?.[1]?.split(' | ') ?? [],
  );
  return [...new Set(names.map((name) => name.slice(1, -1) as Permission))];
}

const ours = { origin: 'yizhan://app', isMainFrame: true };

test('Electron names some forty permissions, and the screens have none of them', () => {
  const permissions = allPermissions();
  expect(permissions.length).toBeGreaterThan(35);
  expect(permissions).toContain('media');
  for (const permission of permissions) {
    expect(judgePermission({ permission, ...ours })).toEqual({ allowed: false, why: 'not-needed' });
  }
  expect(PERMISSION_EXCEPTIONS).toEqual([]);
});

test('an exception holds for our own main frame alone', () => {
  const exceptions = [{ permission: 'media', reason: 'a photograph of the place' }] as const;
  const ask = (request: Partial<Parameters<typeof judgePermission>[0]>) =>
    judgePermission({ permission: 'media', ...ours, ...request }, exceptions);
  expect(ask({})).toEqual({ allowed: true });
  expect(ask({ origin: 'yizhan://app/' })).toEqual({ allowed: true });
  expect(ask({ permission: 'geolocation' })).toMatchObject({ why: 'not-needed' });
  expect(ask({ isMainFrame: false })).toMatchObject({ why: 'inner-frame' });
  for (const origin of [
    '',
    'null',
    'https://example.org',
    'yizhan://app.example.org',
    'yizhan://application',
  ]) {
    expect(ask({ origin })).toMatchObject({ why: 'other-origin' });
  }
});
