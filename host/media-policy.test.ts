import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedMedia, permissionsPolicy } from './media-policy.ts';

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
  expect(namedMedia(config)).toEqual({ hasCamera: named, hasMicrophone: false });
});

test('a microphone is there where the cabinet names one', () => {
  const microphone = { usb: null, label: 'Gooseneck' };
  const named = namedMedia({ cabinet: { ...facts, cameras: [], microphone } });
  expect(named).toEqual({ hasCamera: false, hasMicrophone: true });
});

test('what is not named is nobody’s, what is named the screen’s alone', () => {
  expect(permissionsPolicy({ hasCamera: true, hasMicrophone: false })).toContain(
    'camera=(self), microphone=()',
  );
  expect(permissionsPolicy({ hasCamera: false, hasMicrophone: true })).toContain(
    'camera=(), microphone=(self)',
  );
});
