/** A report as it was stored. */
import { type MachineReport, reportSchema } from '../../sync/report-contents.ts';

/** The report of a row; nothing where an older platform stored what this one does not know. */
export function readReport(content: string): MachineReport | undefined {
  const parsed = reportSchema.safeParse(JSON.parse(content));
  return parsed.success ? parsed.data : undefined;
}
