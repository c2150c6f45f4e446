/**
 * What the engine is handed: the journal, as sync sees it. Implemented on SQLite by `terminal/journal/` and in
 * memory for tests. Every call is synchronous and durable before it returns; nothing that is handed in here
 * is unverified, and nothing that comes out is a state such as "sending": what is owed is derived, each time
 * it is asked for, from the entries and from what the platform signed.
 */

import type { Result } from '../base/result.ts';
import type { ReceiptItem, ReleaseRange } from './formats/answers.ts';
import type { FeedItem, Order } from './formats/feed.ts';

/** What is kept of the trust in the platform, besides what enrolment wrote once. */
export interface TrustRecord {
  /** The newest verified key set, as its own bytes. */
  readonly keySet: Uint8Array;
  /** 16 bytes; null before the first hello. */
  readonly epoch: Uint8Array | null;
  readonly formerEpochs: readonly Uint8Array[];
  /** Time has certainly reached this (milliseconds since 1970 UTC); never goes back. */
  readonly floorMs: number;
  /** When the platform's word was last verified, by the best clock there was; null before the first time. */
  readonly lastContactMs: number | null;
}

/** What decides whether a refusal is old enough to be offered again (journal.md part 2, "Outcome"). */
export interface OfferBasis {
  /** Of the last hello, 16 bytes. */
  readonly epoch: Uint8Array;
  /** Number of the newest key set. */
  readonly keySetNumber: number;
}

/** The head of one journal that still owes: its last entry. */
export interface OwedHead {
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryHash: Uint8Array;
}

/** An attachment as a header lists it. */
export interface ListedFile {
  /** SHA-256 of the encrypted file, which is its name. */
  readonly hash: Uint8Array;
  /** Its length. */
  readonly bytes: number;
}

/** Why a file that an entry names cannot be had: it is not there, not what was written, or not readable just now. */
export type FileTrouble = 'missing' | 'damaged' | 'io';

/** An entry to offer that has attachments: they are uploaded before it. */
export interface EntryFiles {
  readonly entryId: Uint8Array;
  /** In the header's order. */
  readonly files: readonly ListedFile[];
}

/** An entry to offer. */
export interface OfferedEntry {
  readonly journalId: Uint8Array;
  readonly seq: number;
  readonly entryId: Uint8Array;
  readonly entryHash: Uint8Array;
  /** [header, sig, body] as first made. */
  readonly entryBytes: Uint8Array;
}

/** How much may go into one batch. */
export interface BatchLimits {
  readonly entries: number;
  /** Sum of `entryBytes`; one entry alone may be as large as it is. */
  readonly bytes: number;
}

/** A receipt whose signature, key use, addressee and epoch were verified; its items are not matched yet. */
export interface VerifiedReceipt {
  readonly journalId: Uint8Array;
  readonly items: readonly ReceiptItem[];
  /** The epoch and newest key set under which it was taken: an outcome is remembered with both. */
  readonly basis: OfferBasis;
  /** The signed receipt, to be kept as proof. */
  readonly bytes: Uint8Array;
}

/** A release verified in the same way; its ranges are not matched yet. */
export interface VerifiedRelease {
  readonly journalId: Uint8Array;
  readonly ranges: readonly ReleaseRange[];
  readonly bytes: Uint8Array;
}

/** How many items of an answer were the journal's own, and how many were not and are ignored. */
export interface Counted {
  readonly counted: number;
  readonly ignored: number;
}

/** A feed item, with its order where it is one: verified, or null when the item is of another kind or not to be believed. */
export interface DeliveredItem extends FeedItem {
  readonly order: Order | null;
}

/** A feed page whose signature, key use, addressee and epoch were verified. */
export interface VerifiedPage {
  readonly after: Uint8Array;
  readonly next: Uint8Array;
  readonly items: readonly DeliveredItem[];
}

/** How the journal stands; numbers only. */
export interface OwedCount {
  /** Neither closed nor receipted in the present epoch: to be offered. */
  readonly waiting: number;
  /** Held by the platform in the present epoch, not released yet. */
  readonly held: number;
  /** Refused, neither closed nor to be offered again under the present basis. */
  readonly refused: number;
}

