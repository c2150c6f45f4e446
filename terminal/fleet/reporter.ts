/**
 * Tells the platform how this machine is: every so often, and soon after a device changed. Never before what is owed:
 * while entries wait to be handed over a report waits too. What is lost on the way is in the next one's sums.
 */
import type { Cancel, Clock } from '../../base/clock.ts';
import { fraction, type Random } from '../../base/random.ts';
import type { Client } from '../../sync/client.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest, parseReportAnswer } from '../../sync/formats/report.ts';
import { type MachineReport, REPORT_EVERY_S } from '../../sync/report-contents.ts';

/** What a reporter is handed. */
export interface ReporterParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly client: Client;
  /** How the machine is now; nothing while its store cannot say. */
  readonly report: () => MachineReport | undefined;
  /** Whether the platform can be reached. */
  readonly online: () => boolean;
  /** Entries that are still to be handed over. */
  readonly waiting: () => number;
}

/** A reporter that runs. */
export interface Reporter {
  /** A device changed: a report goes soon. */
  changed(): void;
  stop(): void;
}

/** The first one, once the start has settled. */
const FIRST_MS = 60_000;
/** After a change: one report tells of all that belongs together. */
const CHANGED_MS = 10_000;
/** While it must wait for something. */
const HELD_MS = 15_000;
/** What waits for longer waits for a reason of its own (a file of it is lost): it silences the machine no more. */
const HELD_MOST_MS = 300_000;
/** However often devices come and go. */
const LEAST_BETWEEN_MS = 60_000;
const TIMEOUT_MS = 20_000;
/** Machines that started together report apart. */
const SPREAD = 0.2;

/** Starts reporting. */
export function startReporter({ clock, random, client, report, online, waiting }: ReporterParts): Reporter {
  let everyMs = REPORT_EVERY_S * 1000;
  let cancel: Cancel = () => {};
  let dueMonoMs = 0;
  let sentMonoMs = Number.NEGATIVE_INFINITY;
  let isSending = false;
  let hasChanged = false;
  let heldMonoMs: number | undefined;
  let stopped = false;

  /** What is owed goes first. */
  function mayGo(): boolean {
    if (!online()) return false;
    if (waiting() === 0) {
      heldMonoMs = undefined;
      return true;
    }
    heldMonoMs ??= clock.monoMs();
    return clock.monoMs() - heldMonoMs >= HELD_MOST_MS;
  }

  function wait(ms: number): void {
    cancel();
    dueMonoMs = clock.monoMs() + ms;
    if (!stopped) cancel = clock.after(ms, () => void send());
  }

  const spread = (ms: number) => ms * (1 - SPREAD / 2 + SPREAD * fraction(random));

  async function send(): Promise<void> {
    if (isSending) return;
    const said = mayGo() ? report() : undefined;
    if (said === undefined) return wait(HELD_MS);
    isSending = true;
    hasChanged = false;
    sentMonoMs = clock.monoMs();
    const content = makeReportRequest(encodeContent(said));
    const called = await client({ endpoint: 'reports', content, timeoutMs: TIMEOUT_MS });
    isSending = false;
    const answer = called.ok ? parseReportAnswer(called.value) : undefined;
    if (answer?.ok) everyMs = answer.value.everyS * 1000;
    wait(hasChanged ? LEAST_BETWEEN_MS : spread(everyMs));
  }

  wait(spread(FIRST_MS));
  return {
    changed() {
      hasChanged = true;
      if (isSending) return;
      const nowMs = clock.monoMs();
      const soonMs = Math.max(CHANGED_MS, sentMonoMs + LEAST_BETWEEN_MS - nowMs);
      if (nowMs + soonMs < dueMonoMs) wait(soonMs);
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
