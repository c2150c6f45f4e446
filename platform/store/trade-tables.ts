/** What is booked and what is paid; rows follow from cases. */
import type { Ending } from '../payments/rows.ts';

/** A place at a time, taken by a case; it stands until it is freed. */
export interface BookingsTable {
  caseId: Uint8Array;
  service: string;
  /** ISO date. */
  day: string;
  /** `09:30`. */
  fromTime: string;
  /** From 1 up to what there is room for; no two standing ones alike. */
  seat: number;
  madeMs: number;
  freedMs: number | null;
}

/**
 * The payment of a case: at most one that stands (is not ended) for a bill. Times are written as facts; the state follows
 * from them (`payments/rows.ts`).
 */
export interface PaymentsTable {
  caseId: Uint8Array;
  terminalId: Uint8Array;
  biller: string;
  /** The biller's own name for the bill. */
  reference: string;
  amountFen: number;
  madeMs: number;
  /** Text of the QR code; null before there is one. */
  code: string | null;
  /** When no money is taken any more. */
  closesMs: number | null;
  paidMs: number | null;
  /** The provider's number of the money that paid it. */
  providerNumber: string | null;
  postedMs: number | null;
  /** The biller's. */
  receipt: string | null;
  endedMs: number | null;
  ending: Ending | null;
  /** Tries to post it, and when the next is due. */
  tries: number;
  notBeforeMs: number;
}

/** Money that goes back: of a payment that the biller would not have, paid twice, in a wrong amount, or too late. */
export interface RefundsTable {
  /** The provider's number of that money. */
  providerNumber: string;
  caseId: Uint8Array;
  amountFen: number;
  madeMs: number;
  doneMs: number | null;
  /** Tries to give it back, and when the next is due. */
  tries: number;
  notBeforeMs: number;
}

/** A provider's notice that was taken: the same again changes nothing, another under its id is refused. */
export interface PaymentNoticesTable {
  noticeId: string;
  caseId: Uint8Array;
  /** SHA-256 of what it said. */
  said: Uint8Array;
  takenMs: number;
}
