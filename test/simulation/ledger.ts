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
  /** The key that had to sign it, by its id; `undefined` before it was kept. */
  dueKeyId: Uint8Array | undefined;
  /** Journals that were closed when it was first kept: it must be in none of them. */
  closedJournals: ReadonlySet<string>;
}

/** What the visitors know: the truth that the machines are held against. */
export interface Ledger {
  readonly filed: ReadonlyMap<string, Filed>;
  /** Notes what a visitor was told, and by which key it must be signed; a repeat must be told the same. */
  note(submission: Submission, told: Kept | 'refused' | 'nothing', dueKeyId: Uint8Array | undefined): void;
  latest(): Filed | undefined;
}

/** A ledger of what was filed `before`; `onBreach` hears of answers that contradict each other. */
export function createLedger(
  closedJournals: () => ReadonlySet<string>,
  onBreach: (breach: Breach) => void,
  before: ReadonlyMap<string, Filed> = new Map(),
): Ledger {
  const filed = new Map([...before].map(([name, known]) => [name, { ...known }]));
  let latest: Filed | undefined;
  return {
    filed,
    latest: () => latest,
    note(submission, told, dueKeyId) {
      const name = toHex(submission.submissionId);
      const unknown = { submission, kept: undefined, dueKeyId: undefined, closedJournals: new Set<string>() };
      const known: Filed = filed.get(name) ?? unknown;
      filed.set(name, known);
      latest = known;
      if (typeof told === 'string') return;
      if (known.kept && !isSameAnswer(known.kept, told)) {
        onBreach({ law: 'law 1', how: `the repeat of ${name} was told another entry` });
      }
      if (!told.repeated) {
        known.closedJournals = closedJournals();
        known.dueKeyId = dueKeyId;
      }
      known.kept = told;
    },
  };
}
