import { type Ground, nameOf, rectInSight, SLACK_PX } from './ground.ts';

/**
 * Focus that goes up the page: whoever steps from key to key goes down, and in a row from left to right (WCAG 2.2,
 * 2.4.3). Inside a row, which is as high as its highest part, order from left to right is held.
 */
export function findBadFocusOrder(_ground: Ground): string[] {
  const around = document.querySelector('[role=alertdialog], [role=dialog]') ?? document.body;
  const stops = [...around.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]')].filter(
    (each) => each.tabIndex >= 0 && !each.matches(':disabled, [inert] *') && isInSight(each),
  );
  const found: string[] = [];
  for (const [index, next] of stops.entries()) {
    const before = stops[index - 1];
    if (before === undefined || before.contains(next)) continue;
    const [from, to] = [rectInSight(before), rectInSight(next)];
    const isAbove = to.bottom <= from.top + SLACK_PX;
    const isSameRow = to.top < from.bottom - SLACK_PX && from.top < to.bottom - SLACK_PX;
    const isLeft = isSameRow && to.right <= from.left + SLACK_PX;
    if (isAbove || isLeft) found.push(`focus goes back: ${nameOf(before)} → ${nameOf(next)}`);
  }
  return found;
}

/** Whether most of it is seen: a strip of what lies under the fold has no place in a row yet. */
function isInSight(element: HTMLElement): boolean {
  const { height } = element.getBoundingClientRect();
  return height > 0 && rectInSight(element).height > height / 2;
}
