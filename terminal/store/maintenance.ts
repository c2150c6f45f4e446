import type { Cancel, Clock } from '../../base/clock.ts';

/** What is done again and again while the terminal runs. */
export interface Chores {
  /** Moves buckets on, drops old lines and expired drafts. */
  readonly sweep: () => void;
  readonly backUp: () => void;
  /** One small step of the full check; true when there are more. */
  readonly checkStep: () => boolean;
}

/** When each is done. The first backup comes soon, for a terminal that is restarted every night. */
const CHORE_TIMES = {
  firstCheckMs: 20_000,
  checkStepEveryMs: 50,
  firstBackupMs: 3_600_000,
  backupEveryMs: 24 * 3_600_000,
  sweepEveryMs: 3_600_000,
} as const;

/** Starts the chores; the answer stops them. */
export function startMaintenance(clock: Clock, chores: Chores): Cancel {
  const cancels = new Map<string, Cancel>();

  function repeat(name: string, firstMs: number, everyMs: number, chore: () => boolean): void {
    cancels.set(
      name,
      clock.after(firstMs, () => {
        if (chore()) repeat(name, everyMs, everyMs, chore);
      }),
    );
  }

  function always(chore: () => void): () => boolean {
    return () => {
      chore();
      return true;
    };
  }

  const times = CHORE_TIMES;
  repeat('check', times.firstCheckMs, times.checkStepEveryMs, chores.checkStep);
  repeat('sweep', times.sweepEveryMs, times.sweepEveryMs, always(chores.sweep));
  repeat('backup', times.firstBackupMs, times.backupEveryMs, always(chores.backUp));
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
}
