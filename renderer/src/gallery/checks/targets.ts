import { type Ground, nameOf, rectInSight, SLACK_PX } from './ground.ts';

const SMALLEST_MM = 28;
const LEAST_APART_MM = 2;

/** Targets that are too small for a finger, or too near to another. */
export function findBadTargets({ pxPerMm, targets }: Ground): string[] {
  const smallestPx = SMALLEST_MM * pxPerMm - 1.5;
  const apartPx = LEAST_APART_MM * pxPerMm - 1.5;
  const found: string[] = [];
  const rects = targets.map((target) => ({ target, rect: target.getBoundingClientRect() }));
  for (const [index, { target, rect }] of rects.entries()) {
    if (rect.width < smallestPx || rect.height < smallestPx) {
      found.push(`small target (${Math.round(rect.width)} × ${Math.round(rect.height)}): ${nameOf(target)}`);
    }
    for (const other of rects.slice(index + 1)) {
      if (target.contains(other.target) || other.target.contains(target)) continue;
      if (distancePx(rect, other.rect) >= apartPx || !isReachable(target) || !isReachable(other.target))
        continue;
      if (distancePx(rectInSight(target), rectInSight(other.target)) < apartPx) {
        found.push(`too near: ${nameOf(target)} | ${nameOf(other.target)}`);
      }
    }
  }
  return found;
}

function distancePx(one: DOMRect, other: DOMRect): number {
  const across = Math.max(0, one.left - other.right, other.left - one.right);
  const down = Math.max(0, one.top - other.bottom, other.top - one.bottom);
  return Math.max(across, down);
}

/** Whether a finger at its middle would meet it: what is scrolled away or lies behind a dialog cannot be touched. */
function isReachable(target: HTMLElement): boolean {
  const { left, top, width, height } = target.getBoundingClientRect();
  const met = document.elementFromPoint(left + width / 2, top + height / 2);
  return met !== null && (target.contains(met) || met.contains(target));
}

/** The foot stays at the foot of the screen. */
export function findBadFoot({ frame }: Ground): string[] {
  const foot = document.querySelector('footer')?.getBoundingClientRect();
  const stays = foot === undefined || Math.abs(foot.bottom - frame.bottom) <= SLACK_PX;
  return stays ? [] : ['the foot leaves the screen'];
}
