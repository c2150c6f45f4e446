import { equalBytes } from '../../base/bytes.ts';
import type { SigningKey } from '../../base/crypto/api.ts';
import type { DiskTrouble } from '../../base/disk.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { SqlFailure } from '../../base/sql.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import type { JournalOpenedContent } from '../../sync/contents.ts';
import { makeAct, type SealedBody, sealBody } from '../../sync/formats/body.ts';
import {
  ENTRY_CLASS,
  type Entry,
  type EntryClass,
  type EntryHeader,
  makeEntry,
} from '../../sync/formats/entry.ts';
import type { FrameLocal } from '../../sync/formats/frame.ts';
import { keyId } from '../../sync/formats/keys.ts';
import { findSealKey } from '../../sync/trust.ts';
import type { KeepTrouble } from '../keeper.ts';
import { toKeepTrouble } from '../memory/card-memory.ts';
import {
  type Doubt,
  deleteEntry,
  deleteJournal,
  findCurrentJournal,
  getHead,
  insertEntry,
  insertJournal,
  type Journal,
  noteSegment,
} from './entries.ts';
import type { JournalParts } from './journal-parts.ts';

/** Why a new journal is opened; it stands in the new journal's first entry. */
export type OpeningReason = Doubt | 'enrolled' | 'new-key' | 'platform-asked';

/** A body that waits for its header. */
export interface SealedWish {
  readonly body: SealedBody;
  readonly terminalId: Uint8Array;
  readonly entryClass: EntryClass;
  /** Files that are on disk already. */
  readonly attachments: EntryHeader['attachments'];
}

/** An entry in the open transaction. */
export interface InsertedEntry {
  readonly entry: Entry;
  readonly number: number;
}

