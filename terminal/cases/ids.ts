/** The numbers and keys of one case, made before anything is kept (journal.md "Slip", "Content"). */
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
