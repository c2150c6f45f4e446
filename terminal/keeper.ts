/**
 * What the terminal does durably, as the visit and the cases see it. Implemented on SQLite, the mirror and
 * the key files by `terminal/journal/` and `terminal/memory/`; nothing above knows of either.
 */
import type { SigningKey } from '../base/crypto/api.ts';
import type { Result } from '../base/result.ts';
import type { ProgressStatus } from '../sync/contents.ts';
import type { ProgressParts } from '../sync/progress-parts.ts';
import type { SealedDayRow } from './agents/day-book.ts';
import type { CashNote } from './cash/ledger.ts';

/** A value of a content map (journal.md "Content"): what deterministic CBOR can hold. */
export type ContentValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly ContentValue[]
  | { readonly [key: string]: ContentValue };

/** The content of one entry, before it is sealed. */
export type ContentMap = { readonly [key: string]: ContentValue };

/**
 * What is remembered of one case for its person; no answers. Sealed under the card's key on disk. What the person did to
 * it later is remembered in the same form (`cases/case-acts.ts`).
 */
export interface RowFacts {
  readonly matterId: string;
  readonly localNumber: string;
  readonly slipCode: string;
  readonly keptAtMs: number;
  /** 16 bytes. */
  readonly caseId: Uint8Array;
  /** 32 bytes, the private half of `caseReplyKey`. */
  readonly replyKeyPrivate: Uint8Array;
}

/** A remembered case, with the entry it was kept as. */
export interface RememberedCase extends RowFacts {
  /** 16 bytes. */
  readonly entryId: Uint8Array;
}

/** One piece of progress that came down for a case and was opened with its reply key. */
export interface Progress extends ProgressParts {
  readonly status: ProgressStatus;
  readonly atMs: number;
  /** The desk's words to the person. */
  readonly words: string | null;
  readonly provinceNumber: string | null;
  /** Whether the submitter is wanted at the counter from here on, or no more; left out where it says nothing of that. */
  readonly atCounter?: boolean | undefined;
}

/**
 * What this terminal remembers of the person whose card was laid, opened by a key derived from the card
 * alone (journal.md part 4). Owned by one visit, which must `close` it: that overwrites the key.
 */
export interface PersonMemory {
  /** Cases kept with this card here, oldest first. */
  cases(): readonly RememberedCase[];
  /** What came down for a case, oldest first. */
  progressOf(remembered: RememberedCase): readonly Progress[];
  /** The unfinished matter, at most 72 h old. */
  findDraft(): Uint8Array | undefined;
  /** Replaces the draft. */
  saveDraft(plain: Uint8Array): Result<void, KeepTrouble>;
  dropDraft(): void;
  /** When this card was used here before this visit. */
  findLastUse(): { readonly atMs: number } | undefined;
  /** Notes that it is used now; called once a visit, after `findLastUse`. */
  noteUse(atMs: number): void;
  /** Cases whose rating was offered: it is offered once. */
  offeredRatings(): readonly Uint8Array[];
  /** Notes that a case's was; on a full disk it is offered once more. */
  noteOfferedRating(caseId: Uint8Array, atMs: number): void;
  /** Overwrites the key and its children; every later call throws. */
  close(): void;
}

/** Why nothing could be kept: nothing was written. `no-evidence`: an agent acted without the resident's card or word. */
export type KeepTrouble = {
  readonly code: 'full' | 'io' | 'too-large' | 'not-enrolled' | 'no-evidence';
  readonly detail: string;
};

/** A file that goes with a case: a photograph of a paper. */
export interface AttachmentWish {
  readonly mediaType: string;
  /** The file as it is. Whoever made it overwrites it once it is kept. */
  readonly bytes: Uint8Array;
}

