import { err, ok } from '../../base/result.ts';
import type { HidBackend, HidListener, HidPlace } from '../hid/backend.ts';
import { encodeMiaxisAnswer, MiaxisMessages } from '../hid/miaxis.ts';
import { cutIntoReports, REPORT_BYTES } from '../hid/reports.ts';
import type { DeviceLine } from './device-line.ts';

/** So fast that an answer leaves in one piece: reports have no speed of their own. */
export const HID_BIT_RATE = 480_000_000;

/** The device's side of a wrapping. */
export interface EndpointCodec {
  /** The bytes that an output report brings. */
  receive(report: Uint8Array): Uint8Array;
  /** The input reports of an answer. */
  answer(bytes: Uint8Array): readonly Uint8Array[];
}

/** A reader that takes frames simply cut into reports. */
export function plainEndpoint(): EndpointCodec {
  return { receive: (report) => report, answer: cutIntoReports };
}

/**
 * A Miaxis reader that passes frames on for `command`: it answers in messages of one report each, and puts
 * `pieceHeader` before each piece of a frame.
 */
export function miaxisEndpoint(command: number, pieceHeader: readonly number[]): EndpointCodec {
  const requests = new MiaxisMessages('requests');
  const wrappingBytes = 8;
  const pieceBytes = REPORT_BYTES - wrappingBytes - pieceHeader.length;
  let serial = 0;
  return {
    receive(report) {
      const request = requests.push(report);
      serial = request?.serial ?? serial;
      return request?.code === command ? request.payload : new Uint8Array(0);
    },
    answer: (bytes) =>
      Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) => {
        const piece = bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes);
        const payload = Uint8Array.of(...pieceHeader, ...piece);
        return cutIntoReports(encodeMiaxisAnswer({ serial, code: 0, payload }));
      }).flat(),
  };
}

/** A HID device that exists in memory alone, with a simulated device behind it. */
export interface HidEndpoint {
  /** The driver's end. */
  readonly backend: HidBackend;
  /** The device's end. */
  readonly device: DeviceLine;
  /** One input report, byte by byte as given. */
  send(report: Uint8Array): void;
  /** Every output report so far, oldest first. */
  readonly written: readonly Uint8Array[];
  unplug(): void;
  plug(): void;
}

/** Makes such a device, plugged in at `place`. */
export function createHidEndpoint(place: HidPlace, codec: EndpointCodec): HidEndpoint {
  const written: Uint8Array[] = [];
  let plugged = true;
  let driver: HidListener | undefined;
  let device: ((bytes: Uint8Array) => void) | undefined;
  const send = (report: Uint8Array) => driver?.onReport(Uint8Array.from(report));
  return {
    backend: {
      list: () => Promise.resolve(ok(plugged ? [place] : [])),
      open(path, listener) {
        if (!plugged || path !== place.path) {
          return Promise.resolve(err({ code: 'cannot-open', detail: 'unplugged' }));
        }
        driver = listener;
        return Promise.resolve(
          ok({
            write(report: Uint8Array) {
              if (driver !== listener) return;
              written.push(report.slice());
              device?.(codec.receive(report));
            },
            close() {
              if (driver === listener) driver = undefined;
            },
          }),
        );
      },
    },
    device: {
      write(bytes) {
        for (const report of codec.answer(bytes)) send(report);
      },
      onData(listener) {
        device = listener;
      },
      readSpeed: () => Promise.resolve(HID_BIT_RATE),
      close: () => Promise.resolve(),
    },
    send,
    written,
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
