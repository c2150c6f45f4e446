import { toHex } from '../../base/bytes.ts';
import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import type { Fetch } from '../../base/fetch.ts';
import type { Random } from '../../base/random.ts';
import type { DeviceReason, DeviceState, DocumentJob, DocumentOutcome } from '../api.ts';
import { DOCUMENT_DELAYS, type DocumentDelays } from './document-delays.ts';
import { createIppClient, type IppClient } from './ipp-client.ts';
import { JOB_NAME_PREFIX, PRINTER_QUESTION } from './ipp-requests.ts';
import { runJob } from './job-run.ts';
import { takeBackLeftovers } from './leftovers.ts';
import {
  conditionOfTrouble,
  type DocumentPrinterCondition,
  findPrinterFacts,
  type PrinterFacts,
} from './printer-condition.ts';
import type { Trays } from './trays.ts';

/** What a document printer's session is given. */
export interface DocumentSessionOptions {
  /** The printer's address, `ipp://host[:port]/path`. */
  readonly printerUri: string;
  /** Which of its trays holds which paper, where the cabinet says so; otherwise the printer chooses. */
  readonly trays?: Trays | undefined;
  /** Must speak plain http with the printer's host: that is what `ipp` is. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** For names of jobs, which say nothing. */
  readonly random: Random;
  readonly delays?: DocumentDelays;
  onStatus(state: DeviceState, reason: DeviceReason | null): void;
}

/** A printer of whole sheets. */
export interface DocumentPrinter {
  /**
   * Prints one document; documents asked for at once print one after the other. Ends within 180 s. The bytes are
   * overwritten once the job has ended. Once `signal` is aborted nobody waits for it: it is taken back.
   */
  print(job: DocumentJob, signal?: AbortSignal): Promise<DocumentOutcome>;
  /** Stops asking; a job under way is left to the next start, which takes it back. */
  stop(): void;
}

/** Looks at the printer now and then, and takes back whatever of ours is left in it. */
export function startDocumentSession(options: DocumentSessionOptions): DocumentPrinter {
  const session = new Session(options);
  session.start();
  return { print: (job, signal) => session.print(job, signal), stop: () => session.stop() };
}

const NOTHING_KNOWN: Omit<PrinterFacts, 'condition'> = { operations: new Set(), trays: new Set() };
const STUCK: DocumentPrinterCondition = { state: 'fault', reason: 'job-stuck' };
/** The cabinet names a tray that the printer does not have: whatever is printed could come out on the other paper. */
const NO_SUCH_TRAY: DocumentPrinterCondition = { state: 'fault', reason: 'misconfigured' };

class Session {
  readonly #options: DocumentSessionOptions;
  readonly #client: IppClient;
  readonly #delays: DocumentDelays;
  /** A job of ours may be in the printer that nobody waits for: after a start, and after a job that ended unseen. */
  #mayHoldOurs = true;
  #stopped = false;
  #cancelNext: Cancel = () => undefined;
  /** What speaks with the printer goes one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DocumentSessionOptions) {
    this.#options = options;
    this.#client = createIppClient(options);
    this.#delays = options.delays ?? DOCUMENT_DELAYS;
  }

  start(): void {
    this.#say('starting', null);
    void this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
  }

  print(job: DocumentJob, signal?: AbortSignal): Promise<DocumentOutcome> {
    const deadlineMs = this.#options.clock.monoMs() + this.#delays.jobMs;
    return this.#inTurn(async () => {
      try {
        const outcome = await this.#printNow(job, deadlineMs, signal);
        this.#tell((await this.#look()).condition);
        return outcome;
      } finally {
        job.pdf.fill(0);
      }
    });
  }

  async #printNow(
    { pdf, stock = 'plain' }: DocumentJob,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<DocumentOutcome> {
    const { clock, random, trays } = this.#options;
    if (deadlineMs - clock.monoMs() < this.#delays.leastMs) return notPrinted('not-answering');
    const { condition, operations } = await this.#look();
    this.#tell(condition);
    if (!isUsable(condition)) return notPrinted(condition.reason);
    // The next session takes back what is left of ours once: nothing may be sent behind its back.
    if (this.#stopped || signal?.aborted) return notPrinted('not-answering');
    this.#mayHoldOurs = true;
    const end = await this.#whileBusy(
      runJob({
        client: this.#client,
        clock,
        delays: this.#delays,
        pdf,
        tray: trays?.[stock],
        name: `${JOB_NAME_PREFIX}${toHex(random.bytes(4))}`,
        operations,
        deadlineMs,
        findFault: async () => faultOf((await this.#ask()).condition),
        isStopped: () => this.#stopped,
        isTakenBack: () => signal?.aborted ?? false,
      }),
    );
    this.#mayHoldOurs = !end.hasEnded;
    return end.outcome;
  }

  async #poll(): Promise<void> {
    await this.#inTurn(async () => this.#tell((await this.#look()).condition));
    if (this.#stopped) return;
    this.#cancelNext = this.#options.clock.after(this.#delays.pollMs, () => void this.#poll());
  }

  /** How the printer is, once what is left in it of ours was taken back. */
  async #look(): Promise<PrinterFacts> {
    const facts = await this.#ask();
    const answers = facts.operations.size > 0;
    if (!answers || !this.#mayHoldOurs) return facts;
    const isRid = await takeBackLeftovers(this.#client, this.#options.clock, this.#delays);
    if (!isRid.ok) return { ...NOTHING_KNOWN, condition: conditionOfTrouble(isRid.error) };
    this.#mayHoldOurs = !isRid.value;
    return isRid.value ? facts : { ...facts, condition: STUCK };
  }

  async #ask(): Promise<PrinterFacts> {
    const answer = await this.#client.ask(PRINTER_QUESTION, this.#delays.answerMs);
    if (!answer.ok) return { ...NOTHING_KNOWN, condition: conditionOfTrouble(answer.error) };
    const facts = findPrinterFacts(answer.value);
    if (facts === undefined)
      return { ...NOTHING_KNOWN, condition: conditionOfTrouble({ code: 'not-understood' }) };
    return this.#hasItsTrays(facts) ? facts : { ...facts, condition: NO_SUCH_TRAY };
  }

  #hasItsTrays({ trays }: PrinterFacts): boolean {
    return trays.size === 0 || Object.values(this.#options.trays ?? {}).every((tray) => trays.has(tray));
  }

  /** Says "busy" again and again until it is done: whoever watches sees that a long job is no hang. */
  async #whileBusy<T>(work: Promise<T>): Promise<T> {
    const progress = { isDone: false };
    const done = work.finally(() => {
      progress.isDone = true;
    });
    while (!progress.isDone) {
      this.#say('busy', null);
      await Promise.race([done, sleep(this.#options.clock, this.#delays.watchMs)]);
    }
    return done;
  }

  #tell({ state, reason }: DocumentPrinterCondition): void {
    this.#say(state, reason);
  }

  #say(state: DeviceState, reason: DeviceReason | null): void {
    if (!this.#stopped) this.#options.onStatus(state, reason);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

type Unusable = Extract<DocumentPrinterCondition, { state: 'fault' | 'absent' }>;

function isUsable(
  condition: DocumentPrinterCondition,
): condition is Exclude<DocumentPrinterCondition, Unusable> {
  return condition.state === 'ok' || condition.state === 'attention';
}

function faultOf(condition: DocumentPrinterCondition): DeviceReason | null {
  return isUsable(condition) ? null : condition.reason;
}

function notPrinted(reason: DeviceReason): DocumentOutcome {
  return { outcome: 'not-printed', reason };
}
