import { expect, test } from 'vitest';
import { judgeSender } from './sender.ts';

const screen = { contentsId: 1, frameUrl: 'yizhan://app/', isMainFrame: true };

test('the main frame of the window, showing the screens, is listened to', () => {
  expect(judgeSender(screen, 1)).toEqual({ allowed: true });
  expect(judgeSender({ ...screen, frameUrl: 'yizhan://app/#home' }, 1)).toEqual({ allowed: true });
});

test.each([
  ['another window', { contentsId: 2 }, 'other-window'],
  ['a frame that is gone', { frameUrl: undefined }, 'frame-gone'],
  ['a frame inside', { isMainFrame: false }, 'inner-frame'],
  ['the out-of-service page', { frameUrl: 'yizhan://app/out-of-service/' }, 'not-the-screens'],
  ['another page', { frameUrl: 'https://example.org/' }, 'not-the-screens'],
  ['a file', { frameUrl: 'file:///app/' }, 'not-the-screens'],
  ['an empty page', { frameUrl: 'about:blank' }, 'not-the-screens'],
])('%s is not', (_who, change, why) => {
  expect(judgeSender({ ...screen, ...change }, 1)).toEqual({ allowed: false, why });
});

test('while there is no window, nobody is', () => {
  expect(judgeSender(screen, undefined)).toEqual({ allowed: false, why: 'other-window' });
});
