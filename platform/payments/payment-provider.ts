/**
 * A payment provider as the platform sees it: a port with four calls, each of which may be made again without harm. Only
 * what it answers counts; what it sends by itself (`notices.ts`) says no more than where to look.
 */

/** What a call brought; `unavailable` says nothing of whether it was done. `code` is a word of ours. */
export type Told<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'unavailable'; readonly code: string };

/** Money that came in for an order. */
export interface Money {
  /** The provider's own number, once for each payment. */
  readonly number: string;
  readonly amountFen: number;
}

/** An order as the provider has it. */
export interface Order {
  /** No money comes in any more once it is false. */
  readonly isOpen: boolean;
  /** Text of the QR code that a phone pays it by. */
  readonly code: string;
  /** All that came, the first first, also what was given back. */
  readonly money: readonly Money[];
}

/** The port. Never throws for what a provider or the way to it can do. */
export interface PaymentProvider {
  /** Opens an order under our own reference; the same reference again answers the same order, a closed one included. */
  open(asked: {
    readonly reference: string;
    readonly amountFen: number;
    /** What the payer reads on the phone. */
    readonly words: string;
    /** The provider closes it by itself then, by its own clock. */
    readonly closesInMs: number;
  }): Promise<Told<Order>>;
  /** The order; null where there is none. */
  find(reference: string): Promise<Told<Order | null>>;
  /** Closes it, one that was never opened too: afterwards no money comes in. Answers what had come by then. */
  close(reference: string): Promise<Told<Order>>;
  /** Gives money back to whoever paid it; once a number. */
  refund(money: Money): Promise<Told<null>>;
}
