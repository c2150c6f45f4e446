import type { Crypto, SigningKey } from '../base/crypto/api.ts';
import type { Fetch, HttpResponse, HttpTrouble } from '../base/fetch.ts';
import { err, invariant, ok, type Result } from '../base/result.ts';
import { CBOR_TYPE, ENDPOINTS, type EndpointName } from './contract.ts';
import { type ProblemCode, parseProblem } from './formats/messages.ts';
import { AUTH_HEADER, makeAuth } from './formats/request.ts';

/** Who this terminal is and where its platform is. */
export interface TerminalIdentity {
  /** `https://host[:port]`. */
  readonly origin: string;
  readonly platformId: Uint8Array;
  readonly terminalId: Uint8Array;
  /** The key that signs now. */
  readonly key: SigningKey;
  /** 16 bytes, made at each start of the terminal program. */
  readonly bootId: Uint8Array;
}

/** Why a call brought nothing. `http` is an answer other than the wanted one, with what it said of itself. */
export type CallTrouble =
  | { readonly code: HttpTrouble['code'] }
  | {
      readonly code: 'http';
      readonly status: number;
      readonly problem: ProblemCode | undefined;
      readonly retryAfterMs: number;
    };

/** One call. */
interface Call {
  readonly endpoint: EndpointName;
  /** What stands in the places of its path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Query with its question mark, as it is sent. */
  readonly query?: string;
  readonly content?: Uint8Array;
  /** Of the content; where none is named it is a structure of the protocol. */
  readonly contentType?: string;
  /** Beside those that every call has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What "served" is in place of the endpoint's own: 206 where a part is asked for. */
  readonly status?: number;
  readonly signal?: AbortSignal;
  /** Signs it instead of the key that signs now. */
  readonly key?: SigningKey;
}

/** Calls the platform, each request signed and counted; answers with the status its endpoint has for "served". */
export type Exchange = (call: Call) => Promise<Result<HttpResponse, CallTrouble>>;

/** The same, where the content alone is wanted. */
export type Client = (call: Call) => Promise<Result<Uint8Array, CallTrouble>>;

/** The largest answer that is read. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Statuses about who asks and how often. Any other may be the content's fault, 503 too: one entry may make a platform fail. */
const NOT_ABOUT_THE_CONTENT = new Set([401, 403, 409, 429]);

/**
 * The calls of one boot: their counter goes up by one a request, from 1. `identity` is asked at each request,
 * because a new key may have been certified.
 */
export function createExchange(fetch: Fetch, crypto: Crypto, identity: () => TerminalIdentity): Exchange {
  let counter = 0;

  function proof(self: TerminalIdentity, target: string, call: Call): Readonly<Record<string, string>> {
    const { method, authenticated } = ENDPOINTS[call.endpoint];
    if (!authenticated) return {};
    counter += 1;
    const { platformId, terminalId, bootId } = self;
    const content = call.content ?? new Uint8Array(0);
    const signed = { platformId, terminalId, bootId, counter, method, target, content };
    return { [AUTH_HEADER]: makeAuth(crypto, call.key ?? self.key, signed) };
  }

  return async (call) => {
    const self = identity();
    const { method, path, status: usual } = ENDPOINTS[call.endpoint];
    const target = `${filled(path, call.params)}${call.query ?? ''}`;
    const response = await fetch({
      method,
      url: `${self.origin}${target}`,
      headers: {
        accept: CBOR_TYPE,
        ...(call.content && { 'content-type': call.contentType ?? CBOR_TYPE }),
        ...call.headers,
        ...proof(self, target, call),
      },
      ...(call.content && { body: call.content }),
      ...(call.signal && { signal: call.signal }),
      timeoutMs: call.timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (!response.ok) return err({ code: response.error.code });
    return response.value.status === (call.status ?? usual) ? response : err(httpTrouble(response.value));
  };
}

/** The same calls, answered with their content alone. */
export function createClient(exchange: Exchange): Client {
  return async (call) => {
    const called = await exchange(call);
    return called.ok ? ok(called.value.body) : called;
  };
}

/** Whether what was sent may be the reason: then it is tried again after everything else. */
export function mayBeItsFault(trouble: CallTrouble): boolean {
  if (trouble.code === 'http') return !NOT_ABOUT_THE_CONTENT.has(trouble.status);
  return trouble.code === 'timeout' || trouble.code === 'too-large';
}

function filled(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const value = params[name];
    invariant(value !== undefined, `a call says what stands for ${name}`);
    return value;
  });
}

/** A short code of a trouble, for the list of tries and for logs: `timeout`, `http-503` … */
export function troubleCode(trouble: CallTrouble): string {
  return trouble.code === 'http' ? `http-${trouble.status}` : trouble.code;
}

function httpTrouble(response: HttpResponse): CallTrouble {
  const problem = parseProblem(response.body);
  return {
    code: 'http',
    status: response.status,
    problem: problem.ok ? problem.value.code : undefined,
    retryAfterMs: problem.ok ? (problem.value.retryAfterS ?? 0) * 1000 : 0,
  };
}
