import { concat, toHex } from '../../base/bytes.ts';
import type { Crypto, RunningHash } from '../../base/crypto/api.ts';
import type { Disk, DiskTrouble } from '../../base/disk.ts';
import { ok, type Result } from '../../base/result.ts';
import { entryBytes } from '../../sync/formats/entry.ts';
import { makeFrame } from '../../sync/formats/frame.ts';
import { RESCUE_FILES } from '../../sync/formats/rescue.ts';
import type { WholeEntry } from './source.ts';

/** A file of the folder, as the manifest lists it. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly hash: Uint8Array;
}

/** Bytes between two waits for the stick: few enough that whoever waits for the program hardly feels it. */
const PIECE_BYTES = 256 * 1024;

/** The file of entries, written in pieces, each on the stick before the next. */
export class EntriesFile {
  readonly #disk: Disk;
  readonly #crypto: Crypto;
  readonly #path: string;
  readonly #hash: RunningHash;
  #bytes = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(disk: Disk, crypto: Crypto, folder: string) {
    this.#disk = disk;
    this.#crypto = crypto;
    this.#path = `${folder}/${RESCUE_FILES.entries}`;
    this.#hash = crypto.startSha256();
  }

  /** Adds an entry, sealed as it is; nothing local stands beside it. */
  add(entry: WholeEntry): Result<void, DiskTrouble> {
    const frame = makeFrame(this.#crypto, entryBytes(entry), null);
    this.#waiting.push(frame);
    this.#waitingBytes += frame.length;
    return this.#waitingBytes >= PIECE_BYTES ? this.#flush() : ok(undefined);
  }

  /** Writes what is left. */
  finish(): Result<WrittenFile, DiskTrouble> {
    const flushed = this.#flush();
    if (!flushed.ok) return flushed;
    return ok({ name: RESCUE_FILES.entries, bytes: this.#bytes, hash: this.#hash.digest() });
  }

  #flush(): Result<void, DiskTrouble> {
    if (this.#waiting.length === 0) return ok(undefined);
    const piece = concat(...this.#waiting);
    const appended = this.#disk.appendDurably(this.#path, piece);
    if (!appended.ok) return appended;
    this.#hash.update(piece);
    this.#bytes += piece.length;
    [this.#waiting, this.#waitingBytes] = [[], 0];
    return appended;
  }
}

/** Writes an encrypted file in pieces, a step each, and gives it its name when it is whole. */
export function* writeAttachment(
  disk: Disk,
  folder: string,
  hash: Uint8Array,
  file: Uint8Array,
): Generator<undefined, Result<WrittenFile, DiskTrouble>> {
  const name = RESCUE_FILES.attachment(toHex(hash));
  const part = `${folder}/${name}.part`;
  for (let at = 0; at < file.length; at += PIECE_BYTES) {
    const appended = disk.appendDurably(part, file.subarray(at, at + PIECE_BYTES));
    if (!appended.ok) return appended;
    yield;
  }
  const renamed = disk.rename(part, `${folder}/${name}`);
  return renamed.ok ? ok({ name, bytes: file.length, hash }) : renamed;
}
