import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { hidTransport } from '../hid/hid-transport.ts';
import { miaxisReports } from '../hid/miaxis.ts';
import { nodeHid } from '../hid/node-hid.ts';
import { plainReports } from '../hid/plain-reports.ts';
import { serialTransport } from '../transport/serial.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { searchSpeed } from './speed-search.ts';

/** A number of USB, 0 to 0xFFFF. */
const usbNumber = z.int().min(0).max(0xffff);

/** A reader on HID: which device, and how it wraps its frames. */
export const hidReaderSchema = z.strictObject({
  vendorId: usbNumber,
  productId: usbNumber,
  serialNumber: z.string().min(1).optional(),
  wrapping: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('plain') }),
    /** `command`: the byte by which the reader passes a frame on; its maker says which. */
    z.strictObject({ type: z.literal('miaxis'), command: z.int().min(0).max(0xff) }),
  ]),
});
type HidReader = z.output<typeof hidReaderSchema>;

/** A reader on a serial line; one that speaks at another speed is found all the same. */
interface SerialReader {
  readonly path: string;
  readonly baudRate: number;
}

/** Where a reader is, as a line; `onSpeed` is told at which speed one on a serial line answered. */
export function readerLine(
  place: SerialReader | HidReader,
  { clock, onSpeed }: { clock: Clock; onSpeed(baudRate: number): void },
): OpenTransport {
  if ('wrapping' in place) {
    const { wrapping, ...match } = place;
    const createCodec = () => (wrapping.type === 'plain' ? plainReports() : miaxisReports(wrapping.command));
    return hidTransport({ backend: nodeHid, match, createCodec });
  }
  return searchSpeed({
    clock,
    baudRate: place.baudRate,
    openAt: (baudRate) => serialTransport({ path: place.path, baudRate }),
    onFound: onSpeed,
  });
}
