/** A payment in a visit: which one its page shows, and what is kept of it for the slip. */
import type { Matter } from '../../catalog/schema.ts';
import type { Filed } from './visit.ts';

/** The payment whose page is shown. */
export interface Paying {
  readonly caseId: Uint8Array;
  readonly matter: Matter;
  /** Masked. */
  readonly owner: string;
  readonly amountFen: number;
  /** The case kept in this visit; null where the payment was begun at an earlier one. */
  readonly filed: Filed | null;
  /** Its slip was printed, or asked for. */
  readonly onSlip: boolean;
  /** The cash that stands behind it; null where there is none. */
  readonly cash: PayingCash | null;
}

/** Cash that an agent took for a payment. Names are masked. */
export interface PayingCash {
  readonly agentId: Uint8Array;
  readonly agent: string;
  readonly payer: string;
  readonly localNumber: string;
  readonly takenMs: number;
  /** Makes saying twice that it went back the same. */
  readonly returnId: Uint8Array;
}

/** What a slip says of a payment, as far as it is known when it is made. */
export interface PaymentOnSlip {
  readonly amountFen: number;
  /** `cash-back`: not paid, and cash that was handed over goes back. */
  readonly state: 'posted' | 'paid' | 'not-known' | 'not-paid' | 'cash-back';
  readonly receipt: string | null;
}
