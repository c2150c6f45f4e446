/** What stands written in figures, and how it is said: dates, times, money, phones, numbers of papers. */

/** One way of writing. */
export interface Reading {
  /** Matched where a text is read, with the flags `uy`. */
  readonly pattern: RegExp;
  /** The words it is said with, from the match and its groups; a comma is a pause. */
  say(match: RegExpExecArray): string;
}

/** One way of writing, from its pattern and its words by the pattern's groups; absent groups are empty. */
export function reading(pattern: RegExp, say: (...groups: readonly string[]) => string): Reading {
  return {
    pattern: new RegExp(pattern.source, 'uy'),
    say: (match) => say(...match.slice(1).map((group) => group ?? '')),
  };
}

/** Figures and letters in the groups they were written in, each said alone; what is masked is a pause. */
export function spelled(text: string, digits: (run: string) => string): string {
  return text
    .split(/[^\da-z]+/i)
    .filter((group) => group !== '')
    .map((group) =>
      group.replaceAll(/\d+|[a-z]/gi, (run) =>
        /\d/.test(run) ? ` ${digits(run)} ` : ` ${run.toUpperCase()} `,
      ),
    )
    .join(', ');
}
