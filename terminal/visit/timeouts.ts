/**
 * Every span of time a visit knows, in milliseconds, in one table. A test or a trial hands in its own.
 */
export const TIMEOUTS = {
  /** No touch on a page before the question "are you still there?". */
  idleMs: 45_000,
  /** The same on private pages: a private matter, a private case, last use. */
  privateIdleMs: 25_000,
  /** The same on the page that says what was kept: the person has what they came for. */
  keptIdleMs: 30_000,
  /** The same while a payment is waited for: the person looks at their phone. */
  payingIdleMs: 150_000,
  /** How long that question stands before the visit ends; a touch goes on, without limit. */
  stillThereMs: 20_000,
  /**
   * How long "another person, or still me?" and its follow-up pages wait before the visit ends; they say so in the
   * last `stillThereMs` of it. A touch gives all of it anew, without limit.
   */
  secondCardMs: 30_000,
  /** How long the last page stands: take your card, take your slip. */
  goodbyeMs: 8_000,
  /** So much longer it stands for whoever was given more time: its few words are heard to their end, slowly too. */
  goodbyeExtraMs: 14_000,
  /** How long trouble with a card is shown before the machine invites again. */
  cardTroubleMs: 10_000,
  /** How long "reading" is shown when nothing more is heard from the reader. */
  readingMs: 6_000,
  /** No touch by whoever looks after the machine before their stay ends. */
  upkeepIdleMs: 120_000,
  /** How long a language chosen before any visit stays chosen. */
  lobbyLanguageMs: 45_000,
} as const;

/** The spans of a visit; see {@link TIMEOUTS}. */
export type Timeouts = { readonly [name in keyof typeof TIMEOUTS]: number };
