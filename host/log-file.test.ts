import { closeSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { handClock } from '../terminal/testing/keeper-world.ts';
import { openLog, setGrownLogAside, watchLog, writeLog } from './log-file.ts';

test('a log that has grown is set aside once, and never more than two files stay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-log-'));
  const path = join(folder, 'log', 'terminal.log');
  for (const line of ['a'.repeat(8), 'b'.repeat(8), 'c'.repeat(8), 'd'.repeat(8)]) {
    const file = openLog(path, 10);
    writeSync(file, line);
    closeSync(file);
  }
  expect(readdirSync(join(folder, 'log')).sort()).toEqual(['terminal.log', 'terminal.log.before']);
  expect(readFileSync(`${path}.before`, 'utf8')).toBe('a'.repeat(8) + 'b'.repeat(8));
  expect(readFileSync(path, 'utf8')).toBe('c'.repeat(8) + 'd'.repeat(8));
  rmSync(folder, { recursive: true });
});

test('a log that grows while its program runs is set aside, and the program goes on writing it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-log-'));
  const path = join(folder, 'terminal.log');
  const file = openLog(path);
  const clock = handClock();
  const stop = watchLog(clock, path, 10);
  for (const line of ['a'.repeat(11), 'b'.repeat(11), 'c'.repeat(5)]) {
    writeSync(file, line);
    clock.advance(60_000);
  }
  expect(readFileSync(`${path}.before`, 'utf8')).toBe('b'.repeat(11));
  expect(readFileSync(path, 'utf8')).toBe('c'.repeat(5));
  stop();
  writeSync(file, 'd'.repeat(11));
  clock.advance(600_000);
  expect(readFileSync(path, 'utf8')).toBe('c'.repeat(5) + 'd'.repeat(11));
  closeSync(file);
  rmSync(folder, { recursive: true });
});

test('where there is no room for what is set aside the log is emptied all the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-log-'));
  const path = join(folder, 'terminal.log');
  // No file can be written here, whoever tries.
  mkdirSync(join(`${path}.before`, 'in-the-way'), { recursive: true });
  const file = openLog(path);
  writeSync(file, 'a'.repeat(11));
  setGrownLogAside(path, 10);
  expect(readFileSync(path, 'utf8')).toBe('');
  closeSync(file);
  rmSync(folder, { recursive: true });
});

test('what a program says finds its log, and a full disk keeps neither it nor the program up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-log-'));
  const path = join(folder, 'terminal.log');
  for (const to of [path, '/dev/full']) {
    const said = new PassThrough();
    writeLog(said, openLog(to));
    const isClosed = new Promise((resolve) => said.once('close', resolve));
    // More than a pipe holds: who does not read on would hold the program up.
    for (let line = 0; line < 100; line += 1) said.write('a'.repeat(4_096));
    said.end();
    await isClosed;
  }
  expect(readFileSync(path)).toHaveLength(409_600);
  rmSync(folder, { recursive: true });
});
