import { expect, test } from 'vitest';
import { isPassed } from './lock-page.ts';

const struck = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'metaKey', boolean>> = {}) =>
  isPassed({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });

test('the keys that press and move do what they do', () => {
  for (const key of ['Tab', 'Enter', ' ', 'ArrowDown', 'PageUp']) expect(struck(key)).toBe(true);
});

test('the same keys with Ctrl, Alt or the system key lead out of the page, and do nothing', () => {
  for (const key of ['Tab', 'Enter', ' ', 'ArrowLeft', 'Home']) {
    for (const held of ['ctrlKey', 'altKey', 'metaKey'] as const)
      expect(struck(key, { [held]: true })).toBe(false);
  }
});

test('every other key does nothing', () => {
  const others = [
    'a',
    'F5',
    'F11',
    'F12',
    'Escape',
    'ContextMenu',
    'BrowserBack',
    'Print',
    'Process',
    '\u0000',
  ];
  for (const key of others) expect(struck(key)).toBe(false);
});
