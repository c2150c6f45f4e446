import { SerialPort } from 'serialport';
import { err, ok } from '../../base/result.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** Where a serial device is and how fast it speaks; 8 data bits, no parity, 1 stop bit (domain.md A.2). */
export interface SerialOptions {
  /** A stable name, e.g. a udev link; it need not exist yet. */
  readonly path: string;
  readonly baudRate: number;
}

/**
 * Serial lines through `serialport`. Ports are named by configuration, never listed: `SerialPort.list()`
 * throws where there is no udevadm. Modem lines are left alone: `set()` and `get()` fail on a
 * pseudo-terminal, and no device here needs them.
 */
export function serialTransport(options: SerialOptions): OpenTransport {
  return (listener) =>
    new Promise((resolve) => {
      const port = new SerialPort({ path: options.path, baudRate: options.baudRate, autoOpen: false });
      let live = false;
      const lose = () => {
        if (!live) return;
        live = false;
        if (port.isOpen) port.close(() => undefined);
        listener.onClose();
      };
      const transport: Transport = {
        write(bytes) {
          if (live) port.write(bytes, (error) => error && lose());
        },
        close() {
          live = false;
          if (port.isOpen) port.close(() => undefined);
        },
      };
      port.on('error', lose);
      port.on('close', lose);
      port.on('data', (chunk: Buffer) => {
        // Copied out and overwritten: the library's read pool would keep a card's bytes for long.
        const bytes = Uint8Array.from(chunk);
        chunk.fill(0);
        if (live) listener.onData(bytes);
      });
      port.open((error) => {
        if (error) return resolve(err({ code: 'cannot-open', detail: error.message }));
        live = true;
        resolve(ok(transport));
      });
    });
}
