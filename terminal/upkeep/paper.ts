/** How much paper is left, from what was used: pure sums. All lengths are lines of 1/6 inch. */
import type { DeviceStatus } from '../../drivers/api.ts';
import type { PaperView } from './api.ts';

/** What is known of the paper; kept in the store. */
export interface PaperUse {
  /** The printer's own count when it was last added; it begins again at 0 with each start of its program. */
  readonly counter: number;
  /** When the roll was changed; null before the first change. */
  readonly rollSinceMs: number | null;
  readonly rollLines: number;
  /** Since ever. */
  readonly allLines: number;
  readonly allSlips: number;
}

/** Before the first slip. */
export const NO_PAPER_USED: PaperUse = {
  counter: 0,
  rollSinceMs: null,
  rollLines: 0,
  allLines: 0,
  allSlips: 0,
};

/** Fewer usual slips than this and a caretaker is told: about two days of a busy village. */
const ENDING_SLIPS = 25;

/**
 * The use after the printer said how many lines it has printed since its program started. Its count goes back
 * only when that program started anew; nothing is printed then before the terminal has heard the new count.
 */
export function withCount(use: PaperUse, counter: number): PaperUse {
  const lines = counter >= use.counter ? counter - use.counter : counter;
  return {
    ...use,
    counter,
    rollLines: use.rollLines + lines,
    allLines: use.allLines + lines,
    allSlips: use.allSlips + (lines > 0 ? 1 : 0),
  };
}

/** The use after somebody put a full roll in. */
export function withNewRoll(use: PaperUse, atMs: number): PaperUse {
  return { ...use, rollSinceMs: Math.round(atMs), rollLines: 0 };
}

/** How the paper stands: the printer's own sensor first, then the forecast where the roll's length is known. */
export function paperView(use: PaperUse, printer: DeviceStatus | undefined): PaperView {
  const slipsLeft = findSlipsLeft(use, printer?.rollLines);
  return { level: levelOf(printer, slipsLeft), slipsLeft, changedAtMs: use.rollSinceMs };
}

function findSlipsLeft({ rollLines, allLines, allSlips }: PaperUse, fullRoll: number | undefined) {
  if (fullRoll === undefined || allSlips === 0) return null;
  const usualSlip = allLines / allSlips;
  return Math.max(0, Math.floor((fullRoll - rollLines) / usualSlip));
}

function levelOf(printer: DeviceStatus | undefined, slipsLeft: number | null): PaperView['level'] {
  if (printer === undefined || printer.state === 'absent') return 'unknown';
  if (printer.reason === 'paper-out') return 'out';
  if (printer.reason === 'paper-low') return 'low';
  if (printer.reason === 'not-answering') return 'unknown';
  return slipsLeft !== null && slipsLeft < ENDING_SLIPS ? 'ending' : 'enough';
}
