import { OUT_OF_SERVICE_URL, SCREEN_URL } from './address.ts';

/** What keeps failing. The devices program is not among it: without it the terminal closes single matters. */
export interface Trouble {
  readonly terminal: boolean;
  readonly screen: boolean;
}

/** Nothing fails. */
export const NO_TROUBLE: Trouble = { terminal: false, screen: false };

/** Which page the window shows. */
export function getPageUrl(trouble: Trouble): string {
  return trouble.terminal || trouble.screen ? OUT_OF_SERVICE_URL : SCREEN_URL;
}
