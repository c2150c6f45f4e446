import { z } from 'zod';
import { type HidMatch, hidTransport } from '../hid/hid-transport.ts';
import { nodeHid } from '../hid/node-hid.ts';
import { wholeReports } from '../hid/whole-reports.ts';
import { serialTransport } from '../transport/serial.ts';
import type { OpenTransport } from '../transport/transport.ts';
import { HID_POS_USAGE_PAGE } from './hid-pos.ts';
import { COMMON_HID_POS_LAYOUT, hidPosLayoutSchema } from './hid-pos-layout.ts';
import { startHidScannerSession } from './hid-scanner-session.ts';
import { type ScannerSession, type ScannerSessionOptions, startScannerSession } from './scanner-session.ts';

/** A number of USB, 0 to 0xFFFF. */
const usbNumber = z.int().min(0).max(0xffff);

/** A scanner on a serial line; `hasAim`: it is set to send an AIM identifier before each code. */
export const serialScannerSchema = z.strictObject({
  path: z.string().min(1),
  baudRate: z.int().positive(),
  hasAim: z.boolean(),
});

/** A scanner on HID, and how its maker lays out a report where that is not as most do. */
export const hidScannerSchema = z.strictObject({
  vendorId: usbNumber,
  productId: usbNumber,
  serialNumber: z.string().min(1).optional(),
  layout: hidPosLayoutSchema.default(COMMON_HID_POS_LAYOUT),
});

/** Where a scanner is, and how it is heard. */
export const scannerPlaceSchema = z.union([serialScannerSchema, hidScannerSchema]);
export type ScannerPlace = z.output<typeof scannerPlaceSchema>;

/** Which HID interface a scanner's codes come by: the one that is no keyboard. */
export function hidScannerMatch({
  vendorId,
  productId,
  serialNumber,
}: z.output<typeof hidScannerSchema>): HidMatch {
  return { vendorId, productId, serialNumber, usagePage: HID_POS_USAGE_PAGE };
}

/** Hears the scanner at `place`; `through` puts a hand on its line. */
export function startScanner(
  place: ScannerPlace,
  options: Omit<ScannerSessionOptions, 'open' | 'hasAim'> & {
    through(open: OpenTransport): OpenTransport;
  },
): ScannerSession {
  if ('path' in place) {
    const { hasAim, ...port } = place;
    return startScannerSession({ ...options, hasAim, open: options.through(serialTransport(port)) });
  }
  const line = hidTransport({ backend: nodeHid, match: hidScannerMatch(place), createCodec: wholeReports });
  return startHidScannerSession({ ...options, layout: place.layout, open: options.through(line) });
}
