import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import type { OpenTransport, Transport } from '../transport/transport.ts';
import { REPORT_IN_ORDER } from './escpos.ts';
import { PRINTER_DELAYS } from './printer-delays.ts';
import {
  conditionOf,
  conditionOfFull,
  FULL_STATUS_REQUEST,
  type FullStatus,
  FullStatusFinder,
  isInOrderByte,
  isStatusByte,
  type PrinterAnswers,
  type PrinterCondition,
  type StatusKind,
  statusRequest,
} from './status.ts';

type Waiter<T> = (answer: T | undefined) => void;

/** How a printer tells its state: four single bytes as most do, or Custom's KPM series' full status. */
export type PrinterDialect = 'escpos' | 'kpm';

/** An open line to a slip printer: commands out, short answers in. */
export class PrinterLine {
  readonly #clock: Clock;
  readonly #dialect: PrinterDialect;
  readonly #finder = new FullStatusFinder();
  #transport: Transport | undefined;
  #statusWaiter: Waiter<number> | undefined;
  #inOrderWaiter: Waiter<number> | undefined;
  #fullWaiter: Waiter<FullStatus> | undefined;

  private constructor(clock: Clock, dialect: PrinterDialect) {
    this.#clock = clock;
    this.#dialect = dialect;
  }

  /** Opens the line; `undefined` when it cannot be. `onClose` runs when it is lost, not when it is closed. */
  static async find(
    open: OpenTransport,
    clock: Clock,
    dialect: PrinterDialect,
    onClose: () => void,
  ): Promise<PrinterLine | undefined> {
    const line = new PrinterLine(clock, dialect);
    const opened = await open({
      onData: (bytes) => line.#hear(bytes),
      onClose: () => {
        line.#letGo();
        onClose();
      },
    });
    if (!opened.ok) return undefined;
    line.#transport = opened.value;
    return line;
  }

  get isOpen(): boolean {
    return this.#transport !== undefined;
  }

  /** Sends whole commands. */
  write(bytes: Uint8Array): void {
    this.#transport?.write(bytes);
  }

  close(): void {
    this.#transport?.close();
    this.#letGo();
  }

  /** Asks the printer for its condition, twice at most; `undefined` when it does not answer. */
  async findCondition(): Promise<PrinterCondition | undefined> {
    const condition = await this.#askCondition();
    if (condition !== undefined || !this.isOpen) return condition;
    // An answer that comes late must not be taken for that to another question.
    await sleep(this.#clock, PRINTER_DELAYS.answerMs);
    return this.#askCondition();
  }

  /** Whether everything sent so far was printed within `timeoutMs`, as far as the printer tells it. */
  async reportsInOrder(timeoutMs: number): Promise<boolean> {
    const byte = await this.#ask<number>(REPORT_IN_ORDER, timeoutMs, (waiter) => {
      this.#inOrderWaiter = waiter;
    });
    return byte !== undefined;
  }

  async #askCondition(): Promise<PrinterCondition | undefined> {
    if (this.#dialect === 'kpm') {
      const full = await this.#askFull();
      return full && conditionOfFull(full);
    }
    const answers = await this.#findAnswers();
    return answers && conditionOf(answers);
  }

  #askFull(): Promise<FullStatus | undefined> {
    this.#finder.clear();
    return this.#ask<FullStatus>(FULL_STATUS_REQUEST, PRINTER_DELAYS.answerMs, (waiter) => {
      this.#fullWaiter = waiter;
    });
  }

  async #findAnswers(): Promise<PrinterAnswers | undefined> {
    const answers = { printer: 0, offline: 0, error: 0, paper: 0 };
    for (const kind of Object.keys(answers) as StatusKind[]) {
      const byte = await this.#askStatus(kind);
      if (byte === undefined) return undefined;
      answers[kind] = byte;
    }
    return answers;
  }

  #askStatus(kind: StatusKind): Promise<number | undefined> {
    return this.#ask<number>(statusRequest(kind), PRINTER_DELAYS.answerMs, (waiter) => {
      this.#statusWaiter = waiter;
    });
  }

  #ask<T>(
    request: Uint8Array,
    timeoutMs: number,
    place: (waiter: Waiter<T> | undefined) => void,
  ): Promise<T | undefined> {
    if (this.#transport === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const settle: Waiter<T> = (answer) => {
        cancel();
        place(undefined);
        resolve(answer);
      };
      place(settle);
      cancel = this.#clock.after(timeoutMs, () => settle(undefined));
      this.write(request);
    });
  }

  #hear(bytes: Uint8Array): void {
    for (const byte of bytes) {
      // Its parts look like other answers.
      if (this.#dialect === 'kpm' && this.#finder.take(byte, (full) => this.#fullWaiter?.(full))) continue;
      if (isStatusByte(byte)) this.#statusWaiter?.(byte);
      else if (isInOrderByte(byte)) this.#inOrderWaiter?.(byte);
    }
  }

  #letGo(): void {
    this.#transport = undefined;
    this.#statusWaiter?.(undefined);
    this.#inOrderWaiter?.(undefined);
    this.#fullWaiter?.(undefined);
  }
}