/** What is to be kept. */
export interface KeepWish {
  /** 16 random bytes made when the matter opened: a repeat returns the first answer. */
  readonly submissionId: Uint8Array;
  /** 0 urgent, 1 case, 2 audit. */
  readonly entryClass: 0 | 1 | 2;
  /** Where {@link KeepWish.attachments} has any, `keep` puts their list in as its field `attachments`. */
  readonly content: ContentMap;
  /**
   * At most 16 of 8 MiB, each encrypted under a key of its own. An answer names one by its place in this list: an
   * integer from 0.
   */
  readonly attachments: readonly AttachmentWish[];
  /** Written beside the entry in the same transaction; null where nobody is remembered. */
  readonly remember: { readonly person: PersonMemory; readonly row: RowFacts } | null;
  /** Whether a slip is owed. */
  readonly slip: boolean;
  /** The key of the agent who acts: the content is signed with it (journal.md "Entry", `acts`). */
  readonly agentKey?: SigningKey;
  /** What the agent's day book says of it, written in the same transaction. */
  readonly dayRow?: SealedDayRow | undefined;
  /** Cash that an agent took or gave back with it, written in the same transaction. */
  readonly cash?: CashNote | undefined;
}

/** What was kept: committed, and in the mirror too. */
export interface Kept {
  /** True when this submission had been kept before; nothing was written now. */
  readonly repeated: boolean;
  readonly entryId: Uint8Array;
  readonly entryHash: Uint8Array;
  readonly keptAtMs: number;
  readonly slipJobId: string | null;
}

/** How far an entry has come, derived from durable facts. */
export type EntryState = 'kept' | 'delivered' | 'refused';

/** How a slip stands. A job found `wanted` at start is `unknown`: it may have come out before the crash. */
export type SlipJobState = 'wanted' | 'printed' | 'unknown';

/** The durable half of the terminal. One writer; every call is synchronous. */
export interface Keeper {
  /** Seals, then in one transaction writes case, entry and slip job, then appends to the mirror. */
  keep(wish: KeepWish): Result<Kept, KeepTrouble>;
  /** Opens the memory of a card; `photo-unfit` when its photo block cannot carry a key: nothing is remembered. */
  openMemory(card: {
    readonly number: string;
    readonly photo: Uint8Array;
  }): Result<PersonMemory, 'photo-unfit'>;
  entryState(entryId: Uint8Array): EntryState;
  /** The newest slip job of an entry. */
  findSlip(entryId: Uint8Array): { readonly jobId: string; readonly state: SlipJobState } | undefined;
  /** Asks for one more, a copy; its job. */
  wantSlipCopy(entryId: Uint8Array): Result<{ readonly jobId: string }, KeepTrouble>;
  /** Notes how a slip came out. What a full disk cannot take is known until the next start, which finds it unknown. */
  noteSlip(jobId: string, state: 'printed' | 'unknown' | 'wanted'): void;
  /** The text of a slip's QR code: signed by this terminal, with its certificate (journal.md "Slip"). */
  slipQr(entryId: Uint8Array, localNumber: string, slipCode: string): string;
  /** The text of a certificate's QR code, from the platform's signed words: an address of this county's platform. */
  certificateQr(words: Uint8Array): string;
  /** Notes numbers of certificates before any paper bears them; what a dead run held is voided at the next start. */
  holdNumbers(numbers: readonly string[]): Result<void, KeepTrouble>;
  /** Their papers are out, or void by an entry that was kept. */
  freeNumbers(numbers: readonly string[]): void;
  /** Every number that is held. */
  heldNumbers(): readonly string[];
  /** When the platform was last heard, for "as of"; null before the first contact. */
  lastContactMs(): number | null;
  /** Called after anything that may change a case's state: a receipt, a feed page. */
  onChange(listener: () => void): () => void;
}

/** What is known of time: decides nothing but words and refusals that are safe either way (law 9). */
export interface TrustedTime {
  /** The best guess of now. */
  nowMs(): number;
  /** Whether a signed hello over a fresh nonce has set it since this start. */
  trusted(): boolean;
  /** Time certainly has reached this: build time or the last signed time. */
  floorMs(): number;
}
