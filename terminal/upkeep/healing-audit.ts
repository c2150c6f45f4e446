/** Tells the platform that this machine's disk loses what it was given: somebody must bring another. */
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { HealingNote } from '../journal/healings-table.ts';
import type { Keeper } from '../keeper.ts';

/** The check of the second copy begins soon after a start; what it finds goes out together. */
const FIRST_MS = 120_000;
const EVERY_MS = 3_600_000;

/** Starts telling; what cannot be kept now is told later. The answer stops it. */
export function startHealingAudit(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly keeper: Pick<Keeper, 'keep'>;
  readonly healings: HealingNote;
}): Cancel {
  const { clock, random, keeper, healings } = parts;
  let cancel: Cancel = clock.after(FIRST_MS, tellAgain);

  function tellAgain(): void {
    tell();
    cancel = clock.after(EVERY_MS, tellAgain);
  }

  function tell(): void {
    const healed = healings.find();
    if (!healed || healed.told === healed.pieces) return;
    const kept = keeper.keep({
      submissionId: random.bytes(16),
      entryClass: 2,
      content: { schema: 1, kind: 'audit.copy-healed', pieces: healed.pieces - healed.told },
      attachments: [],
      remember: null,
      slip: false,
    });
    if (kept.ok) healings.noteTold(healed.pieces);
  }

  return () => cancel();
}
