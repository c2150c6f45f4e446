import { concat } from '../../base/bytes.ts';
import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import type { DeviceReason, DeviceState, SlipJob, SlipOutcome } from '../api.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { wireMs } from '../transport/wire-time.ts';
import { DROP_BUFFERS, FEED_AND_CUT } from './escpos.ts';
import { PRINTER_DELAYS } from './printer-delays.ts';
import { type PrinterDialect, PrinterLine } from './printer-line.ts';
import { type Columns, countLines, encodeSlip } from './slip-layout.ts';
import type { PrinterCondition } from './status.ts';

/** What a printer session is given. */
export interface PrinterSessionOptions {
  readonly open: OpenTransport;
  readonly clock: Clock;
  readonly columns: Columns;
  /** The line's speed, to know how long a slip is under way. */
  readonly baudRate: number;
  /** How it tells its state; as most do unless said. */
  readonly dialect?: PrinterDialect;
  /** `linesPrinted`: lines of paper used so far, counted in full for a slip that may be out in part. */
  onStatus(state: DeviceState, reason: DeviceReason | null, linesPrinted: number): void;
}

/** A slip printer. */
export interface PrinterSession {
  /** Prints one slip; slips asked for at once print one after the other. */
  print(job: SlipJob): Promise<SlipOutcome>;
  /** Closes the line for good. */
  stop(): void;
}

/** Opens the line, looks at the printer now and then, and opens the line again whenever it is lost. */
export function startPrinterSession(options: PrinterSessionOptions): PrinterSession {
  const session = new Session(options);
  session.start();
  return { print: (job) => session.print(job), stop: () => session.stop() };
}

const SILENT: PrinterCondition = { state: 'fault', reason: 'not-answering' };
const GONE: PrinterCondition = { state: 'fault', reason: 'port-closed' };

class Session {
  readonly #options: PrinterSessionOptions;
  #line: PrinterLine | undefined;
  /** Whether the printer answers in order; unknown until it was well once. */
  #tellsWhenDone: boolean | undefined;
  /** A slip ended badly: its part may hang in the printer, and must not come out joined to the next. */
  #hasRemains = false;
  #linesPrinted = 0;
  #stopped = false;
  #cancelNext: Cancel = () => undefined;
  /** What uses the line goes one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PrinterSessionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#say('starting', null);
    void this.#open();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
    this.#line?.close();
  }

  print(job: SlipJob): Promise<SlipOutcome> {
    const askedMs = this.#options.clock.monoMs();
    const slip = encodeSlip(job.blocks, this.#options.columns);
    return this.#inTurn(async () => {
      if (this.#options.clock.monoMs() - askedMs > PRINTER_DELAYS.queueMs) return notPrinted('not-answering');
      const before = await this.#look();
      this.#tell(before);
      if (before.state === 'fault') return notPrinted(before.reason);
      const line = this.#line;
      if (line === undefined) return notPrinted('port-closed');
      this.#linesPrinted += countLines(job.blocks, this.#options.columns);
      this.#say('busy', null);
      const after = await this.#send(line, this.#hasRemains ? concat(FEED_AND_CUT, slip) : slip);
      this.#tell(after);
      this.#hasRemains = after.state === 'fault';
      if (after.state !== 'fault') return { outcome: 'printed' };
      line.write(DROP_BUFFERS);
      return { outcome: 'unknown', reason: after.reason };
    });
  }

  async #open(): Promise<void> {
    const { open, clock, dialect = 'escpos' } = this.#options;
    const line = await PrinterLine.find(open, clock, dialect, () => this.#lose());
    if (this.#stopped) return line?.close();
    if (line === undefined) return this.#lose();
    this.#line = line;
    this.#tellsWhenDone = undefined;
    await this.#poll();
  }

  #lose(): void {
    this.#line = undefined;
    if (this.#stopped) return;
    this.#tell(GONE);
    this.#next(PRINTER_DELAYS.reopenMs, () => this.#open());
  }

  async #poll(): Promise<void> {
    await this.#inTurn(async () => this.#tell(await this.#look()));
    if (this.#line !== undefined) this.#next(PRINTER_DELAYS.pollMs, () => this.#poll());
  }

  #next(delayMs: number, task: () => Promise<void>): void {
    this.#cancelNext();
    if (!this.#stopped) this.#cancelNext = this.#options.clock.after(delayMs, () => void task());
  }

  /** The printer's condition now; once it is well, also learns whether it answers in order. */
  async #look(): Promise<PrinterCondition> {
    const line = this.#line;
    if (line === undefined) return GONE;
    const condition = await line.findCondition();
    if (!line.isOpen) return GONE;
    if (condition === undefined) return SILENT;
    if (condition.state !== 'fault' && this.#tellsWhenDone === undefined) {
      this.#tellsWhenDone = await line.reportsInOrder(PRINTER_DELAYS.inOrderMs);
    }
    return condition;
  }

  /** Sends a slip and watches until it is out; the condition afterwards says how it went. */
  async #send(line: PrinterLine, slip: Uint8Array): Promise<PrinterCondition> {
    const { clock } = this.#options;
    line.write(slip);
    await sleep(clock, wireMs(slip.length, this.#options.baudRate));
    const sentMs = clock.monoMs();
    const limitMs = this.#tellsWhenDone ? PRINTER_DELAYS.printMs : PRINTER_DELAYS.settleMs;
    const progress = { isDone: false };
    const done = this.#tellsWhenDone
      ? line.reportsInOrder(limitMs).then((isDone) => {
          progress.isDone = isDone;
        })
      : undefined;
    for (;;) {
      await Promise.race([sleep(clock, PRINTER_DELAYS.watchMs), ...(done ? [done] : [])]);
      const isDone = progress.isDone;
      const condition = await this.#look();
      // Said again and again: whoever watches sees that a long slip is no hang.
      this.#say('busy', null);
      if (condition.state === 'fault' || isDone) return condition;
      if (clock.monoMs() - sentMs >= limitMs) return done === undefined ? condition : SILENT;
    }
  }

  /** A fault of the line is no fault of a printer that is there. */
  #tell(condition: PrinterCondition): void {
    if (condition.reason === 'port-closed') this.#say('absent', 'port-closed');
    else this.#say(condition.state, condition.reason);
  }

  #say(state: DeviceState, reason: DeviceReason | null): void {
    this.#options.onStatus(state, reason, this.#linesPrinted);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function notPrinted(reason: DeviceReason): SlipOutcome {
  return { outcome: 'not-printed', reason };
}
