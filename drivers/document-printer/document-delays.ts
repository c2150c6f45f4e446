/** All times of the document printer's driver, in milliseconds. */
export interface DocumentDelays {
  /** Between two looks at a printer nobody uses. */
  readonly pollMs: number;
  /** For an answer to a question. */
  readonly answerMs: number;
  /** Between two looks at a job under way. */
  readonly watchMs: number;
  /** From being asked until a job is out or given up. */
  readonly jobMs: number;
  /** A job that begins with less of that time left is not begun. */
  readonly leastMs: number;
  /** For a printer to take the whole document; small ones take it as fast as they print. */
  readonly sendMs: number;
  /** A printer in trouble under a job is given so long to be set right: paper put in, a cover shut. */
  readonly mendMs: number;
  /** A printer that cannot be asked about its job is asked again for so long. */
  readonly lostMs: number;
  /** For a job that is taken back to end. */
  readonly cancelMs: number;
}

/** The times it works by: a document has ended within 180 s of being asked for. */
export const DOCUMENT_DELAYS: DocumentDelays = {
  pollMs: 5_000,
  answerMs: 4_000,
  watchMs: 1_000,
  jobMs: 125_000,
  leastMs: 60_000,
  sendMs: 90_000,
  mendMs: 20_000,
  lostMs: 15_000,
  cancelMs: 12_000,
};
