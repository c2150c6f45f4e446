import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findElectronBinary } from './find-binary.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-electron-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('it is found only when note and program are both there', () => {
  expect(findElectronBinary(folder)).toBeUndefined();
  writeFileSync(join(folder, 'path.txt'), 'electron');
  expect(findElectronBinary(folder)).toBeUndefined();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'electron'), '');
  expect(findElectronBinary(folder)).toBe(join(folder, 'dist', 'electron'));
});
