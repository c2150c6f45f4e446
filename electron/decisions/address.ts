/** The scheme the screens are served under, in place of `file:`. */
export const SCHEME = 'yizhan';

/** The only host of that scheme. */
const HOST = 'app';

/** What the screens' pages call their origin. */
export const ORIGIN = `${SCHEME}://${HOST}`;

/** The screens. */
export const SCREEN_URL = `${ORIGIN}/`;

/** The page shown when the screens, or the program behind them, will not stay up. */
export const OUT_OF_SERVICE_URL = `${ORIGIN}/out-of-service/`;

/**
 * What Chromium lets the scheme do. `standard` and `secure` give its pages an origin of their own, which
 * `'self'` in the content security policy needs; a page fetches the clips of its voice from the bundle. The rest
 * stays off: no page of ours has a service worker, asks across origins or may step over the policy.
 */
export const SCHEME_PRIVILEGES = {
  standard: true,
  secure: true,
  bypassCSP: false,
  allowServiceWorkers: false,
  supportFetchAPI: true,
  corsEnabled: false,
  stream: false,
  codeCache: false,
  allowExtensions: false,
} as const;

/** The path of a URL that is ours, as Chromium writes it; `undefined` for any other URL. */
export function findOwnPath(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, username, password, pathname } = new URL(url);
  if (protocol !== `${SCHEME}:` || host !== HOST || username !== '' || password !== '') return undefined;
  return pathname;
}
