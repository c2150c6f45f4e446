import { cutIntoReports, type ReportCodec } from './reports.ts';
import { SamProgress } from './sam-progress.ts';

/** Frames simply cut into reports, the last one padded with zeros (domain.md A.10, plain HID). */
export function plainReports(): ReportCodec {
  const progress = new SamProgress();
  return {
    encode(frame) {
      progress.reset();
      return cutIntoReports(frame);
    },
    decode: (report) => progress.take(report),
  };
}
