import { concat, utf8 } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import type { DeviceLine } from './device-line.ts';
import { Wire } from './wire.ts';

/** What a scanner is set to send after a code. */
export const CODE_ENDS = { cr: '\r', lf: '\n', crlf: '\r\n', none: '' } as const;
export type CodeEnd = keyof typeof CODE_ENDS;

/** What it is set to send before a code: this one has read a QR code. */
const AIM = utf8(']Q1');

/** A simulated code scanner (domain.md C.1) at the far end of a serial line. */
export class ScannerSimulator {
  readonly #clock: Clock;
  readonly #baudRate: number;
  readonly #onChange: () => void;
  #wire: Wire | undefined;
  #scans = 0;

  constructor(options: { clock: Clock; baudRate: number; onChange: () => void }) {
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#onChange = options.onChange;
  }

  plug(line: DeviceLine): void {
    this.#wire = new Wire({ line, clock: this.#clock, baudRate: this.#baudRate, onData: () => undefined });
  }

  async unplug(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  /** How many codes it has read so far. */
  get scans(): number {
    return this.#scans;
  }

  /** Reads a code held before it. */
  scan(code: Uint8Array, end: CodeEnd): void {
    this.#scans += 1;
    this.#wire?.send(concat(AIM, code, utf8(CODE_ENDS[end])));
    this.#onChange();
  }
}
