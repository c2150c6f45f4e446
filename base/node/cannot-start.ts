/** How a program that cannot start ends: another start changes nothing until somebody does (`EX_TEMPFAIL`). */
export const CANNOT_START_EXIT = 75;

/**
 * Why a program cannot start, or go on, until someone changes something outside: no bug of ours. Its message is a
 * sentence for whoever started it; it may name a file, never a person.
 */
export class CannotStart extends Error {
  /** For the log. */
  readonly code: 'in-use';

  constructor(code: 'in-use', message: string) {
    super(message);
    this.name = 'CannotStart';
    this.code = code;
  }
}
