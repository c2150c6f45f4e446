import { equalBytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto/api.ts';
import { ok, type Result } from '../base/result.ts';
import type { SyncEvent } from './events.ts';
import { type Receipt, type Release, receiptFormat, releaseFormat } from './formats/answers.ts';
import { parseRescueAnswers, type RescueAnswer } from './formats/rescue.ts';
import type { FormatTrouble } from './formats/shape.ts';
import { type Signed, type SignedFormat, signedBytes } from './formats/signed.ts';
import type { Counted, JournalPort } from './ports.ts';
import type { Session } from './session.ts';
import { type TrustTrouble, verifyAnswer } from './trust.ts';

/** What came of the answers on a stick; numbers alone. */
export interface AnswersTaken {
  /** Entries of this terminal whose receipt counts. */
  readonly receipted: number;
  /** Entries whose body was erased for a release. */
  readonly erased: number;
  /** Receipts and releases that do not count: forged, of another terminal, of an epoch left behind. */
  readonly ignored: number;
  /** Receipts and releases of an epoch not known yet: they are taken after the hello that names it. */
  readonly waiting: number;
}

/** The platform's words that came on a stick: they count exactly as those that came over the network. */
export interface RescueAnswers {
  /** Takes an `answers.cbor`: key sets, then receipts, then releases. Taking it again changes nothing. */
  take(file: Uint8Array): Result<AnswersTaken, FormatTrouble>;
  /** After a hello: takes what waited for its epoch, and lets the rest go. */
  retry(): void;
}

/** What they are taken with. */
export interface RescueAnswersSeams {
  readonly journal: JournalPort;
  readonly crypto: Crypto;
  readonly session: Session;
  readonly report: (event: SyncEvent) => void;
}

type Word = Extract<RescueAnswer, { kind: 'receipt' | 'release' }>;
type Fate = 'ignored' | 'waiting' | Counted;

/** With nothing waiting yet. */
export function createRescueAnswers(seams: RescueAnswersSeams): RescueAnswers {
  const { journal, crypto, session, report } = seams;
  /** In memory alone: once there is a hello, the platform says all of it again by itself. */
  let waiting: readonly Word[] = [];

  function takeWords(words: readonly Word[]): Omit<AnswersTaken, 'waiting'> & { readonly early: Word[] } {
    const before = countOwed();
    const counts = { receipted: 0, ignored: 0 };
    const early: Word[] = [];
    for (const word of inOrder(words)) {
      const fate = takeWord(word);
      if (fate === 'waiting') early.push(word);
      else if (fate === 'ignored' || fate.counted === 0) counts.ignored += 1;
      else if (word.kind === 'receipt') counts.receipted += fate.counted;
    }
    session.save();
    return { ...counts, erased: before - countOwed(), early };
  }

  function takeWord(word: Word): Fate {
    return word.kind === 'receipt' ? takeReceipt(word.receipt) : takeRelease(word.release);
  }

  function takeReceipt(signed: Signed<Receipt>): Fate {
    const receipt = verified('receipt', receiptFormat, signed);
    const basis = session.basis();
    if (typeof receipt === 'string') return receipt;
    if (!basis) return 'ignored';
    const { journalId, items } = receipt;
    return journal.applyReceipt({ journalId, items, basis, bytes: signedBytes(signed) });
  }

  function takeRelease(signed: Signed<Release>): Fate {
    const release = verified('release', releaseFormat, signed);
    if (typeof release === 'string') return release;
    const { journalId, ranges } = release;
    const counted = journal.applyRelease({ journalId, ranges, bytes: signedBytes(signed) });
    if (counted.counted > 0) report({ kind: 'released', ranges: counted.counted });
    return counted;
  }

  function verified<T extends Receipt | Release>(
    what: Word['kind'],
    format: SignedFormat<T>,
    signed: Signed<T>,
  ): T | 'ignored' | 'waiting' {
    const checked = verifyAnswer(crypto, session.trust(), format, signed);
    if (checked.ok) {
      session.carried(checked.value.issuedAt);
      return checked.value;
    }
    if (isEarly(checked.error, signed.value.epoch)) return 'waiting';
    report({ kind: 'ignored', what, code: checked.error.code });
    return 'ignored';
  }

  /** Well signed for this terminal, in an epoch it has not heard of: the platform was restored meanwhile. */
  function isEarly({ code }: TrustTrouble, epoch: Uint8Array): boolean {
    const isFormer = session.trust().formerEpochs.some((former) => equalBytes(former, epoch));
    return code === 'wrong-epoch' && !isFormer;
  }

  function countOwed(): number {
    const { waiting: toOffer, held, refused } = journal.countOwed(session.basis());
    return toOffer + held + refused;
  }

  return {
    take(file) {
      const parsed = parseRescueAnswers(file);
      if (!parsed.ok) return parsed;
      session.takeKeySets(parsed.value.flatMap((one) => (one.kind === 'key-set' ? [one.keySet] : [])));
      const words = parsed.value.flatMap((one) => (one.kind === 'key-set' ? [] : [one]));
      const { early, ...taken } = takeWords(words);
      if (early.length > 0) session.doubt({ code: 'wrong-epoch' });
      waiting = [...waiting.filter((word) => !early.some((other) => isSame(word, other))), ...early];
      return ok({ ...taken, waiting: early.length });
    },
    retry() {
      const words = waiting;
      // What the hello does not name is of an epoch left behind unheard: it is not asked for again and again.
      waiting = [];
      if (words.length > 0) takeWords(words);
    },
  };
}

/** Receipts first: what is released was held before. */
function inOrder(words: readonly Word[]): readonly Word[] {
  return [
    ...words.filter(({ kind }) => kind === 'receipt'),
    ...words.filter(({ kind }) => kind === 'release'),
  ];
}

function isSame(a: Word, b: Word): boolean {
  return equalBytes(signatureOf(a), signatureOf(b));
}

function signatureOf(word: Word): Uint8Array {
  return word.kind === 'receipt' ? word.receipt.signature : word.release.signature;
}
