import type { Result } from './result.ts';

/** Why a file could not be had. */
export type DiskTrouble = { readonly code: 'not-found' | 'full' | 'io'; readonly detail: string };

/**
 * Files as the mirror, backups and attachments see them (a seam). Paths are relative to the folder the disk
 * was made with. What is synchronous is so on purpose: a commit and its append must not interleave.
 */
export interface Disk {
  /** Appends and fsyncs before returning; afterwards the bytes outlive a power cut. */
  appendDurably(path: string, bytes: Uint8Array): Result<void, DiskTrouble>;
  /** Replaces a file as a whole: written beside, fsynced, renamed, folder fsynced. */
  writeDurably(path: string, bytes: Uint8Array): Result<void, DiskTrouble>;
  read(path: string): Result<Uint8Array, DiskTrouble>;
  /** At most `bytes` of a file from `from` on, fewer where it ends before: for files too large to be held whole. */
  readPart(path: string, from: number, bytes: number): Result<Uint8Array, DiskTrouble>;
  /** Names directly inside `folder`, sorted; empty when there is no such folder. */
  list(folder: string): readonly string[];
  /** Size in bytes, or `undefined` when there is no such file. */
  findSize(path: string): number | undefined;
  /** How much more the disk can take, in bytes; `undefined` where that cannot be told. */
  findFreeBytes(): number | undefined;
  /** Cuts a file to `bytes`, fsynced. */
  truncate(path: string, bytes: number): Result<void, DiskTrouble>;
  rename(from: string, to: string): Result<void, DiskTrouble>;
  /** Removes a file; one that is not there is fine. */
  remove(path: string): Result<void, DiskTrouble>;
  /** Where `path` is for a library that opens files itself, or `undefined` in a simulation. */
  findRealPath(path: string): string | undefined;
}
