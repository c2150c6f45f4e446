import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes.ts';
import type { Disk } from '../disk.ts';
import { nodeDisk } from './disk.ts';

let folder: string;
let disk: Disk;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-disk-'));
  disk = nodeDisk(join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = (path: string) => {
  const read = disk.read(path);
  return read.ok ? new TextDecoder().decode(read.value) : read.error.code;
};

describe('nodeDisk', () => {
  it('appends, replaces, cuts, renames, removes', () => {
    disk.appendDurably('a/b.log', utf8('one '));
    disk.appendDurably('a/b.log', utf8('two'));
    expect(text('a/b.log')).toBe('one two');
    expect(disk.findSize('a/b.log')).toBe(7);
    disk.truncate('a/b.log', 3);
    expect(text('a/b.log')).toBe('one');
    disk.writeDurably('a/b.log', utf8('new'));
    expect(text('a/b.log')).toBe('new');
    disk.rename('a/b.log', 'c/d.log');
    expect(text('a/b.log')).toBe('not-found');
    expect(disk.list('c')).toEqual(['d.log']);
    disk.remove('c/d.log');
    expect(disk.remove('c/d.log')).toEqual({ ok: true, value: undefined });
    expect(disk.list('c')).toEqual([]);
    expect(disk.list('nowhere')).toEqual([]);
    expect(disk.findFreeBytes()).toBeGreaterThan(0);
    expect(disk.findSize('c/d.log')).toBeUndefined();
  });

  it('keeps files and folders from everyone else', () => {
    disk.writeDurably('keys/k', utf8('secret'));
    disk.appendDurably('log/l', utf8('line'));
    expect(statSync(join(folder, 'data', 'keys')).mode & 0o777).toBe(0o700);
    for (const path of ['keys/k', 'log/l']) {
      expect(statSync(join(folder, 'data', path)).mode & 0o777).toBe(0o600);
    }
  });

  it('does not leave its folder', () => {
    for (const path of ['../x', '/etc/x', 'a/../../x']) {
      expect(() => disk.read(path)).toThrow('broken invariant');
    }
  });

  it('says io for what is no file', () => {
    mkdirSync(join(folder, 'data', 'dir'));
    expect(disk.read('dir')).toMatchObject({ ok: false, error: { code: 'io' } });
  });

  it('takes a half append back, and leaves no half replacement, when there is no room', () => {
    const script = `
      const { nodeDisk } = await import(${JSON.stringify(new URL('./disk.ts', import.meta.url).href)});
      process.on('SIGXFSZ', () => {});
      const disk = nodeDisk(${JSON.stringify(join(folder, 'full'))});
      const codes = [
        disk.appendDurably('log', new Uint8Array(5_000)),
        disk.appendDurably('log', new Uint8Array(50_000)),
        disk.writeDurably('log', new Uint8Array(50_000)),
      ].map((result) => (result.ok ? 'ok' : result.error.code));
      process.stdout.write(codes.join() + ' ' + disk.findSize('log'));`;
    const limited = 'ulimit -f 16; exec "$0" --input-type=module -e "$1"';
    const answer = execFileSync('bash', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
    expect(answer).toBe('ok,full,full 5000');
    expect(readdirSync(join(folder, 'full'))).toEqual(['log']);
  });
});
