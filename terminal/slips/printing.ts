/**
 * Prints slips. What is wanted is a durable row of the keeper; what is printing now is known here alone. The
 * devices process decides nothing: it says printed, not printed or unknown, and its death while it prints is
 * an unknown.
 */
import { ok, type Result } from '../../base/result.ts';
import type { SlipBlock, SlipJob, SlipOutcome } from '../../drivers/api.ts';
import type { SlipState } from '../api.ts';
import type { Keeper, KeepTrouble } from '../keeper.ts';

/** What prints: the devices process as a client, or a test's own. Rejects when the line to it breaks. */
export interface SlipPrinter {
  printSlip(job: SlipJob): Promise<SlipOutcome>;
}

/** The slips of this terminal. */
export interface SlipDesk {
  /**
   * Prints the slip an entry owes: the job as it is while nothing came out, else one more as a copy. One that owes none
   * gets its first.
   * `blocksOf` makes its words when it is known whether it is a copy. Does nothing while one is printing or
   * no printer is there: the job stays wanted and is offered again. Fails when a copy cannot be noted as wanted.
   */
  print(entryId: Uint8Array, blocksOf: (copy: boolean) => readonly SlipBlock[]): Result<void, KeepTrouble>;
  /** How the slip of an entry stands; null when none is owed. */
  findState(entryId: Uint8Array): SlipState | null;
  /** Prints nothing more. What is printing now is noted no more either: the next start finds it unknown. */
  stop(): void;
}

/** A {@link SlipDesk}. `findPrinter` gives nothing while no printer can print; `onChange` follows each step. */
export function createSlipDesk(options: {
  readonly keeper: Pick<Keeper, 'findSlip' | 'wantSlipCopy' | 'noteSlip'>;
  readonly findPrinter: () => SlipPrinter | undefined;
  readonly onChange: () => void;
}): SlipDesk {
  const { keeper, findPrinter, onChange } = options;
  const printing = new Set<string>();
  // A copy that did not come out is still a copy when it is tried again. After a restart it is unknown anyway.
  const copies = new Set<string>();
  let isStopped = false;

  const run = async (printer: SlipPrinter, jobId: string, blocks: readonly SlipBlock[]) => {
    // Whatever broke may have broken after the paper came out, so it is never "not printed".
    const outcome = await printer
      .printSlip({ jobId, blocks: [...blocks] })
      .catch((): SlipOutcome => ({ outcome: 'unknown', reason: 'port-closed' }));
    if (isStopped) return;
    printing.delete(jobId);
    if (outcome.outcome !== 'not-printed') copies.delete(jobId);
    keeper.noteSlip(jobId, outcome.outcome === 'not-printed' ? 'wanted' : outcome.outcome);
    onChange();
  };

  return {
    print(entryId, blocksOf) {
      const slip = keeper.findSlip(entryId);
      const printer = findPrinter();
      if (isStopped || printer === undefined || (slip !== undefined && printing.has(slip.jobId)))
        return ok(undefined);
      const wanted = slip?.state === 'wanted' ? ok(slip) : keeper.wantSlipCopy(entryId);
      if (!wanted.ok) return wanted;
      const { jobId } = wanted.value;
      if (slip !== undefined && jobId !== slip.jobId) copies.add(jobId);
      printing.add(jobId);
      onChange();
      void run(printer, jobId, blocksOf(copies.has(jobId)));
      return ok(undefined);
    },
    findState(entryId) {
      const slip = keeper.findSlip(entryId);
      if (slip === undefined) return null;
      if (printing.has(slip.jobId)) return 'printing';
      if (slip.state !== 'wanted') return slip.state;
      return findPrinter() === undefined ? 'no-printer' : 'not-printed';
    },
    stop() {
      isStopped = true;
    },
  };
}
