/** What the programs that sign releases of catalog and software share: their exit codes, and where keys are read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crypto } from '../base/crypto/api.ts';
import { parseReleaseKey, type ReleaseKey } from '../platform/releases/release-keys.ts';

/** 64 for wrong use, 65 where what is to be signed is wrong, 75 where files cannot be had (sysexits.h). */
export const EXIT = { usage: 64, wrong: 65, cannot: 75 } as const;

/** Says why, and ends the program. */
export function leave(code: number, words: string): never {
  console.error(words);
  process.exit(code);
}

/** Every release key that lies in a folder (`*.key`); what cannot be read as one is passed over, and without any it ends. */
export function getReleaseKeys(crypto: Crypto, folder: string): readonly ReleaseKey[] {
  const held = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.key'))
    .flatMap((name) => {
      const key = parseReleaseKey(crypto, readFileSync(join(folder, name), 'utf8'));
      return key.ok ? [key.value] : [];
    });
  return held.length > 0 ? held : leave(EXIT.cannot, `no keys in ${folder}`);
}
