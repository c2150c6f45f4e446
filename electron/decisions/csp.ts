/** One exception from `default-src 'none'`. */
interface PolicyLine {
  readonly directive: string;
  readonly sources: readonly string[];
  readonly reason: string;
}

/**
 * SHA-256 of the two style sheets that React Aria writes into the page (`usePress`, `usePreventScroll`). Their
 * text is fixed, so their hashes let in these two and no other; a test works them out from the package anew.
 */
export const REACT_ARIA_STYLE_HASHES = {
  usePress: "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  usePreventScroll: "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
} as const;

/** What the pages may load, each with its reason; all else is refused by `default-src 'none'`. */
export const POLICY_LINES: readonly PolicyLine[] = [
  { directive: 'script-src', sources: ["'self'"], reason: 'the bundle; nothing inline, no eval' },
  {
    directive: 'style-src',
    sources: ["'self'", ...Object.values(REACT_ARIA_STYLE_HASHES)],
    reason: 'the bundle, and the two fixed style sheets of React Aria',
  },
  { directive: 'font-src', sources: ["'self'"], reason: 'the fonts come with the bundle' },
  { directive: 'img-src', sources: ["'self'", 'data:'], reason: 'pictures and small ones set in the styles' },
  { directive: 'media-src', sources: ["'self'"], reason: 'the sound of the time-out question' },
];

/** What no `default-src` covers, so each is closed by name. The screens speak through their port: no connect. */
const CLOSED = ['base-uri', 'form-action', 'frame-ancestors'] as const;

/** The content security policy of every answer. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...POLICY_LINES.map(({ directive, sources }) => `${directive} ${sources.join(' ')}`),
  ...CLOSED.map((directive) => `${directive} 'none'`),
].join('; ');

/** The headers of every answer under the shell's scheme. */
export function responseHeaders(contentType: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // The page is read from disk each time: nothing of a visit is ever in it, and nothing of it is cached.
    'Cache-Control': 'no-store',
  };
}
