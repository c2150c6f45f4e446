import type { View } from '../../../terminal/api.ts';

/** A page in its own millimetres, which are at least as long as those of the screen it is shown on. */
export interface PageSize {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What the pages are designed for (tokens.css): the least room their words and keys need at full size. */
export const DESIGNED: PageSize = { widthMm: 268, heightMm: 476.4 };

/** A bar, a title of two lines and what is said below it, above everything that is touched: by how large words are. */
const ROOM_FOR_TITLE_MM: Readonly<Record<View['settings']['textSize'], number>> = {
  normal: 110,
  large: 110,
  double: 220,
};

/** The least part of the designed page's size that words and keys have on a screen that is larger than it. */
const LEAST_SHARE = 0.85;

/**
 * The page on this cabinet's screen. On a portrait screen that is larger than the design words and keys are larger
 * too, but by less than the screen is: some of what it has more goes to the room around them. On a smaller one, or
 * one that lies wide, the designed page is shown whole, and so smaller. A low reach leaves less of a large screen: words
 * and keys are then as large as they must be, and no larger.
 */
export function pageSizeOn(cabinet: View['cabinet'], reach: View['settings']['reach'] = 'full'): PageSize {
  if (cabinet === null) return DESIGNED;
  const { widthMm, heightMm } = cabinet.screen;
  const isLarger = widthMm >= DESIGNED.widthMm && heightMm >= DESIGNED.heightMm && heightMm > widthMm;
  if (!isLarger) return DESIGNED;
  const filling = Math.min(widthMm / DESIGNED.widthMm, heightMm / DESIGNED.heightMm);
  const longer = reach === 'low' ? 1 : Math.max(1, LEAST_SHARE * filling);
  return { widthMm: widthMm / longer, heightMm: heightMm / longer };
}

/**
 * Makes the tokens count by this page, of which `aboveMm` bear nothing that is touched; `element` is the root of the
 * document.
 */
export function setPageSize(
  { style, dataset }: HTMLElement,
  { widthMm, heightMm }: PageSize,
  aboveMm: number,
  textSize: View['settings']['textSize'],
): void {
  style.setProperty('--page-width-mm', String(widthMm));
  style.setProperty('--page-height-mm', String(heightMm));
  style.setProperty('--above-mm', String(aboveMm));
  // What is only read may stand there, where there is room for it.
  dataset.above = aboveMm >= ROOM_FOR_TITLE_MM[textSize] ? 'titled' : 'plain';
}
