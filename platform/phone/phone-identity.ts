/** Whoever can say who shows a code that nobody else can read: the service behind the province's app. */

/** What it says of a code. `unavailable`: it cannot now, or what it said was not to be believed. */
export type PhoneWord =
  | { readonly kind: 'person'; readonly name: string; readonly number: string }
  | { readonly kind: 'refused'; readonly why: 'not-a-code' | 'forged' | 'old' | 'used' }
  | { readonly kind: 'unavailable'; readonly code: string };

/** The port to that service. It counts the uses of its own codes: a code is right once. */
export interface PhoneIdentity {
  check(code: string): Promise<PhoneWord>;
}
