import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RESCUE_FILES, RESCUE_FOLDER } from '../../sync/formats/rescue.ts';
import { readAnswers } from '../rescue/answers.ts';
import { findRescues } from '../rescue/stick.ts';
import { findStickDisk } from './stick-disk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-stick-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stick = () => findStickDisk(folder)!;

it('has no rescue folders where a file has their name', () => {
  writeFileSync(join(folder, RESCUE_FOLDER), 'x');
  expect(findRescues(stick())).toEqual([]);
});

it('is not read where a file is longer than any of ours', () => {
  const rescue = join(folder, RESCUE_FOLDER, 'a');
  mkdirSync(rescue, { recursive: true });
  for (const name of [RESCUE_FILES.entries, RESCUE_FILES.manifest]) writeFileSync(join(rescue, name), '');
  truncateSync(join(rescue, RESCUE_FILES.manifest), 3 * 1024 ** 3);
  expect(findRescues(stick())).toMatchObject([{ state: 'incomplete' }]);
  writeFileSync(join(rescue, RESCUE_FILES.answers), '');
  truncateSync(join(rescue, RESCUE_FILES.answers), 1024 ** 3);
  const taken = () => {
    throw new Error('it was read');
  };
  expect(readAnswers(stick(), taken)).toMatchObject({ folders: 1, unreadable: 1 });
});

it('is none where nothing can be looked at any more', () => {
  writeFileSync(join(folder, 'gone'), '');
  expect(findStickDisk(join(folder, 'gone', 'sda1'))).toBeUndefined();
});
