/** Where the four keys can go: everything that can be pressed, in the order in which it is read. */

const PRESSABLE = 'button, input, a[href], [role="button"]';

/** What may be chosen on what stands in front: the page, the sheet over it, or a dialog over both. */
export function stopsOf(page: Document): readonly HTMLElement[] {
  const around = [...page.querySelectorAll('[role="alertdialog"], [role="dialog"]')].at(-1) ?? page.body;
  return [...around.querySelectorAll<HTMLElement>(PRESSABLE)].filter(isStop);
}

function isStop(each: HTMLElement): boolean {
  return !each.matches(':disabled, [inert] *, [aria-hidden="true"] *') && each.checkVisibility();
}

/** The stop a page begins with: its first choice, else its first key. */
export function findFirstStop(stops: readonly HTMLElement[]): HTMLElement | undefined {
  return stops.find((stop) => stop.closest('main') !== null) ?? stops[0];
}

/** The place `by` further than `from`, past the end at the beginning; -1 where there is none. */
export function placeAfter(from: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return (((from + by) % count) + count) % count;
}
