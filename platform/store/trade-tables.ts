/** What is booked and what is paid; rows follow from cases. */

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
