/** A terminal's line to the platform: one connection of its own, and requests signed with its counter. */
import { Agent, request } from 'node:http';
import type { Crypto } from '../../base/crypto/api.ts';
import { CBOR_TYPE, ENDPOINTS, type EndpointName } from '../../sync/contract.ts';
import { AUTH_HEADER, makeAuth } from '../../sync/formats/request.ts';
import type { CountyTerminal } from './county.ts';

/** What came back; status 0 when nothing did. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** What `Server-Timing` says, in milliseconds by name. */
  readonly timing: Readonly<Record<string, number>>;
}

/** One terminal's connection. */
export interface Line {
  /** Calls an endpoint as the terminal. */
  call(
    endpoint: EndpointName,
    wish?: { readonly content?: Uint8Array; readonly query?: string },
  ): Promise<Answer>;
  close(): void;
}

const NOTHING = new Uint8Array(0);

/** A line of `terminal` to the gateway at `origin`. */
export function openLine(
  crypto: Crypto,
  to: { readonly origin: string; readonly platformId: Uint8Array },
  terminal: CountyTerminal,
): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { platformId, origin } = to;
  const { terminalId, key } = terminal;
  const bootId = crypto.randomBytes(16);
  let counter = 0;
  return {
    async call(endpoint, { content = NOTHING, query = '' } = {}) {
      const answer = await callOnce(endpoint, content, query);
      // A connection that idled is closed under whoever asks next; a terminal asks again, with another proof.
      return answer.status === 0 ? callOnce(endpoint, content, query) : answer;
    },
    close: () => agent.destroy(),
  };

  function callOnce(endpoint: EndpointName, content: Uint8Array, query: string): Promise<Answer> {
    const { method, path } = ENDPOINTS[endpoint];
    const target = `${path}${query}`;
    counter += 1;
    const proof = makeAuth(crypto, key, {
      platformId,
      terminalId,
      bootId,
      counter,
      method,
      target,
      content,
    });
    return exchange(agent, `${origin}${target}`, method, content, {
      [AUTH_HEADER]: proof,
      ...(content.length > 0 && { 'content-type': CBOR_TYPE }),
    });
  }
}

/** One request and its whole answer. */
export function exchange(
  agent: Agent,
  url: string,
  method: string,
  content: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, method, headers: { ...headers, 'content-length': content.length } });
    const fail = () => resolve({ status: 0, body: Buffer.alloc(0), timing: {} });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const timing = timingOf(response.headers['server-timing']);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), timing });
      });
      response.on('error', fail);
    });
    sent.end(content);
  });
}

function timingOf(header: string | string[] | undefined): Readonly<Record<string, number>> {
  const said = [header ?? []]
    .flat()
    .join(', ')
    .matchAll(/(\w+);dur=([\d.]+)/g);
  return Object.fromEntries([...said].map(([, name, ms]) => [name, Number(ms)]));
}
