/** How a job is, in a printer's own words (RFC 8011 §5.3.7, §5.3.8). */
import { findValue, GROUP_TAGS, type IppMessage } from './ipp-message.ts';

/** A job as its printer tells it. */
export interface JobReport {
  readonly phase: 'under-way' | 'completed' | 'ended-early';
  /** Sheets may be out. False only where the printer says that it never began. */
  readonly mayHavePrinted: boolean;
  /** It is completed, and the printer says that something went wrong in it. */
  readonly hasErrors: boolean;
}

const STATES = { processing: 5, stopped: 6, canceled: 7, aborted: 8, completed: 9 } as const;
const { job: JOB } = GROUP_TAGS;

/** Understands an answer about a job. One without a state is no such answer: undefined. */
export function findJobReport(message: IppMessage): JobReport | undefined {
  const state = findValue(message, JOB, 'job-state');
  if (typeof state !== 'number') return undefined;
  const isCompleted = state === STATES.completed;
  const isOver = isCompleted || state === STATES.canceled || state === STATES.aborted;
  const reasons = message.groups.find(({ tag }) => tag === JOB)?.attributes.get('job-state-reasons') ?? [];
  return {
    phase: isCompleted ? 'completed' : isOver ? 'ended-early' : 'under-way',
    mayHavePrinted: isCompleted || isAtWork(state) || !saysItNeverBegan(message),
    hasErrors: reasons.includes('job-completed-with-errors'),
  };
}

/** The number a printer gave to a job it has just taken. */
export function findJobId(message: IppMessage): number | undefined {
  const id = findValue(message, JOB, 'job-id');
  return typeof id === 'number' && id > 0 ? id : undefined;
}

function isAtWork(state: number): boolean {
  return state === STATES.processing || state === STATES.stopped;
}

/** `time-at-processing` has no value until a job is begun, and every printer must tell it (RFC 8011 §5.3.14). */
function saysItNeverBegan(message: IppMessage): boolean {
  const sheets = ['job-impressions-completed', 'job-media-sheets-completed'].map((name) =>
    findValue(message, JOB, name),
  );
  return (
    findValue(message, JOB, 'time-at-processing') === null &&
    sheets.every((count) => typeof count !== 'number' || count === 0)
  );
}
