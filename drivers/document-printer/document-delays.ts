/** All times of the document printer's driver, in milliseconds. */
export const DOCUMENT_DELAYS = {
  /** Between two looks at a printer nobody uses. */
  pollMs: 5_000,
  /** For an answer to a question. */
  answerMs: 4_000,
  /** Between two looks at a job under way. */
  watchMs: 1_000,
  /** From being asked until a job is out or given up. */
  jobMs: 150_000,
  /** A job that begins with less of that time left is not begun. */
  leastMs: 60_000,
  /** For a printer to take the whole document; small ones take it as fast as they print. */
  sendMs: 90_000,
  /** A printer in trouble under a job is given so long to be set right: paper put in, a cover shut. */
  mendMs: 20_000,
  /** A printer that cannot be asked about its job is asked again for so long. */
  lostMs: 15_000,
  /** For a job that is taken back to end. */
  cancelMs: 12_000,
} as const;
