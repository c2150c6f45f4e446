/**
 * The report of a machine as it travels (docs/protocol.md, "HTTP"): its content is a map that may grow. Not kept by
 * the terminal, so it may change with `/v2/`.
 */
import type { Result } from '../../base/result.ts';
import {
  bytes,
  type FormatTrouble,
  fromBytes,
  int,
  one,
  structure,
  toBytes,
  tooLarge,
  type ValueOf,
} from './shape.ts';

const reportRequest = structure({ v: one, suite: one, content: bytes() });
/** The content of `POST /v1/reports`. */
export type ReportRequest = ValueOf<typeof reportRequest>;

/** A platform asks for a report at most once a minute and at least once a day. */
const everyS = int(60, 86_400);
const reportAnswer = structure({ v: one, suite: one, everyS });

/** The bytes of a report, around its encoded content. */
export function makeReportRequest(content: Uint8Array): Uint8Array {
  return toBytes(reportRequest, { v: 1, suite: 1, content });
}

/** Reads a report; beyond `mostBytes` it is not looked at. */
export function parseReportRequest(
  whole: Uint8Array,
  mostBytes: number,
): Result<ReportRequest, FormatTrouble> {
  return whole.length > mostBytes ? tooLarge('') : fromBytes(reportRequest, whole);
}

/** The answer: so many seconds to the next one. */
export function makeReportAnswer(seconds: number): Uint8Array {
  return toBytes(reportAnswer, { v: 1, suite: 1, everyS: seconds });
}

/** Reads the answer. */
export function parseReportAnswer(whole: Uint8Array): Result<ValueOf<typeof reportAnswer>, FormatTrouble> {
  return fromBytes(reportAnswer, whole);
}
