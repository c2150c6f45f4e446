import type { FileTrouble } from './ports.ts';

/** What the engine reports, for the log. Codes and numbers only: nothing that names a person or an entry. */
export type SyncEvent =
  /** A step failed; it is tried again in `waitMs`. */
  | { readonly kind: 'trouble'; readonly loop: 'up' | 'down'; readonly code: string; readonly waitMs: number }
  /** Something signed did not count. */
  | {
      readonly kind: 'ignored';
      readonly what: 'hello' | 'key-set' | 'receipt' | 'release' | 'page' | 'order';
      readonly code: string;
    }
  /** Items of a verified receipt or release that are not this journal's own. */
  | { readonly kind: 'foreign'; readonly what: 'receipt' | 'release'; readonly count: number }
  /** A batch was answered; how many entries of it each outcome got. */
  | { readonly kind: 'answered'; readonly outcomes: Readonly<Record<number, number>> }
  /** An entry's files are all at the platform, how many. */
  | { readonly kind: 'uploaded'; readonly files: number }
  /** A file of an entry cannot be had, and the platform has not got it. */
  | { readonly kind: 'file-trouble'; readonly code: FileTrouble }
  | { readonly kind: 'released'; readonly ranges: number }
  /** A feed page was taken; the kinds of its items. */
  | { readonly kind: 'page'; readonly kinds: readonly number[] }
  | { readonly kind: 'epoch'; readonly isFirst: boolean }
  | { readonly kind: 'key-set'; readonly number: number }
  /** The platform forgot the present key, and was asked to certify it once more by the one before: `done`, or why not. */
  | { readonly kind: 'made-known'; readonly code: string }
  | { readonly kind: 'time-learned' };
