import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  judgePermission,
  type Permission,
  type PermissionRequest,
  permissionExceptions,
} from './permissions.ts';

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
const none = permissionExceptions({ hasCamera: false, hasMicrophone: false });
const camera = permissionExceptions({ hasCamera: true, hasMicrophone: false });

test('Electron names some forty permissions, and the screens have none of them where the cabinet names no camera', () => {
  const permissions = allPermissions();
  expect(permissions.length).toBeGreaterThan(35);
  expect(permissions).toContain('media');
  for (const permission of permissions) {
    expect(judgePermission({ permission, ...ours, media: ['video'] }, none)).toEqual({
      allowed: false,
      why: 'not-needed',
    });
  }
});

test('where it names one they have its pictures, and nothing else', () => {
  for (const permission of allPermissions().filter((name) => name !== 'media')) {
    expect(judgePermission({ permission, ...ours, media: ['video'] }, camera).allowed).toBe(false);
  }
  const ask = (media: readonly string[]) => judgePermission({ permission: 'media', ...ours, media }, camera);
  expect(ask(['video'])).toEqual({ allowed: true });
  for (const media of [['audio'], ['video', 'audio'], ['unknown'], []]) {
    expect(ask(media)).toEqual({ allowed: false, why: 'other-media' });
  }
});

test('where it names a microphone they are heard too, and each is asked for alone', () => {
  const both = permissionExceptions({ hasCamera: true, hasMicrophone: true });
  const ask = (media: readonly string[]) => judgePermission({ permission: 'media', ...ours, media }, both);
  expect([ask(['video']), ask(['audio'])]).toEqual([{ allowed: true }, { allowed: true }]);
  expect(ask(['video', 'audio'])).toEqual({ allowed: false, why: 'other-media' });
});

test('the exception holds for our own main frame alone', () => {
  const ask = (request: Partial<PermissionRequest>) =>
    judgePermission({ permission: 'media', media: ['video'], ...ours, ...request }, camera);
  expect(ask({ origin: 'yizhan://app/' })).toEqual({ allowed: true });
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
