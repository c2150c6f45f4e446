import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Log } from '../../base/log.ts';
import { nodeDisk, readOnlyDisk } from '../../base/node/disk.ts';
import { createMaintenance, SIGNED_IN } from './maintenance.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-maintenance-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stands = () => existsSync(join(folder, SIGNED_IN));
const log: Log = (event) => void said.push(event);
const begin = (disk = nodeDisk(folder)) => createMaintenance(disk, log);

it('stands while a maintainer is signed in, and only then', () => {
  const maintains = begin();
  expect(stands()).toBe(false);
  maintains(true);
  maintains(true);
  expect(stands()).toBe(true);
  maintains(false);
  maintains(false);
  expect(stands()).toBe(false);
  expect(said).toEqual([]);
});

it('is taken away at the start after a run that was killed', () => {
  writeFileSync(join(folder, SIGNED_IN), '');
  begin();
  expect(stands()).toBe(false);
});

it('says so where it cannot be written, each time it is told', () => {
  const maintains = begin(readOnlyDisk(folder));
  said = [];
  maintains(true);
  maintains(true);
  expect(said).toEqual(['maintenance.not-told', 'maintenance.not-told']);
});
