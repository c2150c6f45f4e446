/** Every delay of a proof device, in milliseconds. */
export const PROOF_DELAYS = {
  /** For a module to load and open. */
  openMs: 15_000,
  /** Before a module that failed is opened anew. */
  reopenMs: 5_000,
  /** Between two questions what works. */
  checkMs: 3_000,
  /** For the answer to that. */
  answerMs: 5_000,
  /** During a proof, how long a module may say nothing while it is its turn. */
  silenceMs: 30_000,
  /** For the person to type a code. */
  codeMs: 180_000,
  /** For a module to stop a proof, or to close. */
  closeMs: 5_000,
} as const;

/** Wrong guesses that one code allows. */
export const MOST_GUESSES = 5;
