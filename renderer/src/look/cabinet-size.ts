import type { View } from '../../../terminal/api.ts';

/** A page in millimetres. */
export interface PageSize {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What the pages are designed for (tokens.css): the least room their words and keys need at full size. */
export const DESIGNED: PageSize = { widthMm: 268, heightMm: 476.4 };

/**
 * The page on this cabinet's screen: a portrait screen that is larger than the design shows words and keys at the
 * same millimetres with more room around them. On a smaller one, or one that lies wide, the designed page is
 * shown whole, and so smaller.
 */
export function pageSizeOn(cabinet: View['cabinet']): PageSize {
  if (cabinet === null) return DESIGNED;
  const { widthMm, heightMm } = cabinet.screen;
  const isLarger = widthMm >= DESIGNED.widthMm && heightMm >= DESIGNED.heightMm && heightMm > widthMm;
  return isLarger ? { widthMm, heightMm } : DESIGNED;
}

/** Makes the tokens count by this page; `element` is the root of the document. */
export function setPageSize({ style }: HTMLElement, { widthMm, heightMm }: PageSize): void {
  style.setProperty('--page-width-mm', String(widthMm));
  style.setProperty('--page-height-mm', String(heightMm));
}
