import { equalBytes } from '../../base/bytes.ts';
import { err, invariant, ok, type Result } from '../../base/result.ts';
import { SqlFailure } from '../../base/sql.ts';
import { isRefusal } from '../../sync/formats/answers.ts';
import { certificateQrText } from '../../sync/formats/certificate.ts';
import { parseHeader } from '../../sync/formats/entry.ts';
import { makeSlip, slipQrText } from '../../sync/formats/slip.ts';
import type {
  EntryState,
  Keeper,
  KeepTrouble,
  KeepWish,
  Kept,
  PersonMemory,
  SlipJobState,
} from '../keeper.ts';
import { CardMemory, toKeepTrouble } from '../memory/card-memory.ts';
import type { MemoryTable } from '../memory/memory-table.ts';
import { type CardChip, derivePersonKeys } from '../memory/person-keys.ts';
import { findEntryNumber } from './entries.ts';
import { freeNumbers, heldNumbers, holdNumbers } from './held-numbers.ts';
import type { JournalParts } from './journal-parts.ts';
import { keepEntry } from './keep.ts';
import { Listeners } from './listeners.ts';
import { findReceipt } from './receipts.ts';
import { findNewestSlipJob, insertSlipJob, type SlipJob, updateSlipJob } from './slip-jobs.ts';
import type { EntryWriter } from './writer.ts';

/** The durable half of the terminal, as visits and cases see it. */
export class JournalKeeper implements Keeper {
  readonly #parts: JournalParts;
  readonly #writer: EntryWriter;
  readonly #memory: MemoryTable;
  /** How slips stand that a full disk could not take. */
  readonly #unwrittenSlips = new Map<string, SlipJobState>();
  /** After anything that may change what is shown of a case. */
  readonly changed = new Listeners();
  /** After an entry was kept. */
  readonly kept = new Listeners();

  constructor(parts: JournalParts, writer: EntryWriter, memory: MemoryTable) {
    this.#parts = parts;
    this.#writer = writer;
    this.#memory = memory;
  }

  keep(wish: KeepWish): Result<Kept, KeepTrouble> {
    const kept = keepEntry(this.#parts, this.#writer, wish);
    if (kept.ok && !kept.value.repeated) this.kept.call();
    return kept;
  }

  openMemory(card: CardChip): Result<PersonMemory, 'photo-unfit'> {
    const { sql, crypto, random } = this.#parts;
    const memory = this.#memory;
    const keys = derivePersonKeys(crypto, card, memory.base().salt);
    if (!keys.ok) return keys;
    const bucket = () => memory.base().bucket;
    const sureMs = () => memory.sureMs();
    return ok(new CardMemory({ sql, crypto, random, keys: keys.value, bucket, sureMs }));
  }

  entryState(entryId: Uint8Array): EntryState {
    const { sql } = this.#parts;
    const entry = this.#getNumber(entryId);
    const closing = sql
      .prepare<{ cause: string }>('SELECT cause FROM closings WHERE entry = ?')
      .find(entry)?.cause;
    if (closing !== undefined) return closing === 'abandoned' ? 'refused' : 'delivered';
    const receipt = findReceipt(sql, entry);
    if (!receipt) return 'kept';
    return isRefusal(receipt.outcome) ? 'refused' : 'delivered';
  }

  findSlip(entryId: Uint8Array): SlipJob | undefined {
    const job = findNewestSlipJob(this.#parts.sql, this.#getNumber(entryId));
    const unwritten = job && this.#unwrittenSlips.get(job.jobId);
    return unwritten ? { ...job, state: unwritten } : job;
  }

  wantSlipCopy(entryId: Uint8Array): Result<{ readonly jobId: string }, KeepTrouble> {
    const { sql } = this.#parts;
    const entry = this.#getNumber(entryId);
    const wanted = sql.transaction(() => insertSlipJob(sql, entry));
    return wanted.ok ? ok({ jobId: wanted.value }) : err(toKeepTrouble(wanted.error));
  }

  noteSlip(jobId: string, state: SlipJobState): void {
    const { sql } = this.#parts;
    const noted = sql.transaction(() => updateSlipJob(sql, jobId, state));
    if (noted.ok) this.#unwrittenSlips.delete(jobId);
    else if (noted.error.code === 'corrupt') throw new SqlFailure(noted.error);
    else this.#unwrittenSlips.set(jobId, state);
  }

  slipQr(entryId: Uint8Array, localNumber: string, slipCode: string): string {
    const { sql, trust, signKey } = this.#parts;
    const row = sql
      .prepare<{ entry_hash: Uint8Array; header: Uint8Array }>(
        'SELECT entry_hash, header FROM entries WHERE number = ?',
      )
      .find(this.#getNumber(entryId));
    const header = row && parseHeader(row.header);
    const enrolment = trust.findEnrolment();
    invariant(row && header?.ok && enrolment, 'a slip is of an entry that was kept');
    invariant(equalBytes(enrolment.cert.publicKey, signKey.publicKey), 'the certificate is for this key');
    const value = { localNumber, slipCode, entryHash: row.entry_hash, wallMs: header.value.wallMs };
    return slipQrText(enrolment.origin, makeSlip(signKey, enrolment.certBytes, value));
  }

  certificateQr(words: Uint8Array): string {
    const enrolment = this.#parts.trust.findEnrolment();
    invariant(enrolment, 'whoever has words of a platform is enrolled there');
    return certificateQrText(enrolment.origin, words);
  }

  holdNumbers(numbers: readonly string[]): Result<void, KeepTrouble> {
    return holdNumbers(this.#parts.sql, numbers);
  }

  freeNumbers(numbers: readonly string[]): void {
    freeNumbers(this.#parts.sql, numbers);
  }

  heldNumbers(): readonly string[] {
    return heldNumbers(this.#parts.sql);
  }

  lastContactMs(): number | null {
    return this.#parts.trust.findRecord()?.lastContactMs ?? null;
  }

  onChange(listener: () => void): () => void {
    return this.changed.add(listener);
  }

  #getNumber(entryId: Uint8Array): number {
    const number = findEntryNumber(this.#parts.sql, entryId);
    invariant(number !== undefined, 'an entry that is spoken of was kept');
    return number;
  }
}
