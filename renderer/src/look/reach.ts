/** How far down a page stands for whoever reaches no higher: from a chair, or small. */
import type { View } from '../../../terminal/api.ts';
import { DESIGNED, type PageSize } from './cabinet-size.ts';

/** Nothing that is touched stands higher above the floor than this (GB 50763, ISO 21542: reach from a wheelchair). */
export const HIGHEST_TOUCH_MM = 1200;

/** Where the cabinet's file does not say how high its screen hangs: as most village cabinets do. */
const USUAL_BOTTOM_MM = 850;

/** A page keeps at least this much of the screen: less than that no question stands on. */
const LEAST_LIVE_MM = 230;

/** What stays above everything that is touched, in the millimetres of `page`; 0 where all of it is within reach. */
export function aboveMm(cabinet: View['cabinet'], page: PageSize): number {
  const { heightMm, bottomMm = USUAL_BOTTOM_MM } = cabinet?.screen ?? DESIGNED_SCREEN;
  const liveMm = Math.max(HIGHEST_TOUCH_MM - bottomMm, LEAST_LIVE_MM);
  const share = Math.max(0, 1 - liveMm / heightMm);
  return share * page.heightMm;
}

const DESIGNED_SCREEN: { readonly heightMm: number; readonly bottomMm?: number } = {
  heightMm: DESIGNED.heightMm,
};
