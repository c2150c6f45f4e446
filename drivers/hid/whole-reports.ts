import type { ReportCodec } from './reports.ts';

/** Reports as they are, each a piece of data by itself, for a device that only tells: it is sent nothing. */
export function wholeReports(): ReportCodec {
  return { encode: () => [], decode: (report) => report.slice() };
}
