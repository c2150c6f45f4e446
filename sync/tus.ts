import { toHex } from '../base/bytes.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { CallTrouble, Exchange } from './client.ts';

/** How far the platform has a file, in bytes. */
interface Progress {
  readonly offset: number;
}

/** Why a request of an upload brought nothing. `misfit`: an answer that tus does not know. */
export type TusTrouble = CallTrouble | { readonly code: 'misfit' };

/** The part of tus 1.0 that terminals use, one signed request each: creation, offset, continuation. */
export interface Tus {
  /** HEAD: how far a file has come, whoever brought it; `none` when the platform never heard of it. */
  ask(hash: Uint8Array, signal: AbortSignal): Promise<Result<Progress | 'none', TusTrouble>>;
  /** POST: begins an upload of `bytes`. */
  create(hash: Uint8Array, bytes: number, signal: AbortSignal): Promise<Result<void, TusTrouble>>;
  /** PATCH: the next piece, at most 1 MiB; `conflict` when the upload stands elsewhere, or was thrown away. */
  send(part: FilePart, signal: AbortSignal): Promise<Result<Progress | 'conflict', TusTrouble>>;
}

/** A piece of a file and where it belongs. */
export interface FilePart {
  readonly hash: Uint8Array;
  readonly offset: number;
  readonly content: Uint8Array;
}

/** The largest piece that a platform takes. */
export const MAX_PIECE_BYTES = 1024 * 1024;

const VERSION = { 'tus-resumable': '1.0.0' };
const PIECE_TYPE = 'application/offset+octet-stream';
const ASK_TIMEOUT_MS = 20_000;
const SEND_TIMEOUT_MS = 60_000;

/** Uploads under this terminal's own path. */
export function createTus(exchange: Exchange, terminalId: () => Uint8Array): Tus {
  const paramsOf = (hash: Uint8Array) => ({ terminalId: toHex(terminalId()), name: toHex(hash) });

  return {
    async ask(hash, signal) {
      const called = await exchange({
        ...{ endpoint: 'fileOffset', params: paramsOf(hash), headers: VERSION },
        ...{ timeoutMs: ASK_TIMEOUT_MS, signal },
      });
      if (called.ok) return offsetIn(called.value.headers);
      return isStatus(called.error, 404) ? ok('none') : called;
    },

    async create(hash, bytes, signal) {
      const called = await exchange({
        ...{ endpoint: 'createFile', params: paramsOf(hash), timeoutMs: ASK_TIMEOUT_MS, signal },
        headers: { ...VERSION, 'upload-length': String(bytes) },
      });
      return called.ok ? ok(undefined) : called;
    },

    async send({ hash, offset, content }, signal) {
      const called = await exchange({
        ...{ endpoint: 'patchFile', params: paramsOf(hash), timeoutMs: SEND_TIMEOUT_MS, signal },
        ...{ content, contentType: PIECE_TYPE },
        headers: { ...VERSION, 'upload-offset': String(offset) },
      });
      if (called.ok) return offsetIn(called.value.headers);
      const { error } = called;
      // The platform's own 409 about who asks says which problem it is; tus's about the offset has no content.
      const stoodElsewhere = isStatus(error, 409) && error.problem === undefined;
      return stoodElsewhere || isStatus(error, 404) ? ok('conflict') : called;
    },
  };
}

function isStatus(
  trouble: CallTrouble,
  status: number,
): trouble is Extract<CallTrouble, { readonly code: 'http' }> {
  return trouble.code === 'http' && trouble.status === status;
}

function offsetIn(headers: Readonly<Record<string, string>>): Result<Progress, { readonly code: 'misfit' }> {
  const text = headers['upload-offset'] ?? '';
  return /^\d{1,9}$/.test(text) ? ok({ offset: Number(text) }) : err({ code: 'misfit' });
}
