import { OUT_OF_SERVICE_URL, SCREEN_URL } from './address.ts';

/** What keeps failing. The devices program is not among it: without it the terminal closes single matters. */
export interface Trouble {
  readonly terminal: boolean;
  readonly screen: boolean;
}

/** Nothing fails. */
export const NO_TROUBLE: Trouble = { terminal: false, screen: false };

/** Whether the window shows the screens, which say again and again that they live; the other page says nothing. */
export function isScreens(trouble: Trouble): boolean {
  return !trouble.terminal && !trouble.screen;
}

/** Which page the window shows. */
export function getPageUrl(trouble: Trouble): string {
  return isScreens(trouble) ? SCREEN_URL : OUT_OF_SERVICE_URL;
}
