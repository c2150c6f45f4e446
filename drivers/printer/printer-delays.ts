/** Every delay of the printer session, in milliseconds. A slip as a whole ends within 30 s. */
export const PRINTER_DELAYS = {
  /** Between two attempts to open the line. */
  reopenMs: 1_000,
  /** Between two looks at an idle printer. */
  pollMs: 2_000,
  /** How long one status byte may take. */
  answerMs: 500,
  /** How long an idle printer may take to answer in order; one that does not is taken as unable to. */
  inOrderMs: 500,
  /** While a slip prints, between two looks. */
  watchMs: 400,
  /** How long a slip may take to print once it is sent. */
  printMs: 15_000,
  /** A slip is out after this time, when the printer cannot tell and has no fault. */
  settleMs: 8_000,
  /** A slip that had to wait this long for another is given back. */
  queueMs: 3_000,
} as const;
