/** Requests as a terminal might send them, with every part in the caller's hand. */
import { invariant } from '../../base/result.ts';
import { CBOR_TYPE } from '../../sync/contract.ts';
import { parseProblem } from '../../sync/formats/messages.ts';
import { AUTH_HEADER, makeAuth } from '../../sync/formats/request.ts';
import { crypto, nodeFetch, type TestTerminal } from './test-terminal.ts';

/** What is sent, and what is signed about it where that differs. */
export interface Sending {
  readonly method?: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  readonly target: string;
  readonly content?: Uint8Array;
  readonly bootId: Uint8Array;
  readonly counter: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces what the proof says. */
  readonly proof?: Partial<Parameters<typeof makeAuth>[2]>;
  /** Replaces the key it is signed with. */
  readonly key?: TestTerminal['key'];
}

/** What came back: the status, and from 400 on the code of the problem. */
export interface Reply {
  readonly status: number;
  readonly problem: string | null;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const NOTHING = new Uint8Array(0);

/** Sends one request as `terminal`. */
export async function sendAs(terminal: TestTerminal, sending: Sending): Promise<Reply> {
  const { method = 'POST', target, content = NOTHING, bootId, counter, headers = {} } = sending;
  const { platformId, terminalId, origin } = terminal;
  const said = { platformId, terminalId, bootId, counter, method, target, content, ...sending.proof };
  const sent = await nodeFetch({
    ...{ method, url: `${origin}${target}`, timeoutMs: 40_000, maxBytes: 8 << 20 },
    headers: {
      [AUTH_HEADER]: makeAuth(crypto, sending.key ?? terminal.key, said),
      ...(content.length > 0 && { 'content-type': CBOR_TYPE }),
      ...headers,
    },
    ...(content.length > 0 && { body: content }),
  });
  invariant(sent.ok, `the platform answers: ${sent.ok ? '' : sent.error.code}`);
  const { status, body } = sent.value;
  const problem = status >= 400 ? parseProblem(body) : undefined;
  return {
    status,
    body,
    headers: sent.value.headers,
    problem: problem?.ok ? (problem.value.code ?? null) : null,
  };
}
