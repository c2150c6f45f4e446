/** What a day of an agent's comes to. Pure. */
import type { DayRow, DayWhat } from './day-book.ts';

/** Sums of one day: counts, numbers of slips and money. */
export interface DaySums {
  /** Cases that were filed, by matter, in the order of the first of each. */
  readonly filed: readonly { readonly matterId: string | null; readonly numbers: readonly string[] }[];
  readonly supplemented: number;
  readonly withdrawn: number;
  readonly collected: number;
  readonly promised: number;
  readonly called: number;
  readonly cash: { readonly takenFen: number; readonly returnedFen: number };
}

/** The sums of these rows. */
export function daySums(rows: readonly DayRow[]): DaySums {
  const count = (what: DayWhat) => rows.filter((row) => row.what === what).length;
  const sum = (what: DayWhat) =>
    rows.filter((row) => row.what === what).reduce((fen, { amountFen }) => fen + (amountFen ?? 0), 0);
  const filed = new Map<string | null, string[]>();
  for (const { what, matterId, localNumber } of rows) {
    if (what !== 'case.submitted') continue;
    const numbers = filed.get(matterId) ?? [];
    filed.set(matterId, localNumber === null ? numbers : [...numbers, localNumber]);
  }
  return {
    filed: [...filed].map(([matterId, numbers]) => ({ matterId, numbers })),
    supplemented: count('case.supplemented'),
    withdrawn: count('case.withdrawn'),
    collected: count('case.collected'),
    promised: count('call-back.promised'),
    called: count('call-back.done'),
    cash: { takenFen: sum('case.submitted'), returnedFen: sum('cash.returned') },
  };
}