/** One attempt to hand entries over, for the list that maintainers see. Not needed after a restart. */
export interface Try {
  readonly entryIds: readonly Uint8Array[];
  readonly atWallMs: number;
  /** A code when nothing was answered for them: `unreachable`, `timeout`, `http-503`, `unverified`, `later` …; else null. */
  readonly trouble: string | null;
}

/**
 * What any call of the port throws when the store cannot do it now: the disk is full, reading or writing failed,
 * or another process has the database. Nothing of the call was written and the same call may be made again, so the
 * engine waits as for any other trouble. Damage of the store is not this: it is thrown as it is and ends the process.
 */
export class JournalUnavailable extends Error {
  readonly code: 'full' | 'io' | 'busy';

  constructor(code: 'full' | 'io' | 'busy', options?: ErrorOptions) {
    super(`journal: ${code}`, options);
    this.name = 'JournalUnavailable';
    this.code = code;
  }
}

/** The journal, as the engine needs it. Its calls throw {@link JournalUnavailable}. */
export interface JournalPort {
  loadTrust(): TrustRecord;

  /**
   * Replaces the record. When its epoch is another than the stored one, the feed cursor goes back to empty in
   * the same transaction. An epoch among `formerEpochs`, a lower floor or a lower key set number is a bug.
   */
  saveTrust(record: TrustRecord): void;

  /** The head of every journal with an entry that is not closed. */
  owedHeads(): readonly OwedHead[];

  /**
   * The next entries to offer, by class, then oldest journal first, then seq; skipping those of which
   * `isSetAside` is true. An entry is to be offered when it is not closed, no successor of it (`supersedes`)
   * is held, its body is there, and one of these is so:
   * - it has no matched receipt;
   * - its newest matched receipt is of another epoch than `basis.epoch`;
   * - its newest matched receipt is a refusal taken under a lower key set number than `basis.keySetNumber`, or
   *   before someone asked by hand for it to be offered again.
   */
  nextBatch(
    basis: OfferBasis,
    limits: BatchLimits,
    isSetAside: (entryId: Uint8Array) => boolean,
  ): readonly OfferedEntry[];

  /** Which of the entries to be offered have attachments, in the order of {@link nextBatch}. */
  entriesWithFiles(basis: OfferBasis): readonly EntryFiles[];

  /** The encrypted file of this hash, whole and held against its name. Whatever is wrong with it, its entry stays. */
  readFile(hash: Uint8Array): Result<Uint8Array, FileTrouble>;

  /**
   * Takes the items whose seq, entryId and entryHash are all the journal's own; the rest is ignored. Outcome 0
   * makes the entry *held* and replaces a refusal; a refusal never replaces `held` of the same epoch. Nothing is
   * erased. Taking a receipt again changes nothing.
   */
  applyReceipt(receipt: VerifiedReceipt): Counted;

  /**
   * Takes the ranges whose own header at `to` has exactly `hashAtTo` (and all from `from` to `to` are there):
   * their entries are closed and their bodies erased. The rest is ignored. Taking it again changes nothing.
   */
  applyRelease(release: VerifiedRelease): Counted;

  /** Where the feed goes on; empty at first and after a change of epoch. */
  feedCursor(): Uint8Array;

  /**
   * In one transaction: takes each item once by its itemId, in order, and stores `next` as the cursor. A page whose
   * `after` is not the own cursor changes nothing and answers false. An item of kind 9 with an order
   * abandons the entry it names, when that is the journal's own (journalId, seq, entryHash) and holds a refusal.
   * Unknown kinds are skipped; their itemId is remembered.
   */
  applyPage(page: VerifiedPage): boolean;

  /** How many entries are owed, under this basis (null before the first hello: nothing is held or refused yet). */
  countOwed(basis: OfferBasis | null): OwedCount;

  /** Notes an attempt. */
  noteTry(attempt: Try): void;
}
