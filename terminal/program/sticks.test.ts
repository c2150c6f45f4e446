import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sticksWith } from './sticks.ts';

// What is mounted is on another device than the folder it is mounted in: memory, here.
const memory = mkdtempSync('/dev/shm/yizhan-sticks-');

it('a stick with a file where a folder should be is passed over, and ends nothing', () => {
  const folder = mkdtempSync('/tmp/yizhan-rescue-');
  const stick = (name: string) => {
    mkdirSync(join(memory, name));
    symlinkSync(join(memory, name), join(folder, name));
    return join(memory, name);
  };
  mkdirSync(join(stick('SOUND'), 'releases'));
  writeFileSync(join(memory, 'SOUND/releases/list'), '');
  writeFileSync(join(stick('FILE'), 'releases'), 'no folder');
  mkdirSync(join(stick('EMPTY'), 'releases'));
  symlinkSync('releases', join(stick('ROUND'), 'releases'));
  try {
    expect(sticksWith(folder, 'releases')).toEqual(['SOUND']);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(memory, { recursive: true });
  }
});
