/** One document's way through a printer: sent, followed until it is out, and taken back if it cannot be. */
import { type Clock, sleep } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DeviceReason, DocumentOutcome } from '../api.ts';
import type { DocumentDelays } from './document-delays.ts';
import type { IppClient, IppTrouble } from './ipp-client.ts';
import { cancelJob, createJob, jobQuestion, OPERATIONS, printJob, sendDocument } from './ipp-requests.ts';
import { findJobId, findJobReport, type JobReport } from './job-state.ts';
import { conditionOfTrouble } from './printer-condition.ts';

/** What a job is given. */
export interface JobRunOptions {
  readonly client: IppClient;
  readonly clock: Clock;
  readonly delays: DocumentDelays;
  readonly pdf: Uint8Array;
  /** The job's name in the printer. */
  readonly name: string;
  /** The tray it is printed from; the printer's own choice where none is named. */
  readonly tray?: string | undefined;
  /** What the printer can do, by number. */
  readonly operations: ReadonlySet<number>;
  /** When, by the monotonic clock, a job that is not out is taken back. */
  readonly deadlineMs: number;
  /** What is wrong with the printer now. */
  findFault(): Promise<DeviceReason | null>;
  /** The session ends: what is left is the next one's to take back. */
  isStopped(): boolean;
  /** Whoever wanted it is gone: it is taken back at once. */
  isTakenBack(): boolean;
}

/** How a job went. */
export interface JobEnd {
  readonly outcome: DocumentOutcome;
  /** Sure to be out of the printer; if not, it must be looked for there. */
  readonly hasEnded: boolean;
}

/** What a printer answers about a job that it no longer knows (RFC 8011 §B.1.4.7, §B.1.4.8). */
const NO_SUCH_JOB = new Set([0x0406, 0x0407]);

/** Prints one document. */
export function runJob(options: JobRunOptions): Promise<JobEnd> {
  const { createJob: create, sendDocument: send } = OPERATIONS;
  // In two steps where the printer can: then the job has a number, to take it back by, before any of it can print.
  const isInSteps = options.operations.has(create) && options.operations.has(send);
  return isInSteps ? createAndSend(options) : sendAtOnce(options);
}

async function createAndSend(options: JobRunOptions): Promise<JobEnd> {
  const { client, clock, delays, name, pdf, tray } = options;
  const created = await client.ask(createJob(name, tray), delays.answerMs);
  if (!created.ok)
    return { outcome: notPrinted(reasonOf(created.error)), hasEnded: didNothing(created.error) };
  const jobId = findJobId(created.value);
  if (jobId === undefined) return { outcome: notPrinted('not-understood'), hasEnded: false };
  const limitMs = Math.min(delays.sendMs, options.deadlineMs - clock.monoMs());
  const sent = await client.ask(sendDocument(jobId), limitMs, pdf);
  return sent.ok ? follow(options, jobId) : takeBack(options, jobId, reasonOf(sent.error));
}

async function sendAtOnce(options: JobRunOptions): Promise<JobEnd> {
  const { client, clock, delays, name, pdf, tray } = options;
  const limitMs = Math.min(delays.sendMs, options.deadlineMs - clock.monoMs());
  const sent = await client.ask(printJob(name, tray), limitMs, pdf);
  if (!sent.ok) {
    const reason = reasonOf(sent.error);
    return didNothing(sent.error)
      ? { outcome: notPrinted(reason), hasEnded: true }
      : { outcome: unknown(reason), hasEnded: false };
  }
  const jobId = findJobId(sent.value);
  if (jobId === undefined) return { outcome: unknown('not-understood'), hasEnded: false };
  return follow(options, jobId);
}

/** Looks at a job until it has ended; takes it back when the printer stays in trouble, or time is up. */
async function follow(options: JobRunOptions, jobId: number): Promise<JobEnd> {
  const { clock, delays } = options;
  const lost = new Since(clock);
  const inTrouble = new Since(clock);
  for (;;) {
    await sleep(clock, delays.watchMs);
    if (options.isStopped()) return { outcome: unknown('not-answering'), hasEnded: false };
    if (options.isTakenBack()) return takeBack(options, jobId, 'needs-attention');
    const report = await askAbout(options, jobId);
    if (!report.ok) {
      if (isUnknownJob(report.error)) return { outcome: unknown('job-lost'), hasEnded: false };
      if (lost.note(true) >= delays.lostMs) {
        return { outcome: unknown(reasonOf(report.error)), hasEnded: false };
      }
      continue;
    }
    lost.note(false);
    const fault = await options.findFault();
    if (report.value.phase !== 'under-way') return endOf(report.value, fault ?? 'needs-attention');
    const isHopeless = inTrouble.note(fault !== null) >= delays.mendMs;
    if (isHopeless || clock.monoMs() >= options.deadlineMs) {
      return takeBack(options, jobId, fault ?? 'needs-attention');
    }
  }
}

/** Takes a job back and waits until it has ended, so that nothing of it comes out when the next person stands there. */
async function takeBack(options: JobRunOptions, jobId: number, reason: DeviceReason): Promise<JobEnd> {
  const { client, clock, delays } = options;
  const untilMs = clock.monoMs() + delays.cancelMs;
  await client.ask(cancelJob(jobId), delays.answerMs);
  while (clock.monoMs() < untilMs) {
    const report = await askAbout(options, jobId);
    if (report.ok && report.value.phase !== 'under-way') return endOf(report.value, reason);
    await sleep(clock, delays.watchMs);
  }
  return { outcome: unknown(reason), hasEnded: false };
}

function endOf(report: JobReport, reason: DeviceReason): JobEnd {
  const isPrinted = report.phase === 'completed' && !report.hasErrors;
  if (isPrinted) return { outcome: { outcome: 'printed' }, hasEnded: true };
  return { outcome: report.mayHavePrinted ? unknown(reason) : notPrinted(reason), hasEnded: true };
}

async function askAbout(
  { client, delays }: JobRunOptions,
  jobId: number,
): Promise<Result<JobReport, IppTrouble>> {
  const answer = await client.ask(jobQuestion(jobId), delays.answerMs);
  if (!answer.ok) return answer;
  const report = findJobReport(answer.value);
  return report === undefined ? err({ code: 'not-understood' }) : ok(report);
}

/** How long something has been so, without a break. */
class Since {
  readonly #clock: Clock;
  #sinceMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds since it first was so; 0 while it is not. */
  note(isSo: boolean): number {
    if (!isSo) this.#sinceMs = undefined;
    else this.#sinceMs ??= this.#clock.monoMs();
    return this.#sinceMs === undefined ? 0 : this.#clock.monoMs() - this.#sinceMs;
  }
}

function isUnknownJob(trouble: IppTrouble): boolean {
  return trouble.code === 'refused' && NO_SUCH_JOB.has(trouble.status);
}

/** Sure to have left nothing in the printer. */
function didNothing({ code }: IppTrouble): boolean {
  return code === 'no-connection' || code === 'refused' || code === 'wrong-path' || code === 'not-authorised';
}

function reasonOf(trouble: IppTrouble): DeviceReason {
  return conditionOfTrouble(trouble).reason ?? 'needs-attention';
}

function notPrinted(reason: DeviceReason): DocumentOutcome {
  return { outcome: 'not-printed', reason };
}

function unknown(reason: DeviceReason): DocumentOutcome {
  return { outcome: 'unknown', reason };
}
