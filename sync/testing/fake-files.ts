import { toHex } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto/api.ts';
import type { HttpRequest, HttpResponse } from '../../base/fetch.ts';

/** Uploads at the fake platform: tus 1.0 in memory, with the names of what it holds whole. */
export interface FakeFiles {
  /** Answers HEAD, POST or PATCH of the file of this name. */
  handle(request: HttpRequest, name: string): HttpResponse;
  /** Every file that is complete, by name. */
  readonly whole: Map<string, Uint8Array>;
  /** Every piece that was sent, whether it was taken or not. */
  readonly pieces: { readonly name: string; readonly offset: number; readonly bytes: number }[];
  /** Throws away what was begun. */
  forgetBegun(): void;
}

/** No files yet. */
export function createFakeFiles(crypto: Crypto): FakeFiles {
  const whole = new Map<string, Uint8Array>();
  const begun = new Map<string, { readonly content: Uint8Array; at: number }>();
  const pieces: { name: string; offset: number; bytes: number }[] = [];
  const answer = (status: number, offset?: number): HttpResponse => ({
    ...{ status, body: new Uint8Array(0) },
    headers: offset === undefined ? {} : { 'upload-offset': String(offset) },
  });

  function ask(name: string): HttpResponse {
    const offset = whole.get(name)?.length ?? begun.get(name)?.at;
    return offset === undefined ? answer(404) : answer(200, offset);
  }

  function begin(name: string, length: number): HttpResponse {
    if (!begun.has(name)) begun.set(name, { content: new Uint8Array(length), at: 0 });
    return answer(201);
  }

  function take(name: string, offset: number, piece: Uint8Array): HttpResponse {
    pieces.push({ name, offset, bytes: piece.length });
    const upload = begun.get(name);
    if (!upload) return answer(404);
    if (offset !== upload.at || offset + piece.length > upload.content.length) return answer(409, upload.at);
    upload.content.set(piece, offset);
    upload.at += piece.length;
    if (upload.at < upload.content.length) return answer(204, upload.at);
    begun.delete(name);
    if (toHex(crypto.sha256(upload.content)) !== name) return answer(409, 0);
    whole.set(name, upload.content);
    return answer(204, upload.at);
  }

  return {
    whole,
    pieces,
    forgetBegun: () => begun.clear(),
    handle({ method, headers, body = new Uint8Array(0) }, name) {
      if (method === 'HEAD') return ask(name);
      if (method === 'POST') return begin(name, Number(headers['upload-length']));
      return take(name, Number(headers['upload-offset']), body);
    },
  };
}
