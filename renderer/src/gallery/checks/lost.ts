import { type Ground, nameOf, SLACK_PX } from './ground.ts';

/** A pane shows at least this much of what lies in it: two lines, where words are largest. */
const LEAST_PANE_MM = 50;

/** What nobody could come to by any key: words that stand below the screen or under its foot, and a pane without room. */
export function findLost({ frame, pxPerMm, texts }: Ground): string[] {
  const found: string[] = [];
  const foot = document.querySelector('footer');
  for (const { node, parent } of texts) {
    if (isScrolled(parent)) continue;
    const isFoot = foot === null || foot.contains(parent) || parent.closest('[data-sheet], [role]') !== null;
    const edgePx = isFoot ? frame.bottom : foot.getBoundingClientRect().top;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { top, bottom } = range.getBoundingClientRect();
    if (top < frame.top - SLACK_PX || bottom > edgePx + SLACK_PX) found.push(`is lost: ${nameOf(parent)}`);
  }
  for (const pane of document.querySelectorAll('main > [tabindex]')) {
    const { height } = pane.getBoundingClientRect();
    if (isScrolling(pane) && height < LEAST_PANE_MM * pxPerMm)
      found.push(`a pane of ${Math.round(height / pxPerMm)} mm`);
  }
  return found;
}

/** Whether it lies in what is moved by keys. */
function isScrolled(element: HTMLElement): boolean {
  for (let each: HTMLElement | null = element; each !== null; each = each.parentElement) {
    if (getComputedStyle(each).overflowY === 'auto') return true;
  }
  return false;
}

function isScrolling({ scrollHeight, clientHeight }: Element): boolean {
  return scrollHeight > clientHeight + SLACK_PX;
}
