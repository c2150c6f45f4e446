/** Whoever sends bills (water, power, a school, an insurance), as the platform sees them: a port with four calls. */
import type { Told } from './payment-provider.ts';

/** A bill, or an account that takes any amount. */
export interface FoundBill {
  /** The biller's own name for it, which says nothing of account or person; null where nothing is due. */
  readonly reference: string | null;
  /** Whole: nobody beyond the platform sees it so. */
  readonly owner: string;
  readonly address: string | null;
  /** What it is for, in words: `2026年10月`. */
  readonly period: string;
  /** Null where the payer says how much. */
  readonly amountFen: number | null;
  readonly isPaid: boolean;
}

/** What is to be paid for a reference now. */
export type Due =
  | { readonly kind: 'due'; readonly amountFen: number | null }
  | { readonly kind: 'paid' }
  | { readonly kind: 'gone' };

/** What became of telling a biller that a bill was paid. */
export type Posted =
  | { readonly kind: 'posted'; readonly receipt: string }
  /** They will not have it, now or later: the money goes back. */
  | { readonly kind: 'refused' };

/** The port, for all billers by their slugs. Never throws for what a biller or the way to it can do. */
export interface Billers {
  /** What an account owes; null where there is no such account. */
  findBills(biller: string, account: string): Promise<Told<readonly FoundBill[] | null>>;
  findDue(biller: string, reference: string): Promise<Told<Due>>;
  /** Tells that it was paid; once a payment: the same again answers the same. */
  post(
    biller: string,
    paid: { readonly payment: string; readonly reference: string; readonly amountFen: number },
  ): Promise<Told<Posted>>;
  /** Takes a payment back that may have been told: `refused` says that it does not count there, and never will. */
  takeBack(biller: string, payment: string): Promise<Told<Posted>>;
}
