import { concat } from '../../base/bytes.ts';
import type { Fetch, HttpTrouble } from '../../base/fetch.ts';
import { err, type Result } from '../../base/result.ts';
import { type IppMessage, readIppMessage } from './ipp-message.ts';
import { encodeIppRequest, type IppRequest } from './ipp-requests.ts';
import { httpUrl } from './printer-uri.ts';

/** Why a question brought no good answer. Only `no-connection` and `refused` are sure to have done nothing. */
export type IppTrouble =
  /** Nobody is at that address. */
  | { readonly code: 'no-connection' }
  /** The line broke, or no answer came in time. */
  | { readonly code: 'cut-off' }
  | { readonly code: 'timeout' }
  /** What came is no IPP, or is not the answer to what was asked. */
  | { readonly code: 'not-understood' }
  /** There is something at that address, and no printer at that path. */
  | { readonly code: 'wrong-path' }
  /** It wants to know who we are. */
  | { readonly code: 'not-authorised' }
  /** It answered no, with its status (RFC 8011 appendix B). */
  | { readonly code: 'refused'; readonly status: number };

/** A line to one printer: each question is an exchange of its own. */
export interface IppClient {
  /** Asks one thing, with the document it carries; ends within `limitMs`. Never throws for what a printer does. */
  ask(request: IppRequest, limitMs: number, document?: Uint8Array): Promise<Result<IppMessage, IppTrouble>>;
}

/** Largest answer read; those to our questions are under 2 KB, where a printer tells what it was asked alone. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** The errors of a connection that never was. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** IPP's own words for who may not, as far as they are about us rather than the job (RFC 8011 §B.1.4). */
const NOT_AUTHORISED_STATUSES = new Set([0x0401, 0x0402, 0x0403]);
const LAST_GOOD_STATUS = 0x00ff;

/** A client for the printer at `printerUri`, `ipp://host[:port]/path`. */
export function createIppClient(options: { readonly fetch: Fetch; readonly printerUri: string }): IppClient {
  const { fetch, printerUri } = options;
  const url = httpUrl(printerUri);
  let lastId = 0;
  return {
    async ask(request, limitMs, document) {
      const requestId = (lastId % 0x7fff_ffff) + 1;
      lastId = requestId;
      const head = encodeIppRequest(request, printerUri, requestId);
      const body = document === undefined ? head : concat(head, document);
      const response = await fetch({
        method: 'POST',
        url,
        // Each question alone: printers drop idle connections just when the next one begins.
        headers: { 'content-type': 'application/ipp', accept: 'application/ipp', connection: 'close' },
        body,
        timeoutMs: limitMs,
        maxBytes: MAX_ANSWER_BYTES,
      });
      if (document !== undefined) body.fill(0);
      if (!response.ok) return err(lineTrouble(response.error));
      const { status } = response.value;
      if (status !== 200) return err(httpTrouble(status));
      return answerOf(response.value.body, requestId);
    },
  };
}

function answerOf(bytes: Uint8Array, requestId: number): Result<IppMessage, IppTrouble> {
  const message = readIppMessage(bytes);
  if (!message.ok || message.value.requestId !== requestId) return err({ code: 'not-understood' });
  const { code: status } = message.value;
  if (status <= LAST_GOOD_STATUS) return message;
  return err(NOT_AUTHORISED_STATUSES.has(status) ? { code: 'not-authorised' } : { code: 'refused', status });
}

function lineTrouble({ code, detail }: HttpTrouble): IppTrouble {
  if (code === 'timeout') return { code };
  if (code === 'too-large') return { code: 'not-understood' };
  // What a connection ends with when the other end speaks something else.
  if (detail.startsWith('HPE_')) return { code: 'not-understood' };
  return { code: NO_CONNECTION.has(detail) ? 'no-connection' : 'cut-off' };
}

function httpTrouble(status: number): IppTrouble {
  if (status === 401 || status === 403) return { code: 'not-authorised' };
  if (status === 404 || status === 405) return { code: 'wrong-path' };
  return { code: 'not-understood' };
}
