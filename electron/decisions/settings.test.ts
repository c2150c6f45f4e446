import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS_PATH, getSettingsPath, parseSettings } from './settings.ts';

const settings = {
  terminal: { data: '/var/lib/yizhan' },
  devices: { cabinet: 'standing' },
  runFolder: '/run/yizhan',
  supportPhone: '0575-86000000',
};

test('the programs’ own configuration is handed on untouched', () => {
  expect(parseSettings(JSON.stringify(settings))).toEqual({
    ok: true,
    value: { ...settings, windowed: false },
  });
});

test.each([
  ['a folder that depends on where the shell was started', { runFolder: 'run' }],
  ['a phone number that is none', { supportPhone: '<b>0575</b>' }],
  ['a setting nobody knows', { devTools: true }],
  ['programs it does not start', { simulator: {} }],
])('%s is refused without repeating the value', (_what, change) => {
  const parsed = parseSettings(JSON.stringify({ ...settings, ...change }));
  expect(parsed.ok).toBe(false);
  expect(JSON.stringify(parsed)).not.toContain('<b>');
});

test('what is not JSON is refused', () => {
  expect(parseSettings('{')).toEqual({ ok: false, error: { problems: ['not JSON'] } });
});

test('the file is named on the command line, or is the packaged terminal’s own', () => {
  expect(getSettingsPath(['yizhan', '--config', '/tmp/a.json'])).toBe('/tmp/a.json');
  expect(getSettingsPath(['yizhan', '--config=/tmp/b.json'])).toBe('/tmp/b.json');
  expect(getSettingsPath(['yizhan'])).toBe(DEFAULT_SETTINGS_PATH);
  expect(getSettingsPath(['yizhan', '--config'])).toBe(DEFAULT_SETTINGS_PATH);
});
