import { findOwnPath, OUT_OF_SERVICE_URL, SCREEN_URL } from './address.ts';

/** A folder that files are served from. */
export type Folder = 'screen' | 'out-of-service';

/** What the shell answers to a request under its own scheme. */
export type Answer =
  /** A file of the bundle: of the screens, or a font of the out-of-service page. `path` has forward slashes. */
  | { readonly kind: 'file'; readonly of: Folder; readonly path: string; readonly contentType: string }
  /** A part of the out-of-service page that the shell makes itself. */
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
  ['opus', 'audio/ogg'],
]);

/**
 * One folder or file name. A list of what may be, so that no way of writing `..`, a separator, a drive or a
 * hidden file (percent signs, backslashes, NUL, full-width letters) needs to be thought of.
 */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Decides what to answer to a request. A path never leaves its folder. */
export function decideAnswer(request: { readonly method: string; readonly url: string }): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'refused', status: 405 };
  const path = findOwnPath(request.url);
  if (path === undefined) return { kind: 'refused', status: 403 };
  const page = findOwnPath(OUT_OF_SERVICE_URL) ?? '';
  if (path === page) return { kind: 'out-of-service', part: 'page' };
  if (path === `${page}style.css`) return { kind: 'out-of-service', part: 'style' };
  if (path.startsWith(page)) return decideFile('out-of-service', path.slice(page.length));
  return decideFile('screen', path === findOwnPath(SCREEN_URL) ? 'index.html' : path.slice(1));
}

function decideFile(of: Folder, path: string): Answer {
  if (!path.split('/').every((segment) => SEGMENT.test(segment))) return { kind: 'refused', status: 400 };
  const contentType = CONTENT_TYPES.get(path.slice(path.lastIndexOf('.') + 1));
  if (contentType === undefined) return { kind: 'refused', status: 404 };
  return { kind: 'file', of, path, contentType };
}
