import { concat, equalBytes, utf8 } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';

/**
 * Where the terminal's own key lives (law 8: a file today, a chip tomorrow). The private half never comes out
 * of it.
 */
export interface KeyStore {
  /** The key this terminal signs with: made at the first start, the same ever after. */
  signingKey(): Result<SigningKey, KeyTrouble>;
}

/** `damaged`: there is a key and it cannot be read. It is left as it is: a new one would need a new enrolment. */
export type KeyTrouble = { readonly code: 'damaged' | DiskTrouble['code']; readonly detail: string };

const PATH = 'keys/terminal.key';
const MAGIC = utf8('YZK1');
const SEED_BYTES = 32;
const CHECK_BYTES = 8;

/** Keys in files of `disk`: "YZK1" ‖ seed ‖ first 8 bytes of SHA-256 of both. */
export function keyFile(parts: { disk: Disk; random: Random; crypto: Crypto }): KeyStore {
  const { disk, random, crypto } = parts;

  function withCheck(seed: Uint8Array): Uint8Array {
    const body = concat(MAGIC, seed);
    return concat(body, crypto.sha256(body).subarray(0, CHECK_BYTES));
  }

  return {
    signingKey() {
      const read = disk.read(PATH);
      if (read.ok) {
        const seed = read.value.slice(MAGIC.length, MAGIC.length + SEED_BYTES);
        if (!equalBytes(withCheck(seed), read.value)) return err({ code: 'damaged', detail: 'key file' });
        return ok(crypto.signingKey(seed));
      }
      if (read.error.code !== 'not-found') return read;
      const seed = random.bytes(SEED_BYTES);
      const written = disk.writeDurably(PATH, withCheck(seed));
      return written.ok ? ok(crypto.signingKey(seed)) : written;
    },
  };
}
