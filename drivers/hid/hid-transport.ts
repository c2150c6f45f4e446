import { err, ok } from '../../base/result.ts';
import type { OpenTransport } from '../transport/transport.ts';
import type { HidBackend, HidHandle, HidPlace } from './backend.ts';
import type { ReportCodec } from './reports.ts';

/** Which HID device is meant. */
export interface HidMatch {
  readonly vendorId: number;
  readonly productId: number;
  /** Only where two of the same make are plugged in. */
  readonly serialNumber?: string | undefined;
  /** Where a device has several interfaces: which. One whose page nobody tells is taken. */
  readonly usagePage?: number | undefined;
}

/** What a line over HID is given. */
export interface HidTransportOptions {
  readonly backend: HidBackend;
  readonly match: HidMatch;
  /** A codec for one opening. */
  createCodec(): ReportCodec;
}

/** A line to a device over HID, for drivers that know lines of bytes: each report is decoded to a piece of data. */
export function hidTransport({ backend, match, createCodec }: HidTransportOptions): OpenTransport {
  return async (listener) => {
    const places = await backend.list();
    if (!places.ok) return places;
    const place = places.value.find((candidate) => isMeant(candidate, match));
    if (place === undefined) return err({ code: 'cannot-open', detail: 'not plugged in' });
    const codec = createCodec();
    const opened = await backend.open(place.path, {
      onReport(report) {
        const bytes = codec.decode(report);
        report.fill(0);
        if (bytes.length > 0) listener.onData(bytes);
      },
      onClose: () => listener.onClose(),
    });
    if (!opened.ok) return opened;
    const handle: HidHandle = opened.value;
    return ok({
      write(bytes) {
        for (const report of codec.encode(bytes)) handle.write(report);
      },
      close: () => handle.close(),
    });
  };
}

function isMeant(place: HidPlace, { vendorId, productId, serialNumber, usagePage }: HidMatch): boolean {
  return (
    place.vendorId === vendorId &&
    place.productId === productId &&
    (serialNumber === undefined || place.serialNumber === serialNumber) &&
    (usagePage === undefined || place.usagePage === null || place.usagePage === usagePage)
  );
}
