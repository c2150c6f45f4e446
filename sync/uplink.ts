import { equalBytes } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type CallTrouble, type Client, mayBeItsFault } from './client.ts';
import type { SyncEvent } from './events.ts';
import {
  type Receipt,
  type ReceiptItem,
  type Release,
  receiptFormat,
  releaseFormat,
} from './formats/answers.ts';
import { LIMITS } from './formats/entry.ts';
import { type BatchAnswer, makeBatch, parseBatchAnswer } from './formats/messages.ts';
import type { SignedFormat } from './formats/signed.ts';
import type { JournalPort, OfferBasis, OfferedEntry } from './ports.ts';
import { callTrouble, nameOf, type Session, type StepTrouble, stepTrouble } from './session.ts';
import { createSetAside } from './set-aside.ts';
import { type TrustTrouble, verifyAnswer } from './trust.ts';
import type { Tus } from './tus.ts';
import { createUploads } from './uploads.ts';

/** Hands entries over. */
export interface Uplink {
  /** Offers one batch; `false` when nothing is to be offered now. */
  offer(signal: AbortSignal): Promise<Result<boolean, StepTrouble>>;
  /**
   * Sends one piece of a file that goes with an entry, or asks how far it has come; `false` when nothing is to be
   * uploaded now. One request at a time, so that whatever can be offered meanwhile goes first.
   */
  upload(signal: AbortSignal): Promise<Result<boolean, StepTrouble>>;
  /** Asks for releases of what is held, with an empty batch. */
  askReleases(signal: AbortSignal): Promise<Result<void, StepTrouble>>;
  /** Offers at once what was set aside. */
  forgetWaits(): void;
  /** How long until something set aside comes back, or `undefined`. */
  findNextInMs(): number | undefined;
}

/** What an uplink is made of. */
export interface UplinkSeams {
  readonly journal: JournalPort;
  readonly client: Client;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly session: Session;
  readonly tus: Tus;
  readonly report: (event: SyncEvent) => void;
}

const TIMEOUT_MS = 60_000;
/** What a "try later" may ask for. */
const LATER_MS = { least: 5_000, most: 3_600_000 };

