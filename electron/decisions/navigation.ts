import { findOwnPath, SCREEN_URL } from './address.ts';
import { ALLOWED, type Judgement, refused } from './judgement.ts';

/** Where a page may take its window by itself. Whatever is not here is refused. */
export const NAVIGATION_EXCEPTIONS: readonly { readonly url: string; readonly reason: string }[] = [
  {
    url: SCREEN_URL,
    reason: 'the screens may load themselves afresh, which drops all a visit left in memory',
  },
];

/**
 * Whether a page may take a frame to `url`, by a link, a form, a script or a redirect. Frames inside a page
 * may go nowhere: the screens have none.
 */
export function judgeNavigation(request: { readonly url: string; readonly isMainFrame: boolean }): Judgement {
  if (!request.isMainFrame) return refused('inner-frame');
  const isExcepted = NAVIGATION_EXCEPTIONS.some(({ url }) => url === request.url);
  return isExcepted ? ALLOWED : refused('other-address');
}

/**
 * Whether a page may load `url`. The screens talk through their port alone, so nothing but their own files is
 * ever loaded; `devTools` adds what the developer tools of an unpackaged shell are made of.
 */
export function judgeLoad(url: string, options: { readonly devTools: boolean }): Judgement {
  if (findOwnPath(url) !== undefined) return ALLOWED;
  if (options.devTools && url.startsWith('devtools://')) return ALLOWED;
  return refused('other-address');
}
