/** Length in bytes of a report of a card reader, without a report id (domain.md A.10). */
export const REPORT_BYTES = 64;

/** How frames of the secure module travel in reports. One codec serves one opening of a device. */
export interface ReportCodec {
  /** The output reports of one request frame, each {@link REPORT_BYTES} long. */
  encode(frame: Uint8Array): readonly Uint8Array[];
  /** What an input report brings of an answer: a copy, perhaps empty. */
  decode(report: Uint8Array): Uint8Array;
}

/** Bytes cut into reports, the last one padded with zeros. */
export function cutIntoReports(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / REPORT_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const report = new Uint8Array(REPORT_BYTES);
    report.set(bytes.subarray(index * REPORT_BYTES, (index + 1) * REPORT_BYTES));
    return report;
  });
}