/** An uplink whose every answer is verified before the journal sees it. */
export function createUplink(seams: UplinkSeams): Uplink {
  const { journal, client, crypto, clock, session, report } = seams;
  const aside = createSetAside(clock);
  const uploads = createUploads({ ...seams, aside });
  /** Smaller after a batch was refused as a whole, until the bad entry stands alone. */
  let batchEntries: number = LIMITS.batchEntries;
  let lastBasis = '';

  async function offer(signal: AbortSignal): Promise<Result<boolean, StepTrouble>> {
    const basis = session.basis();
    if (!basis) return ok(false);
    noteBasis(basis);
    const limits = { entries: batchEntries, bytes: LIMITS.batchBytes };
    const waits = uploads.waiting(basis);
    const isKeptBack = (entryId: Uint8Array) => aside.isSetAside(entryId) || waits.has(nameOf(entryId));
    const batch = journal.nextBatch(basis, limits, isKeptBack);
    if (batch.length === 0) return ok(false);
    const called = await post(batch, signal);
    if (!called.ok) return blame(batch, called.error);
    const answer = parseBatchAnswer(called.value);
    if (!answer.ok) {
      narrow(batch);
      return fail(batch, 'answer-malformed');
    }
    if (takeAnswer(batch, answer.value)) {
      batchEntries = Math.min(LIMITS.batchEntries, batchEntries * 2);
      return ok(true);
    }
    narrow(batch);
    return fail(batch, 'unanswered');
  }

  async function askReleases(signal: AbortSignal): Promise<Result<void, StepTrouble>> {
    const called = await post([], signal);
    if (!called.ok) return err(callTrouble(called.error));
    const answer = parseBatchAnswer(called.value);
    if (!answer.ok) return err(stepTrouble('answer-malformed'));
    takeAnswer([], answer.value);
    return ok(undefined);
  }

  function post(
    batch: readonly OfferedEntry[],
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, CallTrouble>> {
    const content = makeBatch(batch.map(({ entryBytes, ...named }) => ({ ...named, entry: entryBytes })));
    return client({ endpoint: 'entries', content, timeoutMs: TIMEOUT_MS, signal });
  }

  /** A batch brought no answer: halve it when it may be its own fault, and let the others pass the bad one. */
  function blame(batch: readonly OfferedEntry[], trouble: CallTrouble): Result<boolean, StepTrouble> {
    if (!mayBeItsFault(trouble)) return fail(batch, callTrouble(trouble));
    narrow(batch);
    const isWorthHalvingAtOnce = trouble.code === 'http' && trouble.status < 500 && batch.length > 1;
    return isWorthHalvingAtOnce ? ok(true) : fail(batch, callTrouble(trouble));
  }

  /** Halves the next batch; once an entry stands alone, it is set aside and the others go on. */
  function narrow(batch: readonly OfferedEntry[]): void {
    const [first] = batch;
    if (batch.length > 1 || !first) {
      batchEntries = Math.max(1, Math.ceil(batch.length / 2));
      return;
    }
    aside.again(first.entryId);
    batchEntries = LIMITS.batchEntries;
  }

  function fail(batch: readonly OfferedEntry[], reason: string | StepTrouble): Result<never, StepTrouble> {
    const trouble = typeof reason === 'string' ? stepTrouble(reason) : reason;
    note(batch, trouble.code);
    return err(trouble);
  }

  function note(batch: readonly OfferedEntry[], trouble: string | null): void {
    if (batch.length === 0) return;
    const entryIds = batch.map(({ entryId }) => entryId);
    journal.noteTry({ entryIds, atWallMs: clock.wallMs(), trouble });
  }

  /** Takes what counts of an answer; true when any entry of the batch got a word. */
  function takeAnswer(batch: readonly OfferedEntry[], answer: BatchAnswer): boolean {
    const answered = new Set<string>();
    for (const bytes of answer.receipts) {
      for (const item of takeReceipt(bytes, batch)) answered.add(nameOf(item.entryId));
    }
    for (const bytes of answer.releases) takeRelease(bytes);
    const later = new Map(answer.later.map(({ entryId, afterS }) => [nameOf(entryId), afterS * 1000]));
    const isAnswered = ({ entryId }: OfferedEntry) => answered.has(nameOf(entryId));
    const isLater = (entry: OfferedEntry) => !isAnswered(entry) && later.has(nameOf(entry.entryId));
    const isSilent = (entry: OfferedEntry) => !isAnswered(entry) && !isLater(entry);
    if (batch.every(isSilent)) return false;
    for (const entry of batch) {
      // The platform lacks something where it says "later": its files may be among that.
      if (isAnswered(entry) || isLater(entry)) uploads.forget(entry.entryId);
      if (isAnswered(entry)) aside.forget(entry.entryId);
      else if (isSilent(entry)) aside.again(entry.entryId);
      else aside.for(entry.entryId, clamp(later.get(nameOf(entry.entryId)) ?? 0));
    }
    note(batch.filter(isAnswered), null);
    note(batch.filter(isLater), 'later');
    note(batch.filter(isSilent), 'unanswered');
    return true;
  }

  /** The items of a verified receipt that are of this batch. */
  function takeReceipt(bytes: Uint8Array, batch: readonly OfferedEntry[]): readonly ReceiptItem[] {
    const basis = session.basis();
    const receipt = verified('receipt', receiptFormat, bytes);
    if (!receipt || !basis) return [];
    const { journalId, items } = receipt;
    const { ignored } = journal.applyReceipt({ journalId, items, basis, bytes });
    if (ignored > 0) report({ kind: 'foreign', what: 'receipt', count: ignored });
    const own = items.filter((item) => batch.some((entry) => isOf(entry, journalId, item)));
    report({ kind: 'answered', outcomes: countByOutcome(own) });
    return own;
  }

  function takeRelease(bytes: Uint8Array): void {
    const release = verified('release', releaseFormat, bytes);
    if (!release) return;
    const { journalId, ranges } = release;
    const { counted, ignored } = journal.applyRelease({ journalId, ranges, bytes });
    if (counted > 0) report({ kind: 'released', ranges: counted });
    if (ignored > 0) report({ kind: 'foreign', what: 'release', count: ignored });
  }

  function verified<T extends Receipt | Release>(
    what: 'receipt' | 'release',
    format: SignedFormat<T>,
    bytes: Uint8Array,
  ): T | undefined {
    const signed = format.parse(bytes);
    if (!signed.ok) {
      report({ kind: 'ignored', what, code: signed.error.code });
      return undefined;
    }
    const checked: Result<T, TrustTrouble> = verifyAnswer(crypto, session.trust(), format, signed.value);
    if (!checked.ok) {
      session.doubt(checked.error);
      report({ kind: 'ignored', what, code: checked.error.code });
      return undefined;
    }
    session.heard(checked.value.issuedAt);
    return checked.value;
  }

  /** A new epoch or key set is a reason to offer everything at once. */
  function noteBasis(basis: OfferBasis): void {
    const name = `${nameOf(basis.epoch)} ${basis.keySetNumber}`;
    if (name !== lastBasis) {
      aside.clear();
      uploads.clear();
    }
    lastBasis = name;
  }

  return {
    ...{ offer, askReleases },
    async upload(signal) {
      const basis = session.basis();
      return basis ? uploads.step(basis, signal) : ok(false);
    },
    forgetWaits: () => aside.clear(),
    findNextInMs: () => aside.findNextInMs(),
  };
}

function clamp(laterMs: number): number {
  return Math.min(LATER_MS.most, Math.max(LATER_MS.least, laterMs));
}

function isOf(entry: OfferedEntry, journalId: Uint8Array, item: ReceiptItem): boolean {
  return (
    item.seq === entry.seq &&
    equalBytes(journalId, entry.journalId) &&
    equalBytes(item.entryId, entry.entryId) &&
    equalBytes(item.entryHash, entry.entryHash)
  );
}

function countByOutcome(items: readonly ReceiptItem[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
