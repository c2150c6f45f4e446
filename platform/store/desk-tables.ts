/** Tables of those who work at desks: who they are, what they opened and what they did. */
import type { Generated } from 'kysely';

/** Who works at a desk. `deskCode` as in cases; `password` names its own cost. */
export interface StaffTable {
  staffId: Generated<number>;
  signIn: string;
  name: string;
  deskCode: string;
  password: string;
  disabled: number;
}

/** Open desk sessions, by the hash of their token. */
export interface SessionsTable {
  tokenHash: Uint8Array;
  staffId: number;
  formToken: string;
  beganMs: number;
  lastMs: number;
}

/** Which staff member opened which case, and when; rows are never changed (a trigger refuses). */
export interface CaseViewsTable {
  viewId: Generated<number>;
  caseId: Uint8Array;
  staffId: number;
  atMs: number;
}

/** Everything that staff asked the desk for, before it was done; rows are never changed (a trigger refuses). */
export interface StaffActsTable {
  actNo: Generated<number>;
  atMs: number;
  /** Null where nobody was signed in. */
  staffId: number | null;
  /** Where they worked then. */
  deskCode: string;
  /** A name of `access/operations.ts`. */
  operation: string;
  /** What it was about: an id in hex, or empty. Names nobody. */
  subject: string;
  decision: 'allowed' | 'refused';
}
