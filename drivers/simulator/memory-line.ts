import { err, ok } from '../../base/result.ts';
import type { OpenTransport, TransportListener } from '../transport/transport.ts';
import type { DeviceLine } from './device-line.ts';

/** Both ends of a line that exists in memory alone: for tests on a clock of their own. */
export interface MemoryLine {
  /** The driver's end. */
  readonly open: OpenTransport;
  /** The device's end. */
  readonly device: DeviceLine;
  /** Takes the plug out: the driver's end closes, and opening fails until `plug`. */
  unplug(): void;
  plug(): void;
}

/** Makes a line on which the driver speaks at `baudRate`. Bytes arrive at once, each side getting a copy. */
export function memoryLine(baudRate: number): MemoryLine {
  let plugged = true;
  let driver: TransportListener | undefined;
  let device: ((bytes: Uint8Array) => void) | undefined;
  return {
    open: (listener) => {
      if (!plugged) return Promise.resolve(err({ code: 'cannot-open', detail: 'unplugged' }));
      driver = listener;
      return Promise.resolve(
        ok({
          write: (bytes: Uint8Array) => {
            if (driver === listener) device?.(Uint8Array.from(bytes));
          },
          close: () => {
            if (driver === listener) driver = undefined;
          },
        }),
      );
    },
    device: {
      write: (bytes) => driver?.onData(Uint8Array.from(bytes)),
      onData: (listener) => {
        device = listener;
      },
      readSpeed: () => Promise.resolve(baudRate),
      close: () => Promise.resolve(),
    },
    unplug() {
      plugged = false;
      const listener = driver;
      driver = undefined;
      listener?.onClose();
    },
    plug() {
      plugged = true;
    },
  };
}
