import { utf8 } from '../../base/bytes.ts';
import { COMMON_HID_POS_LAYOUT, type HidPosLayout } from '../scanner/hid-pos-layout.ts';
import type { EndpointCodec } from './hid-endpoint.ts';

/** Length in bytes of an input report, its id counted. */
const REPORT_BYTES = 64;

/** The input reports of one code, as a HID-POS scanner of this layout cuts it; `aim` as `]Q1`. */
export function hidPosReports(
  code: Uint8Array,
  aim: string,
  layout: HidPosLayout = COMMON_HID_POS_LAYOUT,
): Uint8Array[] {
  const { maxDataBytes } = layout;
  const count = Math.max(1, Math.ceil(code.length / maxDataBytes));
  return Array.from({ length: count }, (_, index) => {
    const data = code.subarray(index * maxDataBytes, (index + 1) * maxDataBytes);
    const report = new Uint8Array(REPORT_BYTES);
    report[0] = layout.reportId;
    report[layout.lengthAt] = data.length;
    if (layout.aimAt !== null) report.set(utf8(aim), layout.aimAt);
    report.set(data, layout.dataAt);
    report[layout.moreAt] = index < count - 1 ? 1 : 0;
    return report;
  });
}

/** A HID-POS scanner that has read a QR code: what is written at the device's end is one code. */
export function hidPosEndpoint(layout?: HidPosLayout): EndpointCodec {
  return { receive: () => new Uint8Array(0), answer: (code) => hidPosReports(code, ']Q1', layout) };
}
