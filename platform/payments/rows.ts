/** How a payment stands, derived from what is written of it. */
import type { PaymentRow } from '../store/tables.ts';

/** Why a payment ended without being posted. */
export type Ending =
  /** Its time ran out, and the provider takes no money for it any more. */
  | 'unpaid'
  /** The money went back. */
  | 'refunded'
  /** The same bill is being paid, or was, by another payment. */
  | 'another'
  /** Paid elsewhere, changed, or gone at the biller's before anything was opened. */
  | 'already-paid'
  | 'amount-changed'
  | 'no-bill';

/** Created (the case came), open (there is a code to pay by), paid (the provider says so), posted (the biller says so). */
export type PaymentState = 'created' | 'open' | 'paid' | 'posted' | Ending;

/** The state of a row. */
export function stateOf(row: Pick<PaymentRow, 'ending' | 'postedMs' | 'paidMs' | 'code'>): PaymentState {
  if (row.ending !== null) return row.ending;
  if (row.postedMs !== null) return 'posted';
  if (row.paidMs !== null) return 'paid';
  return row.code === null ? 'created' : 'open';
}

/** What a payer reads. */
export function yuanInWords(amountFen: number): string {
  return `${Math.floor(amountFen / 100)}.${String(amountFen % 100).padStart(2, '0')} 元`;
}
