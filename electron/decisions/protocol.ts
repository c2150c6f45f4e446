import { findOwnPath, OUT_OF_SERVICE_URL, SCREEN_URL } from './address.ts';

/** What the shell answers to a request under its own scheme. */
export type Answer =
  /** A file of the bundle: `path` is relative to the screens' folder, with forward slashes. */
  | { readonly kind: 'file'; readonly path: string; readonly contentType: string }
  /** A part of the out-of-service page, which the shell makes itself. */
  | { readonly kind: 'out-of-service'; readonly part: 'page' | 'style' }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 404 | 405 };

/** Content types by ending. A file with another ending is not served: the bundle has none. */
export const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['woff2', 'font/woff2'],
  ['mp3', 'audio/mpeg'],
  ['ogg', 'audio/ogg'],
  ['wav', 'audio/wav'],
]);

/** The address of the out-of-service page's style sheet. */
export const OUT_OF_SERVICE_STYLE_URL = `${OUT_OF_SERVICE_URL}.css`;

/**
 * One folder or file name. A list of what may be, so that no way of writing `..`, a separator, a drive or a
 * hidden file (percent signs, backslashes, NUL, full-width letters) needs to be thought of.
 */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Decides what to answer to a request. Never leaves the screens' folder. */
export function decideAnswer(request: { readonly method: string; readonly url: string }): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'refused', status: 405 };
  const path = findOwnPath(request.url);
  if (path === undefined) return { kind: 'refused', status: 403 };
  if (path === findOwnPath(OUT_OF_SERVICE_URL)) return { kind: 'out-of-service', part: 'page' };
  if (path === findOwnPath(OUT_OF_SERVICE_STYLE_URL)) return { kind: 'out-of-service', part: 'style' };
  const relative = path === findOwnPath(SCREEN_URL) ? 'index.html' : path.slice(1);
  const segments = relative.split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) return { kind: 'refused', status: 400 };
  const contentType = CONTENT_TYPES.get(relative.slice(relative.lastIndexOf('.') + 1));
  if (contentType === undefined) return { kind: 'refused', status: 404 };
  return { kind: 'file', path: relative, contentType };
}
