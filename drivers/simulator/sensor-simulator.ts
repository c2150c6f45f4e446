import type { Clock } from '../../base/clock.ts';
import type { DeviceLine } from './device-line.ts';
import { Wire } from './wire.ts';

const QUESTION = 0x3f;

/** A simulated on-off sensor at the far end of a serial line. */
export class SensorSimulator {
  readonly #clock: Clock;
  readonly #baudRate: number;
  readonly #onChange: () => void;
  #wire: Wire | undefined;
  #on = false;
  #isSilent = false;

  constructor(options: { clock: Clock; baudRate: number; onChange: () => void }) {
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#onChange = options.onChange;
  }

  plug(line: DeviceLine): void {
    this.#wire = new Wire({
      line,
      clock: this.#clock,
      baudRate: this.#baudRate,
      onData: (bytes) => {
        for (const byte of bytes) if (byte === QUESTION) this.#tell();
      },
    });
  }

  async unplug(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    await wire?.close();
  }

  get isPlugged(): boolean {
    return this.#wire !== undefined;
  }

  get isOn(): boolean {
    return this.#on;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  set(on: boolean): void {
    this.#on = on;
    this.#tell();
    this.#onChange();
  }

  setSilent(silent: boolean): void {
    this.#isSilent = silent;
    this.#onChange();
  }

  #tell(): void {
    if (!this.#isSilent) this.#wire?.send(Uint8Array.of(this.#on ? 0x31 : 0x30, 0x0d, 0x0a));
  }
}
