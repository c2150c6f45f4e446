/** What an endpoint answers, and the head every signed answer begins with. */

import type { AnswerHead } from '../../sync/formats/answers.ts';
import { makeProblem, type ProblemCode } from '../../sync/formats/messages.ts';
import type { PlatformContext } from '../context.ts';

/** Content in a format of the protocol, or why the request is not served. */
export interface Answer {
  readonly status: number;
  readonly content: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const STATUS: Readonly<Record<ProblemCode, number>> = {
  malformed: 400,
  unauthenticated: 401,
  'unknown-terminal': 401,
  revoked: 403,
  'bad-code': 403,
  'not-found': 404,
  replayed: 409,
  'used-code': 409,
  'too-large': 413,
  'slow-down': 429,
  fault: 500,
  busy: 503,
};

/** Served. */
export function served(content: Uint8Array): Answer {
  return { status: 200, content };
}

/** Not served. */
export function problem(code: ProblemCode, retryAfterS: number | null = null): Answer {
  return { status: STATUS[code], content: makeProblem(code, retryAfterS) };
}

/** The head of an answer to `terminalId`, as of now. */
export function answerHead(
  context: Pick<PlatformContext, 'keys' | 'clock' | 'epoch'>,
  terminalId: Uint8Array,
): AnswerHead {
  return {
    v: 1,
    suite: 1,
    platformId: context.keys.platformId,
    epoch: context.epoch,
    signKeyId: context.keys.answerKey().keyId,
    terminalId,
    issuedAt: context.clock.wallMs(),
  };
}
