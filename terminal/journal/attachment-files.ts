import { equalBytes, toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import type { Random } from '../../base/random.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { encryptAttachment } from '../../sync/formats/attachment.ts';
import { LIMITS } from '../../sync/formats/entry.ts';
import type { FileTrouble, ListedFile } from '../../sync/ports.ts';
import type { AttachmentWish, KeepTrouble } from '../keeper.ts';

/** An encrypted file on disk, with the key that opens it: the key goes into the entry's content and is then overwritten. */
export interface WrittenFile {
  readonly hash: Uint8Array;
  readonly key: Uint8Array;
  readonly mediaType: string;
  /** Of the encrypted file. */
  readonly bytes: number;
}

const FOLDER = 'attachments';
const KEY_BYTES = 32;
/**
 * What files leave free on the disk: room for cases without any, and for the receipts and releases that let files go
 * again. Without it a disk that photographs have filled could never be emptied.
 */
const KEPT_FREE_BYTES = 64 * 1024 * 1024;

/**
 * The files that go with entries: each encrypted under a key of its own, named by its hash, and durable before the
 * entry that names it is written. There is one copy; which files are named is the database's to say.
 */
export class AttachmentFiles {
  readonly #disk: Disk;
  readonly #crypto: Crypto;
  readonly #random: Random;
  /** What the last reading found to be another file than was written. */
  readonly #damaged = new Set<string>();

  constructor(disk: Disk, crypto: Crypto, random: Random) {
    this.#disk = disk;
    this.#crypto = crypto;
    this.#random = random;
  }

  /** Encrypts and writes all, one after the other; on trouble none of them stays. */
  write(wishes: readonly AttachmentWish[]): Result<readonly WrittenFile[], KeepTrouble> {
    if (wishes.length > LIMITS.attachments) {
      return err({ code: 'too-large', detail: 'attachments' });
    }
    const written: WrittenFile[] = [];
    for (const wish of wishes) {
      const file = this.#writeOne(wish);
      if (!file.ok) {
        this.takeBack(written);
        return file;
      }
      written.push(file.value);
    }
    return ok(written);
  }

  /** Erases files whose entry did not come about, and overwrites their keys. What cannot be erased is swept later. */
  takeBack(files: readonly WrittenFile[]): void {
    for (const { hash, key } of files) {
      key.fill(0);
      this.#disk.remove(pathOf(hash));
    }
  }

  /** The encrypted file, held against its name. `io` may pass; the others will not. */
  read(hash: Uint8Array): Result<Uint8Array, FileTrouble> {
    const read = this.#disk.read(pathOf(hash));
    if (!read.ok) return err(read.error.code === 'not-found' ? 'missing' : 'io');
    const isWhole = equalBytes(this.#crypto.sha256(read.value), hash);
    if (isWhole) this.#damaged.delete(toHex(hash));
    else this.#damaged.add(toHex(hash));
    return isWhole ? read : err('damaged');
  }

  /** Whether the file is there, as large as it was written, and was not found damaged when it was read last. */
  isThere({ hash, bytes }: ListedFile): boolean {
    return this.#disk.findSize(pathOf(hash)) === bytes && !this.#damaged.has(toHex(hash));
  }

  /** Erases whatever in the folder is not named: orphans, halves of writes, files of closed entries. */
  sweep(isNamed: (hash: string) => boolean): void {
    for (const name of this.#disk.list(FOLDER)) {
      if (!isNamed(name)) this.#disk.remove(`${FOLDER}/${name}`);
    }
  }

  #writeOne({ mediaType, bytes: plain }: AttachmentWish): Result<WrittenFile, KeepTrouble> {
    const key = this.#random.bytes(KEY_BYTES);
    const encrypted = encryptAttachment(this.#crypto, key, plain);
    if (!encrypted.ok) {
      key.fill(0);
      return err({ code: 'too-large', detail: encrypted.error.at });
    }
    const { hash, sealed } = encrypted.value;
    const file = { hash, key, mediaType, bytes: sealed.length };
    const written = this.#put(pathOf(hash), sealed);
    if (written.ok) return ok(file);
    this.takeBack([file]);
    const code = written.error.code === 'full' ? 'full' : 'io';
    return err({ code, detail: `attachment: ${written.error.detail}` });
  }

  #put(path: string, sealed: Uint8Array): Result<void, DiskTrouble> {
    const freeBytes = this.#disk.findFreeBytes() ?? Number.POSITIVE_INFINITY;
    if (freeBytes - sealed.length < KEPT_FREE_BYTES) return err({ code: 'full', detail: 'reserve' });
    return this.#disk.writeDurably(path, sealed);
  }
}

function pathOf(hash: Uint8Array): string {
  return `${FOLDER}/${toHex(hash)}`;
}
