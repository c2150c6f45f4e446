import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namesCamera, permissionsPolicy } from './camera-policy.ts';

const cabinetFile = join(import.meta.dirname, '../drivers/cabinets/village.yaml');
const facts = { readerPlace: 'right', screen: { widthMm: 268, heightMm: 476 } };
const camera = { device: 'document-camera', usb: '0ac8:3420', label: null };

test.each([
  ['a file that names one', { cabinetFile }, true],
  ['a file that is not there', { cabinetFile: '/nowhere/cabinet.yaml' }, false],
  ['facts that name one', { cabinet: { ...facts, cameras: [camera] } }, true],
  ['facts that name none', { cabinet: { ...facts, cameras: [] } }, false],
  ['facts of another form', { cabinet: { cameras: 'all' } }, false],
  ['no cabinet', {}, false],
])('%s', (_what, config, named) => {
  expect(namesCamera(config)).toBe(named);
});

test('the microphone is nobody’s, the camera the screen’s alone', () => {
  expect(permissionsPolicy(true)).toContain('camera=(self)');
  expect(permissionsPolicy(false)).toContain('camera=()');
  for (const hasCamera of [true, false]) expect(permissionsPolicy(hasCamera)).toContain('microphone=()');
});
