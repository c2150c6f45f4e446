import type { CardTrouble, DeviceReason } from '../api.ts';

/** What an SW3 means to us. */
export type StatusMeaning =
  | { readonly kind: 'success' }
  | { readonly kind: 'card-found' }
  | { readonly kind: 'no-card' }
  /** The line spoilt the request: say it again. */
  | { readonly kind: 'resend' }
  /** The reader lost its place: begin again with find. */
  | { readonly kind: 'restart' }
  /** The card has no such item. */
  | { readonly kind: 'no-item' }
  /** The card cannot be used; the villager is told. */
  | { readonly kind: 'trouble'; readonly trouble: CardTrouble }
  /** The reader cannot be used; the maintainer is told. */
  | { readonly kind: 'unfit'; readonly reason: DeviceReason };

/** The SW3 of whatever went well, a find apart. */
export const SUCCESS = 0x90;

/** Every SW3 of domain.md A.5. */
export const STATUS_MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map<number, StatusMeaning>([
  [SUCCESS, { kind: 'success' }],
  [0x9f, { kind: 'card-found' }],
  [0x80, { kind: 'no-card' }],
  [0x10, { kind: 'resend' }],
  [0x11, { kind: 'resend' }],
  [0x21, { kind: 'restart' }],
  [0x24, { kind: 'restart' }],
  [0x47, { kind: 'restart' }],
  [0x91, { kind: 'no-item' }],
  [0x31, { kind: 'trouble', trouble: 'lay-again' }],
  [0x41, { kind: 'trouble', trouble: 'lay-again' }],
  [0x81, { kind: 'trouble', trouble: 'lay-again' }],
  [0x32, { kind: 'trouble', trouble: 'unreadable' }],
  [0x33, { kind: 'trouble', trouble: 'unreadable' }],
  [0x40, { kind: 'trouble', trouble: 'wrong-card' }],
  [0x23, { kind: 'unfit', reason: 'not-authorised' }],
  [0x66, { kind: 'unfit', reason: 'not-authorised' }],
  [0x60, { kind: 'unfit', reason: 'self-test-failed' }],
]);

/** The meaning of an SW3; one that no source lists is taken as a reader that lost its place. */
export function meaningOf(sw3: number): StatusMeaning {
  return STATUS_MEANINGS.get(sw3) ?? { kind: 'restart' };
}
