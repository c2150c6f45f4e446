import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import type { OpenTransport, Transport } from '../transport/transport.ts';
import { REPORT_IN_ORDER } from './escpos.ts';
import { PRINTER_DELAYS } from './printer-delays.ts';
import {
  conditionOf,
  isInOrderByte,
  isStatusByte,
  type PrinterAnswers,
  type PrinterCondition,
  type StatusKind,
  statusRequest,
} from './status.ts';

type Waiter = (byte: number | undefined) => void;

/** An open line to a slip printer: commands out, one-byte answers in. */
export class PrinterLine {
  readonly #clock: Clock;
  #transport: Transport | undefined;
  #statusWaiter: Waiter | undefined;
  #inOrderWaiter: Waiter | undefined;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens the line; `undefined` when it cannot be. `onClose` runs when it is lost, not when it is closed. */
  static async find(
    open: OpenTransport,
    clock: Clock,
    onClose: () => void,
  ): Promise<PrinterLine | undefined> {
    const line = new PrinterLine(clock);
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
    const answers = await this.#findAnswers();
    if (answers !== undefined || !this.isOpen) return answers && conditionOf(answers);
    // An answer that comes late must not be taken for that to another question.
    await sleep(this.#clock, PRINTER_DELAYS.answerMs);
    const second = await this.#findAnswers();
    return second && conditionOf(second);
  }

  /** Whether everything sent so far was printed within `timeoutMs`, as far as the printer tells it. */
  async reportsInOrder(timeoutMs: number): Promise<boolean> {
    const byte = await this.#ask(REPORT_IN_ORDER, timeoutMs, (waiter) => {
      this.#inOrderWaiter = waiter;
    });
    return byte !== undefined;
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
    return this.#ask(statusRequest(kind), PRINTER_DELAYS.answerMs, (waiter) => {
      this.#statusWaiter = waiter;
    });
  }

  #ask(
    request: Uint8Array,
    timeoutMs: number,
    place: (waiter: Waiter | undefined) => void,
  ): Promise<number | undefined> {
    if (this.#transport === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const settle: Waiter = (byte) => {
        cancel();
        place(undefined);
        resolve(byte);
      };
      place(settle);
      cancel = this.#clock.after(timeoutMs, () => settle(undefined));
      this.write(request);
    });
  }

  #hear(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (isStatusByte(byte)) this.#statusWaiter?.(byte);
      else if (isInOrderByte(byte)) this.#inOrderWaiter?.(byte);
    }
  }

  #letGo(): void {
    this.#transport = undefined;
    this.#statusWaiter?.(undefined);
    this.#inOrderWaiter?.(undefined);
  }
}
