import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeDisk } from '../../base/node/disk.ts';
import { systemRandom } from '../../base/node/random.ts';
import { crypto } from '../testing/keeper-world.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { keyFile } from './key-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-key-'));
  path = join(folder, 'keys', 'terminal.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

const parts = { random: systemRandom, crypto };

function publicKey(): Uint8Array {
  const key = keyFile({ ...parts, disk: nodeDisk(folder) }).signingKey();
  if (!key.ok) throw new Error(key.error.code);
  return key.value.publicKey;
}

describe('the key file', () => {
  it('is made at the first start, for nobody else to read, and gives the same key ever after', () => {
    const first = publicKey();
    expect(first).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(publicKey()).toEqual(first);
  });

  it('that is damaged is refused and left as it is', () => {
    publicKey();
    for (const harm of [
      (bytes: Buffer) => bytes.fill((bytes[10] ?? 0) ^ 0xff, 10, 11),
      (bytes: Buffer) => bytes.subarray(0, 20),
    ]) {
      const harmed = Buffer.from(harm(readFileSync(path)));
      writeFileSync(path, harmed);
      const key = keyFile({ ...parts, disk: nodeDisk(folder) }).signingKey();
      expect(key).toMatchObject({ ok: false, error: { code: 'damaged' } });
      expect(readFileSync(path)).toEqual(harmed);
    }
  });

  it('is not used before it is on the disk', () => {
    const disk = createMemoryDisk();
    disk.onChange = () => ({ code: 'full', detail: 'made up' });
    expect(keyFile({ ...parts, disk }).signingKey()).toMatchObject({ ok: false, error: { code: 'full' } });
  });
});
