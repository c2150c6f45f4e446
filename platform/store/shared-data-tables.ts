/** What was fetched of people's data, and consents that count no more. */
import type { QueryContent } from '../../sync/contents.ts';

/** A consent that counts no more, as its terminal said; it may be said before the consent itself arrives. */
export interface ConsentWithdrawalsTable {
  consentId: Uint8Array;
  terminalId: Uint8Array;
  /** The entry that says so. */
  entryId: Uint8Array;
  atMs: number;
}

/** A fetch of shared data that began: by which terminal's question, on which consent. Who it is about is sealed there. */
export interface FetchesTable {
  terminalId: Uint8Array;
  nonce: Uint8Array;
  consentId: Uint8Array;
  dataSet: string;
  atMs: number;
}

/** How it ended, and how many records were told; none of them. */
export interface FetchEndsTable {
  terminalId: Uint8Array;
  nonce: Uint8Array;
  outcome: QueryContent['outcome'];
  records: number;
  atMs: number;
}
