/** `ops/linux/usb/sticks` itself, on a bus that is made up: what it lets in, what it mounts, and that it shuts again. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const STICKS = join(import.meta.dirname, '../../ops/linux/usb/sticks');
const CAN_TRY =
  spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs t /mnt && mknod /mnt/n b 7 250']).status === 0;

describe.runIf(CAN_TRY)('sticks', () => {
  let said: readonly string[];
  beforeAll(() => {
    const box = spawnSync('sh', [join(import.meta.dirname, 'sticks-box.sh'), STICKS], { encoding: 'utf8' });
    expect(box.status, box.stderr).toBe(0);
    said = box.stdout.trim().split('\n');
  });

  test('while a maintainer is signed in sticks are let in, and what types or says so as well is not', () => {
    expect(said.filter((line) => line.startsWith('in: 1-')).map((line) => line.slice(4).trim())).toEqual([
      ...['1-1 1 1', '1-2 1 1', '1-3 1 1'],
      ...['1-4 0 0 0', '1-5 0 0'],
    ]);
  });

  test('parts of a stick, and one without parts, are mounted with nothing that runs; no other kind, no own disk', () => {
    const how = 'nosuid,nodev,noexec,sync,uid=yizhan,gid=yizhan,umask=0077';
    expect(said.filter((line) => line.startsWith('mount '))).toEqual([
      `mount -t vfat -o ${how} /dev/sda1 /media/yizhan/sda1`,
      `mount -t exfat -o ${how} /dev/sdb /media/yizhan/sdb`,
    ]);
    expect(said).toContain('in: mounted sda1 sdb ');
  });

  test('afterwards nothing is mounted and nothing is let in', () => {
    expect(said.filter((line) => line.startsWith('umount '))).toHaveLength(2);
    expect(said).toContain('out: mounted ');
    for (const line of said.filter((each) => each.startsWith('out: 1-')))
      expect(line).toMatch(/^out: 1-\d 0 /);
  });
});
