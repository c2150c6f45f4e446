/** What telling people needs of others: the numbers of record, and whoever carries short messages. */

/** Whose number is looked for. */
export interface Holder {
  readonly name: string;
  /** Of their ID card. */
  readonly number: string;
}

/** The register in which a person's own telephone stands; what was typed at a terminal never counts. */
export interface NumbersOfRecord {
  find(
    holder: Holder,
  ): Promise<
    { readonly kind: 'found'; readonly phone: string } | { readonly kind: 'none' } | { readonly kind: 'away' }
  >;
}

/** One message, as it is handed on. */
export interface ShortMessage {
  /** Ours, the same at every try: 32 hexadecimal characters. */
  readonly reference: string;
  readonly phone: string;
  readonly words: string;
}

/**
 * Whoever carries messages. A reference that it has taken it never takes again, however often it is sent: `sent` says
 * so too. One that cannot promise this needs an adapter that remembers references.
 */
export interface MessageCarrier {
  /** `away`: perhaps taken, perhaps not; it is sent again. `refused`: never taken. */
  send(message: ShortMessage): Promise<'sent' | 'refused' | 'away'>;
}

/** The ways to people, and where they call. */
export interface MessageOptions {
  readonly numbers: NumbersOfRecord;
  readonly carrier: MessageCarrier;
  /** Where somebody of the county answers; stands in each message. */
  readonly telephone: string;
}
