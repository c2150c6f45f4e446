import { permissionsPolicy, type ScreenMedia } from '../../host/media-policy.ts';

/** One exception from `default-src 'none'`. */
interface PolicyLine {
  readonly directive: string;
  readonly sources: readonly string[];
  readonly reason: string;
}

/** What the pages may load, each with its reason; all else is refused by `default-src 'none'`. */
export const POLICY_LINES: readonly PolicyLine[] = [
  { directive: 'script-src', sources: ["'self'"], reason: 'the bundle; nothing inline, no eval' },
  { directive: 'style-src', sources: ["'self'"], reason: 'the bundle; no style element, no style attribute' },
  { directive: 'font-src', sources: ["'self'"], reason: 'the fonts come with the bundle' },
  {
    directive: 'img-src',
    sources: ["'self'", 'data:'],
    reason: 'pictures, and small ones that the bundler writes into a style',
  },
  {
    directive: 'connect-src',
    sources: ["'self'"],
    reason: 'the clips of the voice and their index, which come with the bundle',
  },
];

/** What no `default-src` covers, and workers, which what scripts may be would open: each is closed by name. What the screens tell the terminal goes through their port. */
const CLOSED = ['worker-src', 'base-uri', 'form-action', 'frame-ancestors'] as const;

/** The content security policy of every answer. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...POLICY_LINES.map(({ directive, sources }) => `${directive} ${sources.join(' ')}`),
  ...CLOSED.map((directive) => `${directive} 'none'`),
].join('; ');

/** The headers of every answer under the shell's scheme. */
export function responseHeaders(contentType: string, cabinet: ScreenMedia): Readonly<Record<string, string>> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Permissions-Policy': permissionsPolicy(cabinet),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // The page is read from disk each time: nothing of a visit is ever in it, and nothing of it is cached.
    'Cache-Control': 'no-store',
  };
}
