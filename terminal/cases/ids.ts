/** The numbers and keys of one case, made before anything is kept (journal.md "Slip", "Content"). */
import { concat, label, utf8 } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import { digits, type Random } from '../../base/random.ts';
import { localNumberOf } from '../../sync/formats/slip.ts';

/** What names a case. */
export interface CaseIds {
  /** 16 bytes, made when the matter opened: a repeat returns the first answer. */
  readonly submissionId: Uint8Array;
  /** 16 random bytes. */
  readonly caseId: Uint8Array;
  /** Twelve digits. */
  readonly localNumber: string;
  /** Six digits. */
  readonly slipCode: string;
  /** 32 bytes, an X25519 private key; its public half is what progress is sealed to. */
  readonly replyKeyPrivate: Uint8Array;
}

/** Fresh ids; `again` carries over those of a draft, so that a case kept just before a crash is a repeat. */
export function makeCaseIds(
  random: Random,
  again?: { readonly submissionId: Uint8Array; readonly caseId: Uint8Array },
): CaseIds {
  const caseId = again?.caseId ?? random.bytes(16);
  return {
    submissionId: again?.submissionId ?? random.bytes(16),
    caseId,
    localNumber: localNumberOf(caseId),
    slipCode: digits(random, 6),
    replyKeyPrivate: random.bytes(32),
  };
}

/**
 * The ids of a case that another one opens as well (一件事). What names it follows from what names the first, so that
 * filing both again, after a crash between them too, is a repeat of both; code and key are its own.
 */
export function bundledCaseIds(
  first: Pick<CaseIds, 'submissionId' | 'caseId'>,
  matterId: string,
  tools: { readonly random: Random; readonly crypto: Pick<Crypto, 'sha256'> },
): CaseIds {
  const { random, crypto } = tools;
  const submissionId = derived(crypto, 'yizhan/bundled-submission/1', first.submissionId, matterId);
  return makeCaseIds(random, { submissionId, caseId: bundledCaseId(first.caseId, matterId, crypto) });
}

/** The id of the case that the case `firstCaseId` opens in another matter. */
export function bundledCaseId(
  firstCaseId: Uint8Array,
  matterId: string,
  crypto: Pick<Crypto, 'sha256'>,
): Uint8Array {
  return derived(crypto, 'yizhan/bundled-case/1', firstCaseId, matterId);
}

function derived(
  crypto: Pick<Crypto, 'sha256'>,
  purpose: string,
  first: Uint8Array,
  matterId: string,
): Uint8Array {
  return crypto.sha256(concat(label(purpose), first, utf8(matterId))).slice(0, 16);
}
