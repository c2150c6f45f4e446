import { type Ground, nameOf, SLACK_PX } from './ground.ts';

const SMALLEST_LETTERS_MM = 8.5;

/** Letters that are too small, and words that leave their key, the screen, or what cuts them off. */
export function findBadLetters({ frame, pxPerMm, texts }: Ground): string[] {
  const smallestPx = Math.floor(SMALLEST_LETTERS_MM * pxPerMm);
  const found: string[] = [];
  for (const { node, parent } of texts) {
    const { fontSize } = getComputedStyle(parent);
    if (Number.parseFloat(fontSize) < smallestPx)
      found.push(`small letters (${fontSize}): ${nameOf(parent)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const key = parent.closest('button, label, output')?.getBoundingClientRect();
    const cut = cutterOf(parent)?.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      if (!isBeside(rect, frame)) found.push(`leaves the screen: ${nameOf(parent)}`);
      if (key !== undefined && !isInside(rect, key)) found.push(`leaves its key: ${nameOf(parent)}`);
      if (cut !== undefined && !isBeside(rect, cut)) found.push(`is cut off: ${nameOf(parent)}`);
    }
  }
  return found;
}

/** The nearest element around this one that cuts off what does not fit into its width. */
function cutterOf(element: HTMLElement): Element | undefined {
  for (let each: HTMLElement | null = element; each !== null; each = each.parentElement) {
    if (getComputedStyle(each).overflowX !== 'visible') return each;
  }
  return undefined;
}

function isBeside(rect: DOMRect, around: DOMRect): boolean {
  return rect.left >= around.left - SLACK_PX && rect.right <= around.right + SLACK_PX;
}

function isInside(rect: DOMRect, around: DOMRect): boolean {
  return (
    isBeside(rect, around) && rect.top >= around.top - SLACK_PX && rect.bottom <= around.bottom + SLACK_PX
  );
}