/** Makes entries: seals before the transaction, builds and signs inside it, mirrors after it. */
export class EntryWriter {
  readonly #parts: JournalParts;
  readonly #signKeyId: Uint8Array;
  /** First entries that neither the mirror had room for nor the database for taking them back. */
  readonly #unmirrored: Entry[] = [];

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#signKeyId = keyId(parts.crypto, parts.signKey.publicKey);
  }

  /** Whether there is a platform to seal to, and a certificate for this key. */
  canSeal(): boolean {
    return this.#findRecipient().ok;
  }

  /** Whether an entry can be written now: there is a journal of this key, too. */
  isReady(): boolean {
    const journal = findCurrentJournal(this.#parts.sql);
    return this.canSeal() && journal !== undefined && this.isOpen(journal);
  }

  /**
   * Seals content to the platform; `attachments` are what the header will list, `agentKey` signs it. `not-enrolled` while there is nobody
   * to seal it to.
   */
  seal(
    content: object,
    entryClass: EntryClass,
    attachments: EntryHeader['attachments'] = [],
    agentKey?: SigningKey,
  ): Result<SealedWish, KeepTrouble> {
    const { crypto, random } = this.#parts;
    const recipient = this.#findRecipient();
    if (!recipient.ok) return recipient;
    const { terminalId, sealPublicKey } = recipient.value;
    const encoded = encodeContent(content);
    const entryId = random.bytes(16);
    const acts = agentKey ? [makeAct(crypto, agentKey, { entryId, content: encoded })] : [];
    const body = sealBody(crypto, { terminalId, entryId, sealPublicKey, content: encoded, acts });
    // What was filed, and the keys of its attachments: the sealed copy is the one that stays.
    encoded.fill(0);
    return body.ok
      ? ok({ body: body.value, terminalId, entryClass, attachments })
      : err({ code: 'too-large', detail: body.error.at });
  }

  /**
   * Inside a transaction, without an await: reads the head, builds the header, hashes, signs, inserts. A header
   * that would break a limit throws: nothing in it comes from a visit.
   */
  insert(
    wish: SealedWish,
    beside: { readonly submissionId: Uint8Array | null; readonly rowToken: Uint8Array | null },
  ): InsertedEntry {
    const journal = findCurrentJournal(this.#parts.sql);
    invariant(journal && this.isOpen(journal), 'a journal of this key is open');
    const head = getHead(this.#parts.sql, journal);
    const { clock, headerClock, bootId, software, crypto, signKey, sql, mirror } = this.#parts;
    const made = makeEntry(
      crypto,
      signKey,
      {
        terminalId: wish.terminalId,
        journalId: journal.journalId,
        seq: head.seq + 1,
        prev: head.entryHash,
        class: wish.entryClass,
        attachments: wish.attachments,
        supersedes: null,
        wallMs: Math.floor(clock.wallMs()),
        clock: headerClock(),
        bootId,
        monoMs: Math.floor(clock.monoMs()),
        software,
      },
      wish.body,
    );
    invariant(made.ok, `a header is within its limits: ${made.ok ? '' : made.error.at}`);
    const number = insertEntry(sql, made.value, { journal, segment: mirror.nextSegment(), ...beside });
    return { entry: made.value, number };
  }

  /** Seals the first entry of a journal that follows the present one, whose end must not move until it is inserted. */
  sealOpening(reason: OpeningReason): Result<SealedWish, KeepTrouble> {
    const prior = findCurrentJournal(this.#parts.sql);
    const head = prior && getHead(this.#parts.sql, prior);
    const content: JournalOpenedContent = {
      schema: 1,
      kind: 'journal.opened',
      priorJournalId: prior?.journalId ?? null,
      priorSeq: head?.seq ?? null,
      priorHash: head?.entryHash ?? null,
      reason,
    };
    return this.seal(content, ENTRY_CLASS.audit);
  }

  /** Closes the present journal by opening the next, with its first entry. Inside a transaction. */
  insertOpening(wish: SealedWish): InsertedEntry {
    const { sql, random } = this.#parts;
    insertJournal(sql, { journalId: random.bytes(16), signKeyId: this.#signKeyId, rebuilt: false });
    return this.insert(wish, { submissionId: null, rowToken: null });
  }

  /**
   * Opens the next journal, in a transaction of its own, and mirrors its first entry. Where the mirror does not take
   * it, the journal goes as if it had not been: later entries would hide that its first is missing there.
   */
  open(reason: OpeningReason): Result<void, KeepTrouble> {
    const wish = this.sealOpening(reason);
    if (!wish.ok) return wish;
    const opened = this.#parts.sql.transaction(() => this.insertOpening(wish.value));
    if (!opened.ok) return err(toKeepTrouble(opened.error));
    const mirrored = this.mirror(opened.value.entry, null);
    if (mirrored.ok) return ok(undefined);
    this.#takeBackOpening(opened.value);
    return err({ code: 'io', detail: `mirror: ${mirrored.error.detail}` });
  }

  /** Where not even this can be done, the entry goes into the mirror before any other does. */
  #takeBackOpening({ entry, number }: InsertedEntry): void {
    const { sql } = this.#parts;
    const taken = sql.transaction(() => {
      deleteEntry(sql, number);
      deleteJournal(sql, entry.header.journalId);
    });
    if (!taken.ok) this.#unmirrored.push(entry);
  }

  /** Mirrors a first entry that nothing can take back; where there is no room, before any other entry. */
  mirrorFirst(entry: Entry): void {
    if (!this.mirror(entry, null).ok) this.#unmirrored.push(entry);
  }

  /** Appends a committed entry to the mirror, after whatever it had no room for before. */
  mirror(entry: Entry, local: FrameLocal | null): Result<void, DiskTrouble> {
    if (this.#unmirrored.length === 0) return this.#parts.mirror.append(entry, local);
    while (this.#unmirrored[0] !== undefined) {
      const appended = this.#appendLate(this.#unmirrored[0], null);
      if (!appended.ok) return appended;
      this.#unmirrored.shift();
    }
    return this.#appendLate(entry, local);
  }

  /** A segment may have ended since the entry was inserted: the database says where it really goes, before it does. */
  #appendLate(entry: Entry, local: FrameLocal | null): Result<void, DiskTrouble> {
    const { sql, mirror } = this.#parts;
    const noted = sql.transaction(() => noteSegment(sql, entry, mirror.nextSegment()));
    if (noted.ok) return mirror.append(entry, local);
    if (noted.error.code === 'corrupt') throw new SqlFailure(noted.error);
    return err({ code: noted.error.code === 'full' ? 'full' : 'io', detail: `store: ${noted.error.detail}` });
  }

  /** Whether a journal may be written on: it is of the present key, and not in doubt. */
  isOpen(journal: Journal): boolean {
    return journal.doubt === null && equalBytes(journal.signKeyId, this.#signKeyId);
  }

  #findRecipient(): Result<{ terminalId: Uint8Array; sealPublicKey: Uint8Array }, KeepTrouble> {
    const { trust, signKey } = this.#parts;
    const enrolment = trust.findEnrolment();
    const sealPublicKey = enrolment && findSealKey(enrolment.keySet);
    if (!enrolment || !sealPublicKey) return err({ code: 'not-enrolled', detail: 'no platform to seal to' });
    if (!equalBytes(enrolment.cert.publicKey, signKey.publicKey)) {
      return err({ code: 'not-enrolled', detail: 'the certificate is for another key' });
    }
    return ok({ terminalId: enrolment.cert.terminalId, sealPublicKey });
  }
}
