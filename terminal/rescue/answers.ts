import type { Disk } from '../../base/disk.ts';
import type { Result } from '../../base/result.ts';
import { RESCUE_FILES } from '../../sync/formats/rescue.ts';
import type { FormatTrouble } from '../../sync/formats/shape.ts';
import { JournalUnavailable } from '../../sync/ports.ts';
import type { AnswersTaken } from '../../sync/rescue-answers.ts';
import { findRescues } from './stick.ts';

/** What came of the answers on a stick; numbers alone. */
export interface AnswersReport extends AnswersTaken {
  /** Folders with answers. */
  readonly folders: number;
  /** Of these: answers that cannot be read, or that the journal could not take now. */
  readonly unreadable: number;
}

/** Who takes an `answers.cbor`: the engine. */
export type TakeAnswers = (file: Uint8Array) => Result<AnswersTaken, FormatTrouble>;

/** Reads every answer on the stick back, and hands it to `take`. The stick is left as it is. */
export function readAnswers(stick: Disk, take: TakeAnswers): AnswersReport {
  const report = { folders: 0, unreadable: 0, receipted: 0, erased: 0, ignored: 0, waiting: 0 };
  for (const { path, state } of findRescues(stick)) {
    if (state !== 'answered') continue;
    report.folders += 1;
    const taken = takeOne(
      stick,
      path === '' ? RESCUE_FILES.answers : `${path}/${RESCUE_FILES.answers}`,
      take,
    );
    if (!taken) report.unreadable += 1;
    else {
      report.receipted += taken.receipted;
      report.erased += taken.erased;
      report.ignored += taken.ignored;
      report.waiting += taken.waiting;
    }
  }
  return report;
}

function takeOne(stick: Disk, path: string, take: TakeAnswers): AnswersTaken | undefined {
  const file = stick.read(path);
  if (!file.ok) return undefined;
  try {
    const taken = take(file.value);
    return taken.ok ? taken.value : undefined;
  } catch (error) {
    if (error instanceof JournalUnavailable) return undefined;
    throw error;
  }
}
