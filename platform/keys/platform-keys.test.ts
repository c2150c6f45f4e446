import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { nodeDisk } from '../../base/node/disk.ts';
import { findSealKey, verifyKeySetsFromRoot } from '../../sync/trust.ts';
import { openPlatformKeys } from './platform-keys.ts';

const crypto = createCrypto();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => {
  const at = (name: string) => nodeDisk(join(folder, name));
  return openPlatformKeys(crypto, { keys: at('keys'), copies: at('copies') });
};

describe("the platform's keys", () => {
  it('are made once, for their owner alone, and found again', () => {
    const first = open();
    const again = open();
    expect(again.rootHash).toEqual(first.rootHash);
    expect(again.platformId).toEqual(first.platformId);
    for (const name of readdirSync(join(folder, 'keys'))) {
      expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
  });

  it('follow from the root, set by set, with a copy of every opening key', () => {
    const keys = open();
    const before = findSealKey(keys.newest());
    keys.addSealKey();
    const sets = open().keySets();
    expect(verifyKeySetsFromRoot(crypto, keys.rootHash, sets)).toMatchObject({ ok: true });
    expect(sets.map((set) => set.value.number)).toEqual([1, 2]);
    expect(findSealKey(sets[1]!)).not.toEqual(before);
    expect(open().openingKeys()).toHaveLength(2);
    const opening = readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('seal.'));
    expect(readdirSync(join(folder, 'copies'))).toEqual(opening);
  });

  it('get a new opening key by hand, beside a platform that runs, where the root is', () => {
    const running = open();
    const before = findSealKey(running.newest());
    const program = () =>
      spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'opening-key', '--config', config]);
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ dataDir: folder, keyCopyDir: join(folder, 'copies') }));
    expect(program().stdout.toString()).toBe('{"keySet":2}\n');
    running.takeWritten();
    expect(findSealKey(running.newest())).not.toEqual(before);
    expect(running.openingKeys()).toHaveLength(2);
    expect(readdirSync(join(folder, 'copies'))).toHaveLength(2);
    rmSync(join(folder, 'keys', 'root.key'));
    expect(program().status).toBe(75);
    expect(open().newest().value.number).toBe(2);
  });

  it('are refused when a set was changed or a key is gone', () => {
    const keys = open();
    keys.addSealKey();
    const [answer] = readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('answer.'));
    rmSync(join(folder, 'keys', answer!));
    expect(() => open().answerKey()).toThrow('answer');
    writeFileSync(join(folder, 'keys', 'key-set.2.cbor'), Uint8Array.of(1));
    expect(open).toThrow('broken invariant');
  });
});
