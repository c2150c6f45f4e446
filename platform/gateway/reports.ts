import { readContent } from '../../sync/content-coding.ts';
import { makeReportAnswer, parseReportRequest } from '../../sync/formats/report.ts';
import { MOST_REPORT_BYTES, reportSchema } from '../../sync/report-contents.ts';
import { takeReport } from '../fleet/take.ts';
import { type Answer, problem, served } from './answer.ts';
import type { GatewayContext, TerminalCall } from './call.ts';

/** `POST /v1/reports`: takes how a machine is. */
export async function reportsEndpoint(context: GatewayContext, call: TerminalCall): Promise<Answer> {
  const request = parseReportRequest(call.content, MOST_REPORT_BYTES);
  if (!request.ok) return problem(request.error.code === 'too-large' ? 'too-large' : 'malformed');
  const report = readContent(reportSchema, request.value.content);
  if (!report.ok) return problem('malformed');
  await takeReport(context, call.terminal.terminalId, report.value);
  return served(makeReportAnswer(context.reportEveryS));
}
