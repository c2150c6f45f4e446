import { toHex } from '../../base/bytes.ts';
import type { Kept } from '../../terminal/keeper.ts';
import type { Submission } from './people.ts';
import { isSameAnswer } from './terminal.ts';

/** A law, or a promise beside the laws, and how it was broken. */
export interface Breach {
  readonly law: string;
  readonly how: string;
}

/** A submission, and what its visitor was told. */
export interface Filed {
  readonly submission: Submission;
  /** The answer "kept", if it was ever given; else it may or may not be there. */
  kept: Kept | undefined;
  /** Journals that were closed when it was first kept: it must be in none of them. */
  closedJournals: ReadonlySet<string>;
}

/** What the visitors know: the truth that the machines are held against. */
export interface Ledger {
  readonly filed: ReadonlyMap<string, Filed>;
  /** Notes what a visitor was told; a repeat must be told the same. */
  note(submission: Submission, told: Kept | 'refused' | 'nothing'): void;
  latest(): Filed | undefined;
}

/** An empty ledger; `onBreach` hears of answers that contradict each other. */
export function createLedger(
  closedJournals: () => ReadonlySet<string>,
  onBreach: (breach: Breach) => void,
): Ledger {
  const filed = new Map<string, Filed>();
  let latest: Filed | undefined;
  return {
    filed,
    latest: () => latest,
    note(submission, told) {
      const name = toHex(submission.submissionId);
      const known = filed.get(name) ?? { submission, kept: undefined, closedJournals: new Set<string>() };
      filed.set(name, known);
      latest = known;
      if (typeof told === 'string') return;
      if (known.kept && !isSameAnswer(known.kept, told)) {
        onBreach({ law: 'law 1', how: `the repeat of ${name} was told another entry` });
      }
      if (!told.repeated) known.closedJournals = closedJournals();
      known.kept = told;
    },
  };
}
