import { concat, equalBytes, utf8 } from '../../base/bytes.ts';
import type { Crypto, SigningKey } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';

/**
 * Where the terminal's own keys live (law 8: files today, a chip tomorrow). The private halves never come out of it.
 * At any moment one key signs; besides it there may be one that waits for its certificate, and the one before.
 */
export interface KeyStore {
  /** The key this terminal signs with: made at the first start, the same until another is promoted. */
  signingKey(): Result<SigningKey, KeyTrouble>;
  /** The certificate the signing key was promoted with; `undefined` while it is the key of the enrolment. */
  findCert(): Uint8Array | undefined;
  /**
   * The key before, until {@link KeyStore.forgetFormer}: a platform put back from a backup may know it alone, and then
   * certifies the signing key once more.
   */
  findFormer(): SigningKey | undefined;
  /** The signing key is in a backup of the platform: the one before is erased. */
  forgetFormer(): Result<void, KeyTrouble>;
  /** The key that waits: made at the first call and on disk before this answers, the same until it is promoted. */
  nextKey(): Result<SigningKey, KeyTrouble>;
  /**
   * The key that waits signs from the next start on, under this verified certificate. Whoever dies in here finds the old
   * key or the new one, never none.
   */
  promote(cert: Uint8Array): Result<void, KeyTrouble>;
}

/** `damaged`: there is a key and it cannot be read. It is left as it is: a new one would need a new enrolment. */
export type KeyTrouble = { readonly code: 'damaged' | DiskTrouble['code']; readonly detail: string };

/** `next` waits for its certificate; `former` is kept until a backup of the platform knows the one that signs. */
const PATHS = { signing: 'keys/terminal.key', next: 'keys/next.key', former: 'keys/former.key' } as const;
type Path = (typeof PATHS)[keyof typeof PATHS];

const ENROLLED = utf8('YZK1');
const PROMOTED = utf8('YZK2');
const SEED_BYTES = 32;
const CHECK_BYTES = 8;

interface StoredKey {
  readonly seed: Uint8Array;
  /** Null where the key came with an enrolment, or waits. */
  readonly cert: Uint8Array | null;
}

/**
 * Keys in files of `disk`: "YZK1" ‖ seed, or "YZK2" ‖ seed ‖ certificate, and after either the first 8 bytes of the
 * SHA-256 of it. A promoted key and its certificate stand in one file: no death parts them.
 */
export function keyFile(parts: { disk: Disk; random: Random; crypto: Crypto }): KeyStore {
  const { disk, random, crypto } = parts;

  function fileOf({ seed, cert }: StoredKey): Uint8Array {
    const body = cert ? concat(PROMOTED, seed, cert) : concat(ENROLLED, seed);
    return concat(body, crypto.sha256(body).subarray(0, CHECK_BYTES));
  }

  function parse(file: Uint8Array): StoredKey | undefined {
    const magic = file.subarray(0, ENROLLED.length);
    const seed = file.slice(ENROLLED.length, ENROLLED.length + SEED_BYTES);
    const cert = equalBytes(magic, PROMOTED) ? file.slice(magic.length + SEED_BYTES, -CHECK_BYTES) : null;
    return equalBytes(fileOf({ seed, cert }), file) ? { seed, cert } : undefined;
  }

  /** `undefined` where there is no such file. */
  function read(path: Path): Result<StoredKey | undefined, KeyTrouble> {
    const file = disk.read(path);
    if (!file.ok) return file.error.code === 'not-found' ? ok(undefined) : file;
    const stored = parse(file.value);
    return stored ? ok(stored) : err({ code: 'damaged', detail: path });
  }

  /** A key beside the signing one; what cannot be read, or is the signing one itself, is none. */
  function findBeside(path: Path): StoredKey | undefined {
    const [signing, beside] = [read(PATHS.signing), read(path)];
    if (!signing.ok || !beside.ok || !signing.value || !beside.value) return undefined;
    return equalBytes(signing.value.seed, beside.value.seed) ? undefined : beside.value;
  }

  function make(path: Path): Result<SigningKey, KeyTrouble> {
    const seed = random.bytes(SEED_BYTES);
    const written = disk.writeDurably(path, fileOf({ seed, cert: null }));
    return written.ok ? ok(crypto.signingKey(seed)) : written;
  }

  return {
    signingKey() {
      const stored = read(PATHS.signing);
      if (!stored.ok) return stored;
      return stored.value ? ok(crypto.signingKey(stored.value.seed)) : make(PATHS.signing);
    },
    findCert() {
      const stored = read(PATHS.signing);
      return (stored.ok && stored.value?.cert) || undefined;
    },
    findFormer() {
      const former = findBeside(PATHS.former);
      return former && crypto.signingKey(former.seed);
    },
    forgetFormer: () => disk.remove(PATHS.former),
    nextKey() {
      const next = findBeside(PATHS.next);
      return next ? ok(crypto.signingKey(next.seed)) : make(PATHS.next);
    },
    promote(cert) {
      const signing = read(PATHS.signing);
      if (!signing.ok) return signing;
      const next = findBeside(PATHS.next);
      if (!signing.value || !next) return err({ code: 'damaged', detail: 'no key waits' });
      const kept = disk.writeDurably(PATHS.former, fileOf({ seed: signing.value.seed, cert: null }));
      if (!kept.ok) return kept;
      const promoted = disk.writeDurably(PATHS.signing, fileOf({ seed: next.seed, cert }));
      // What stays of it is the signing key by now, and none beside it.
      if (promoted.ok) disk.remove(PATHS.next);
      return promoted;
    },
  };
}
