import { concat } from '../../base/bytes.ts';
import { type Cancel, type Clock, sleep } from '../../base/clock.ts';
import { wireMs } from '../transport/wire-time.ts';
import type { DeviceLine } from './device-line.ts';
import { type LineNoise, QUIET } from './line-noise.ts';

/** How often bytes under way are handed to the line. */
const CHUNK_MS = 4;

/**
 * A device's end of a line as a wire of a set speed: what is sent arrives no faster than the speed allows, and
 * a driver that set another speed hears, and is heard as, garbage.
 */
export class Wire {
  readonly #line: DeviceLine;
  readonly #clock: Clock;
  #baudRate: number;
  /** Taken once all that is under way has gone. */
  #nextBaudRate: number;
  #queue: Uint8Array = new Uint8Array(0);
  #startedMs = 0;
  #sentBytes = 0;
  #cancel: Cancel = () => undefined;
  #hearing: Promise<void> = Promise.resolve();
  #noise = QUIET;

  constructor(options: {
    line: DeviceLine;
    clock: Clock;
    baudRate: number;
    onData: (bytes: Uint8Array) => void;
  }) {
    this.#line = options.line;
    this.#clock = options.clock;
    this.#baudRate = options.baudRate;
    this.#nextBaudRate = options.baudRate;
    options.line.onData((bytes) => {
      this.#hearing = this.#hearing.then(async () => {
        const speed = await options.line.readSpeed();
        await sleep(options.clock, wireMs(bytes.length, speed));
        if (speed === this.#baudRate) return options.onData(this.#noise.spoil(bytes));
        options.onData(garble(bytes));
        // A device answers what it took for noise with nothing; what the driver then hears is a glitch.
        options.line.write(garble(bytes.subarray(0, 3)));
      });
    });
  }

  /** Sends bytes at the wire's speed, after those already under way. */
  send(bytes: Uint8Array): void {
    if (this.#queue.length === 0) {
      this.#startedMs = this.#clock.monoMs();
      this.#sentBytes = 0;
    }
    this.#queue = concat(this.#queue, bytes);
    this.#pump();
  }

  /** Changes the speed after what is sent next. */
  changeSpeed(baudRate: number): void {
    this.#nextBaudRate = baudRate;
  }

  /** From now on bytes of both directions are spoilt so. */
  setNoise(noise: LineNoise): void {
    this.#noise = noise;
  }

  /** Takes another speed at once. */
  takeSpeed(baudRate: number): void {
    this.#baudRate = baudRate;
    this.#nextBaudRate = baudRate;
  }

  /** Drops what is still under way. */
  cut(): void {
    this.#cancel();
    this.#queue = new Uint8Array(0);
  }

  /** Cuts the wire and closes its line. */
  async close(): Promise<void> {
    this.cut();
    await this.#line.close();
  }

  #pump(): void {
    this.#cancel();
    const elapsedMs = this.#clock.monoMs() - this.#startedMs;
    const due = Math.floor(elapsedMs / wireMs(1, this.#baudRate)) - this.#sentBytes;
    const chunk = this.#queue.slice(0, due);
    if (chunk.length > 0) {
      this.#line.write(this.#noise.spoil(chunk));
      this.#sentBytes += chunk.length;
      this.#queue = this.#queue.slice(chunk.length);
    }
    if (this.#queue.length === 0) {
      this.#baudRate = this.#nextBaudRate;
      return;
    }
    const restMs = wireMs(this.#sentBytes + this.#queue.length, this.#baudRate) - elapsedMs;
    this.#cancel = this.#clock.after(Math.min(CHUNK_MS, Math.max(1, restMs)), () => this.#pump());
  }
}

/** Bytes as a receiver at another speed samples them: deterministic, and never what was sent. */
export function garble(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => byte ^ (1 + ((index * 37 + 0x59) % 255)));
}
